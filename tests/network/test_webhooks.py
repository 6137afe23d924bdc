"""Webhooks: what is announced, to whom, how it is signed, and what becomes of what isn't taken."""

import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from django.db import DatabaseError

from rtopnet.audit.public import record_deed
from rtopnet.kernel import outward
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import clock_at, now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.outward import NotPublicError, UnreachableError
from rtopnet.network.models import Account, Notice, Webhook, WebhookDelivery
from rtopnet.network.public import (
    WebhookNotInSightError,
    WebhookRefusedError,
    deliver_due_announcements,
    enable_webhook,
    forget_old_deliveries,
    give_notice,
    make_webhook,
    remove_webhook,
    send_again,
    send_test,
    webhooks_of,
)
from rtopnet.network.webhook_rules import FAILURES_UNTIL_DISABLED, RETRY_AFTER, signature
from tests.factories import make_account, make_region

pytestmark = pytest.mark.django_db
REFERENCE = Path(__file__).parents[2] / "docs/reference/api.md"
URL = "https://archive.example/rtopnet"
KIND = "network.trial"
OTHER_KIND = "network.webhook_disabled"


class Receiver:
    """A program somewhere else: keeps what came, and answers ``status`` or raises ``fault``."""

    def __init__(self):
        self.status, self.fault, self.came = 204, None, []

    def __call__(self, url, *, content, headers):
        self.came.append((url, content, headers))
        if self.fault:
            raise self.fault
        return self.status

    @property
    def said(self):
        return [json.loads(content) for _, content, _ in self.came]


@pytest.fixture
def receiver():
    return Receiver()


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def account(region):
    return make_account(region)


@pytest.fixture
def other(account, region):
    return make_account(region, "XAB")


@pytest.fixture
def hook(account):
    return make_webhook(by=account.pk, url=URL, kinds=[KIND])


def tell(account, *, kind=KIND, may_name=False, subject=None):
    with acting_as(account.pk):
        give_notice(
            kind=kind,
            accounts=[account.pk],
            region=account.region_id,
            subject_kind="network.account",
            subject=subject or account.pk,
            may_name=may_name,
        )


def lines(account):
    with acting_as(account.pk):
        return [line for hook in webhooks_of(account.pk) for line in hook.deliveries]


def deliver(receiver, *, after=timedelta()):
    with clock_at(now() + after):
        return deliver_due_announcements(post=receiver)


def test_a_notice_is_announced_by_ids_and_kind_alone(account, hook, receiver):
    tell(account)
    assert deliver(receiver) == 1
    (said,) = receiver.said
    with acting_as(account.pk):
        notice = Notice.objects.get()
    assert said == {
        "delivery": str(lines(account)[0].id),
        "notice": str(notice.pk),
        "kind": KIND,
        "subject": None,
        "at": notice.given_at.isoformat(),
    }
    assert lines(account)[0].taken_at is not None
    assert deliver(receiver, after=timedelta(days=1)) == 0


def test_the_subject_is_named_only_where_the_marking_lets_it(account, hook, receiver):
    subject = new_id()
    tell(account, may_name=True, subject=subject)
    deliver(receiver)
    assert receiver.said[0]["subject"] == {"kind": "network.account", "id": str(subject)}


def test_what_is_sent_is_signed_with_the_secret(account, hook, receiver):
    tell(account)
    deliver(receiver)
    ((url, body, headers),) = receiver.came
    assert url == URL
    at, signed = (part.split("=", 1)[1] for part in headers["RtoPNet-Signature"].split(","))
    assert signed == hmac.new(hook.secret.encode(), at.encode() + b"." + body, sha256).hexdigest()
    assert abs(int(at) - now().timestamp()) < 60


def test_the_secret_is_kept_enciphered(account, hook):
    with acting_as(account.pk):
        row = Webhook.objects.get()
    assert hook.secret not in [str(getattr(row, field.attname)) for field in Webhook._meta.fields]


def test_only_chosen_kinds_of_ones_own_notices_are_announced(account, other, hook, receiver):
    tell(account, kind=OTHER_KIND)
    tell(other)
    assert deliver(receiver) == 0


def test_nothing_is_announced_of_what_did_not_happen(account, hook, receiver):
    with pytest.raises(ZeroDivisionError), acting_as(account.pk):
        tell(account)
        raise ZeroDivisionError
    assert deliver(receiver) == 0


def test_what_is_refused_is_tried_again_and_given_up_after_a_day(account, hook, receiver):
    tell(account)
    receiver.status, began = 500, lines(account)[0].due_at
    for pause in RETRY_AFTER:
        (line,) = lines(account)
        with clock_at(line.due_at - timedelta(seconds=1)):
            assert deliver_due_announcements(post=receiver) == 0
        with clock_at(line.due_at):
            assert deliver_due_announcements(post=receiver) == 1
        assert lines(account)[0].due_at == line.due_at + pause
    ended = lines(account)[0].due_at
    with clock_at(ended):
        deliver_due_announcements(post=receiver)
    assert timedelta(hours=20) < ended - began < timedelta(hours=28)
    (line,) = lines(account)
    assert (line.tries, line.status, line.due_at, line.taken_at) == (8, 500, None, None)
    assert deliver(receiver, after=timedelta(days=9)) == 0


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (UnreachableError("ConnectError"), "no answer"),
        (NotPublicError("the host is not a public one"), "not a public address"),
        (UnicodeError("label too long"), "not a public address"),
    ],
)
def test_hosts_that_do_not_answer_or_are_not_public_are_noted(account, hook, receiver, fault, words):
    tell(account)
    receiver.fault = fault
    deliver(receiver)
    assert lines(account)[0].fault == words
    receiver.fault = None
    deliver(receiver, after=timedelta(minutes=2))
    assert lines(account)[0].taken_at is not None


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 410, 500])
def test_only_success_counts_as_taken(account, hook, receiver, status):
    receiver.status = status
    tell(account)
    deliver(receiver)
    assert lines(account)[0].taken_at is None


def test_a_redirect_is_not_followed_and_the_address_that_was_looked_up_is_called(account, hook, monkeypatch):
    called = []

    async def look_up(host):
        assert host == "archive.example"
        return "203.0.113.7"

    def answer(request):
        called.append((request.url.host, request.headers["Host"]))
        return httpx.Response(302, headers={"Location": "https://elsewhere.example/"})

    monkeypatch.setattr(outward, "_public_address", look_up)
    tell(account)
    deliver(partial(outward.post_outward, transport=httpx.MockTransport(answer)))
    assert called == [("203.0.113.7", "archive.example")]
    assert lines(account)[0].status == 302


def test_a_dead_host_keeps_nobody_waiting(account, hook, receiver):
    for _ in range(5):
        tell(account)
    receiver.fault = UnreachableError("ConnectTimeout")
    assert deliver(receiver) == 1
    assert deliver(receiver) == 0


def test_a_webhook_that_fails_too_often_is_switched_off_and_its_holder_told(account, hook, receiver):
    receiver.status = 500
    began = now()
    for number in range(FAILURES_UNTIL_DISABLED):
        with clock_at(began + timedelta(days=number)):
            send_test(by=account.pk, webhook=hook.id)
            deliver_due_announcements(post=receiver)
    with acting_as(account.pk):
        (found,) = webhooks_of(account.pk)
        assert found.disabled_at is not None
        assert Notice.objects.filter(kind=OTHER_KIND, subject=hook.id).count() == 1
    came = len(receiver.came)
    with clock_at(began + timedelta(days=40)):
        tell(account)
        deliver_due_announcements(post=receiver)
        assert len(receiver.came) == came
        receiver.status = 200
        enable_webhook(by=account.pk, webhook=hook.id)
        tell(account)
        deliver_due_announcements(post=receiver)
    assert len(receiver.came) == came + 1


def test_a_closed_account_is_announced_nothing(account, hook, receiver):
    tell(account)
    with acting_for(Capacity.INSTALLATION):
        Account.objects.filter(pk=account.pk).update(is_active=False)
        record_deed(verb="closed", kind="network.account", subject=account.pk)
    deliver(receiver)
    assert receiver.came == []


def test_what_was_sent_can_be_sent_again(account, other, hook, receiver):
    tell(account)
    deliver(receiver)
    (line,) = lines(account)
    with pytest.raises(WebhookNotInSightError):
        send_again(by=other.pk, delivery=line.id)
    send_again(by=account.pk, delivery=line.id)
    deliver(receiver)
    assert receiver.said[0] == receiver.said[1]


def test_nobody_touches_anothers_webhooks(account, other, hook):
    for deed in (send_test, enable_webhook, remove_webhook):
        with pytest.raises(WebhookNotInSightError):
            deed(by=other.pk, webhook=hook.id)
    with acting_as(other.pk):
        assert webhooks_of(account.pk) == []
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(other.pk):
        WebhookDelivery.objects.create(webhook_id=hook.id, account_id=other.pk, kind=KIND)


@pytest.mark.parametrize(
    "url",
    [
        "http://archive.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.7/",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/",
        "https://archive.example:8443/",
        "https://user:pass@archive.example/",
        "https://archive.example/a\nb",
        "https://archive.example/a b",
        "ftp://archive.example/",
        "https://",
        "https://[",
        "x" * 600,
    ],
)
def test_only_public_addresses_by_https_are_taken(account, url):
    with pytest.raises(WebhookRefusedError):
        make_webhook(by=account.pk, url=url, kinds=[KIND])


def test_kinds_are_known_and_webhooks_few(account):
    for kinds in ([], ["network.unknown"]):
        with pytest.raises(WebhookRefusedError, match="kind"):
            make_webhook(by=account.pk, url=URL, kinds=kinds)
    for _ in range(10):
        make_webhook(by=account.pk, url=URL, kinds=[KIND])
    with pytest.raises(WebhookRefusedError, match="10"):
        make_webhook(by=account.pk, url=URL, kinds=[KIND])


def test_removing_drops_what_was_still_to_be_sent(account, hook, receiver):
    tell(account)
    remove_webhook(by=account.pk, webhook=hook.id)
    assert deliver(receiver) == 0
    assert lines(account) == []


def test_old_deliveries_are_forgotten(account, hook, receiver):
    tell(account)
    deliver(receiver)
    with clock_at(now() + timedelta(days=31)):
        forget_old_deliveries()
    assert lines(account) == []


def test_a_webhook_is_made_tested_and_removed_on_its_page(client, account, receiver):
    client.force_login(account)
    address = "/accounts/webhooks/"
    assert "You have no webhook" in client.get(address).content.decode()
    refused = client.post(address, {"url": "https://10.0.0.1/", "kinds": [KIND]})
    assert (refused.status_code, "10.0.0.1" in refused.content.decode()) == (422, True)
    page = client.post(address, {"url": URL, "kinds": [KIND]}).content.decode()
    assert "whs_" in page
    with acting_as(account.pk):
        (found,) = webhooks_of(account.pk)
    assert client.post(f"{address}{found.id}/test/").headers["Location"] == address
    deliver(receiver)
    assert receiver.said[0]["kind"] == "network.webhook_test"
    shown = client.get(address).content.decode()
    assert "Taken (204)" in shown
    assert "whs_" not in shown
    assert client.post(f"{address}deliveries/{lines(account)[0].id}/again/").status_code == 302
    assert client.post(f"{address}{found.id}/remove/").status_code == 302
    assert client.post(f"{address}{found.id}/remove/").status_code == 404


def test_the_receiver_in_the_reference_knows_what_is_ours():
    (told,) = re.findall(r"```python\n(.*?)```", REFERENCE.read_text(), re.DOTALL)
    written = {}
    exec(told, written)  # noqa: S102 -- our own page
    is_genuine, at = written["is_genuine"], datetime.now(UTC)
    assert is_genuine("whs_x", signature("whs_x", b"{}", at), b"{}")
    assert not is_genuine("whs_y", signature("whs_x", b"{}", at), b"{}")
    assert not is_genuine("whs_x", signature("whs_x", b"{}", at), b"[]")
    assert not is_genuine("whs_x", signature("whs_x", b"{}", at - timedelta(minutes=6)), b"{}")
