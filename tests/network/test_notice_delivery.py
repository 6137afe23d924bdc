import re
from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import httpx
import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from rtopnet.kernel import outward
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import clock_at
from rtopnet.network import push_messages
from rtopnet.network.models import Account, Notice, NoticeDelivery, PushSubscription
from rtopnet.network.notice_rules import RETRY_AFTER, Channel, Habits, Rhythm
from rtopnet.network.public import (
    Refused,
    add_push_subscription,
    choose_notice_channels,
    choose_notice_habits,
    deliver_due_notices,
    forget_old_notices,
    mark_notice_read,
    notice_choices,
    remove_push_subscription,
)
from tests.factories import make_account, make_region
from tests.network.noticing import (
    PERSONAL,
    PLAIN,
    URGENT,
    hand_over,
    let_hold_another_post,
    successor_of,
    tell,
)
from tests.network.push_services import ENDPOINT, Browser, PushService

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 5, 1, 21, tzinfo=UTC)
CANARY = "Kestrel-9131"


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def reader(region):
    return make_account(region)


def at(hours, deed=deliver_due_notices):
    with clock_at(EVENING + timedelta(hours=hours)):
        deed()


def deliveries(account):
    with acting_for(Capacity.INSTALLATION):
        return list(NoticeDelivery.objects.filter(account=account).order_by("notice__given_at"))


def choose(account, zone="", **habits):
    choose_notice_habits(by=account.pk, habits=Habits(**habits), time_zone=zone)


def words_of(letter):
    html, _ = letter.alternatives[0]
    return f"{letter.subject}\n{letter.body}\n{html}\n{letter.extra_headers}"


def state_id(account):
    from rtopnet.network.public import standing_of

    with acting_as(account.pk):
        return standing_of(account).state.id


def test_a_mail_names_what_it_may(reader, papers):
    tell(reader, paper=papers.add("Weir", reader), who=state_id(reader), may_name=True)
    deliver_due_notices()
    (letter,) = mail.outbox
    assert letter.subject == "State XAA sent you Weir"
    assert letter.to == [reader.email]
    assert "State XAA sent you Weir" in letter.body
    assert "http://localhost:8000/notices/" in letter.body
    assert [row.outcome for row in deliveries(reader)] == ["sent"]


def test_a_mail_tells_nothing_of_what_is_stricter(reader, papers):
    paper = papers.add(CANARY, reader)
    tell(reader, paper=paper, who=state_id(reader))
    with acting_for(Capacity.INSTALLATION):
        notice = Notice.objects.get()
    deliver_due_notices()
    (letter,) = mail.outbox
    for told in (CANARY, "XAA", str(paper), str(notice.pk), PLAIN.key, str(PLAIN.title), "reef"):
        assert told not in words_of(letter).replace(reader.email, ""), told
    assert letter.subject == "Something waits for you in RtoPNet"


def test_two_mails_about_stricter_things_differ_in_nothing_but_their_way_out(reader, papers):
    for kind in (PLAIN, URGENT):
        tell(reader, paper=papers.add(CANARY, reader), kind=kind)
        deliver_due_notices()
    first, second = (re.sub(r"stop/[^/]+/", "stop/", words_of(letter)) for letter in mail.outbox)
    assert first == second


def test_what_was_nameable_and_is_no_longer_is_not_named(reader, papers):
    paper = papers.add(CANARY, reader)
    tell(reader, paper=paper, may_name=True)
    papers.nameable.clear()
    deliver_due_notices()
    assert CANARY not in words_of(mail.outbox[0])


def test_what_was_recalled_meanwhile_is_not_named(reader, papers):
    paper = papers.add(CANARY, reader)
    tell(reader, paper=paper, may_name=True, who=state_id(reader))
    papers.readers[paper] = set()
    deliver_due_notices()
    assert CANARY not in words_of(mail.outbox[0])
    assert "XAA" not in words_of(mail.outbox[0]).replace(reader.email, "")


def test_a_title_cannot_forge_a_header_or_html(reader, papers):
    tell(reader, paper=papers.add("Weir\r\nBcc: x@y.example <b>", reader), may_name=True)
    deliver_due_notices()
    (letter,) = mail.outbox
    assert letter.subject == "somebody sent you Weir Bcc: x@y.example <b>"
    assert "<b>" not in letter.alternatives[0][0]
    assert letter.message()["Bcc"] is None


def test_a_mail_is_in_its_readers_language_and_links_nothing_foreign(reader, papers):
    with acting_for(Capacity.INSTALLATION):
        from rtopnet.audit.public import record_deed

        Account.objects.filter(pk=reader.pk).update(language="km")
        record_deed(verb="changed", kind="network.account", subject=reader.pk)
    tell(reader, paper=papers.add("Weir", reader))
    deliver_due_notices()
    html, kind = mail.outbox[0].alternatives[0]
    assert (kind, '<html lang="km">' in html) == ("text/html", True)
    assert "<img" not in html
    assert set(re.findall(r'href="(http://[^/]+)', html)) == {"http://localhost:8000"}


def test_a_digest_gathers_a_day_in_one_mail(reader, papers):
    choose(reader, rhythm=Rhythm.DAILY, digest_hour=8)
    for hours, title in ((0, "Weir"), (1, "Lock"), (2, "Quay")):
        paper = papers.add(title, reader)
        at(hours, lambda paper=paper, title=title: tell(reader, paper=paper, may_name=title != "Quay"))
        at(hours)
    assert mail.outbox == []
    at(11)
    (letter,) = mail.outbox
    assert letter.subject == "3 things wait for you in RtoPNet"
    assert [title in letter.body for title in ("Weir", "Lock", "Quay")] == [True, True, False]
    assert "1 more thing waits for you" in letter.body
    at(12)
    assert len(mail.outbox) == 1


def test_quiet_hours_hold_mails_back_until_they_end(reader, papers):
    choose(reader, zone="Asia/Tokyo", quiet_from=time(5), quiet_until=time(8))  # 20:00 to 23:00 in UTC
    at(0, lambda: tell(reader, paper=papers.add("Weir", reader)))
    at(0, lambda: tell(reader, paper=papers.add("Lock", reader)))
    at(1.9)
    assert mail.outbox == []
    at(2)
    assert mail.outbox[0].subject == "2 things wait for you in RtoPNet"


def test_what_falls_into_the_quiet_hours_by_itself_is_put_off(reader, papers):
    choose(reader, quiet_from=time(22), quiet_until=time(7))
    at(0, lambda: tell(reader, paper=papers.add("Weir", reader)))
    at(1.5)
    assert mail.outbox == []
    at(10)
    assert len(mail.outbox) == 1


def test_urgent_kinds_pass_where_the_reader_chose_so(reader, papers):
    choose(reader, quiet_from=time(20), quiet_until=time(7), urgent_passes=True)
    at(0, lambda: tell(reader, paper=papers.add("Weir", reader)))
    at(0, lambda: tell(reader, paper=papers.add("Drill", reader), kind=URGENT, may_name=True))
    at(0)
    assert [letter.subject for letter in mail.outbox] == ["somebody asks you to answer Drill"]


def test_a_refused_kind_is_not_mailed_and_choosing_again_plans_anew(reader, papers):
    choose(reader, rhythm=Rhythm.DAILY)
    at(0, lambda: tell(reader, paper=papers.add("Weir", reader)))
    at(0, lambda: choose_notice_channels(by=reader.pk, refused=[Refused(PLAIN.key, Channel.MAIL)]))
    at(24)
    assert mail.outbox == []
    at(24, lambda: tell(reader, paper=papers.add("Lock", reader)))
    assert len(deliveries(reader)) == 1
    at(24, lambda: tell(reader, paper=papers.add("Drill", reader), kind=URGENT))
    at(24, lambda: choose(reader, rhythm=Rhythm.AT_ONCE))
    at(24)
    assert len(mail.outbox) == 1


def test_what_was_read_in_the_product_is_not_mailed(reader, papers):
    tell(reader, paper=papers.add("Weir", reader))
    with acting_as(reader.pk):
        notice = Notice.objects.get().pk
    mark_notice_read(by=reader.pk, notice=notice)
    deliver_due_notices()
    assert mail.outbox == []
    assert [row.outcome for row in deliveries(reader)] == ["dropped"]


def test_a_mail_that_waits_goes_with_the_post(region, reader, papers):
    paper = papers.add("Weir", reader)
    tell(reader, paper=paper)
    tell(reader, paper=paper, kind=PERSONAL, may_name=True)
    hand_over(reader, successor_of(region))
    let_hold_another_post(reader)
    deliver_due_notices()
    assert [letter.subject for letter in mail.outbox] == ["Weir is about you"]


def test_a_closed_account_gets_no_mail_that_waited(reader, papers):
    from rtopnet.audit.public import record_deed

    tell(reader, paper=papers.add("Weir", reader))
    with acting_for(Capacity.INSTALLATION):
        Account.objects.filter(pk=reader.pk).update(is_active=False)
        record_deed(verb="closed", kind="network.account", subject=reader.pk)
    deliver_due_notices()
    assert mail.outbox == []


class Failing(EmailBackend):
    fault = None

    def send_messages(self, messages):
        if self.fault:
            raise self.fault
        return super().send_messages(messages)


@pytest.fixture
def failing(monkeypatch):
    monkeypatch.setattr("django.core.mail.get_connection", lambda *_, **__: Failing())
    return lambda fault: monkeypatch.setattr(Failing, "fault", fault)


def choices(account):
    with acting_as(account.pk):
        return notice_choices(account=account)


def test_a_mail_that_fails_is_tried_again_and_its_holder_sees_it(reader, papers, failing):
    failing(OSError("no route"))
    at(0, lambda: tell(reader, paper=papers.add("Weir", reader)))
    at(0)
    (row,) = deliveries(reader)
    assert (row.attempts, row.problem, row.not_before) == (1, "unreachable", EVENING + RETRY_AFTER[0])
    assert choices(reader).last_mail.problem == "unreachable"
    assert choices(reader).last_mail.is_waiting
    at(0.001)
    assert deliveries(reader)[0].attempts == 1, "not before its time"
    failing(None)
    at(0.1)
    assert len(mail.outbox) == 1
    assert deliveries(reader)[0].outcome == "sent"
    assert choices(reader).last_mail.failed_at is None


def test_after_the_last_attempt_it_has_failed_and_stays_in_sight(reader, papers, failing):
    failing(SMTPServerDisconnected("gone"))
    at(0, lambda: tell(reader, paper=papers.add("Weir", reader)))
    for hours in range(0, 40, 2):
        at(hours)
    (row,) = deliveries(reader)
    assert (row.outcome, row.attempts) == ("failed", len(RETRY_AFTER) + 1)
    assert not choices(reader).last_mail.is_waiting


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (SMTPRecipientsRefused({"x": (550, b"no such box")}), "failed"),
        (SMTPRecipientsRefused({"x": (450, b"later")}), ""),
        (SMTPDataError(554, b"no"), ""),
    ],
)
def test_a_box_that_is_not_there_is_not_tried_again(reader, papers, failing, fault, outcome):
    failing(fault)
    tell(reader, paper=papers.add("Weir", reader))
    deliver_due_notices()
    (row,) = deliveries(reader)
    assert (row.problem, row.outcome) == ("refused", outcome)


@pytest.fixture
def service(monkeypatch):
    service = PushService()
    post = outward.post_outward

    async def public(host):
        assert host == "push.service.example"
        return "203.0.113.7"

    monkeypatch.setattr(outward, "_public_address", public)
    monkeypatch.setattr(
        push_messages,
        "post_outward",
        lambda *arguments, **more: post(*arguments, transport=httpx.MockTransport(service), **more),
    )
    return service


def subscribe(account, browser):
    add_push_subscription(by=account.pk, browser="Browser", **browser.subscription())


def test_a_push_reaches_the_browser_encrypted_with_the_kinds_title_alone(reader, papers, service):
    browser = Browser()
    subscribe(reader, browser)
    tell(reader, paper=papers.add(CANARY, reader), kind=URGENT, may_name=True)
    deliver_due_notices()
    (request,) = service.requests
    assert browser.read(request.content) == {"title": "A drill"}
    assert request.url.host == "203.0.113.7"
    assert request.headers["Host"] == "push.service.example"
    assert request.extensions["sni_hostname"] == "push.service.example"
    assert (request.headers["TTL"], request.headers["Urgency"]) == ("86400", "high")
    assert request.headers["Content-Encoding"] == "aes128gcm"
    claims = service.claims_of(request)
    assert claims["aud"] == "https://push.service.example"
    assert claims["sub"].startswith("mailto:")


def test_pushes_are_of_one_length_whatever_they_say(reader, papers, service):
    subscribe(reader, Browser())
    for kind in (PLAIN, URGENT):
        tell(reader, paper=papers.add("Weir", reader), kind=kind)
        deliver_due_notices()
    assert len({len(request.content) for request in service.requests}) == 1


def test_several_at_once_are_one_push(reader, papers, service):
    browser = Browser()
    subscribe(reader, browser)
    for kind in (PLAIN, URGENT):
        tell(reader, paper=papers.add("Weir", reader), kind=kind)
    deliver_due_notices()
    (request,) = service.requests
    assert browser.read(request.content)["title"] == "Several things wait for you"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_gone_is_forgotten(reader, papers, service, status):
    subscribe(reader, Browser())
    service.status = status
    tell(reader, paper=papers.add("Weir", reader))
    deliver_due_notices()
    assert choices(reader).devices == ()
    assert {row.outcome for row in deliveries(reader) if row.channel == "push"} == {"dropped"}


@pytest.mark.parametrize(
    ("status", "fault", "problem"),
    [
        (429, None, "refused"),
        (503, None, "refused"),
        (302, None, "refused"),
        (201, httpx.ConnectTimeout("slow"), "unreachable"),
        (201, OSError("no route"), "unreachable"),
    ],
)
def test_a_push_that_fails_is_tried_again(reader, papers, service, status, fault, problem):
    subscribe(reader, Browser())
    service.status, service.fault = status, fault
    at(0, lambda: tell(reader, paper=papers.add("Weir", reader)))
    at(0)
    assert [device.problem for device in choices(reader).devices] == [problem]
    service.status, service.fault = 201, None
    at(1)
    assert [device.problem for device in choices(reader).devices] == [""]
    assert {row.outcome for row in deliveries(reader)} == {"sent"}


@pytest.mark.parametrize(
    "endpoint",
    [
        *("http://push.example/x", "https://localhost/x", "https://127.0.0.1/x", "https://10.0.0.1/x"),
        *(
            "https://[::1]/x",
            "https://169.254.169.254/x",
            "https://db.internal/x",
            "https://push.example:8443/x",
        ),
        *("https://u:p@push.example/x", "https://[::ffff:10.0.0.1]/x", "https://push.example:x/", "x"),
        "https://push.example/" + "x" * 1000,
    ],
)
def test_only_public_push_services_are_called(reader, endpoint):
    from rtopnet.network.public import PushTargetRefusedError

    with pytest.raises(PushTargetRefusedError):
        subscribe(reader, Browser(endpoint))


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "224.0.0.1"]
)
def test_a_name_that_leads_inside_is_not_called(monkeypatch, address):
    async def look_up(*_, **__):
        return [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (address, 443))]

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", look_up)
    with pytest.raises(outward.NotPublicError):
        outward.post_outward(ENDPOINT, content=b"", headers={})


def test_a_service_that_never_answers_is_given_up(monkeypatch):
    import asyncio

    async def public(host):
        return "203.0.113.7"

    async def never(request):
        await asyncio.Event().wait()

    monkeypatch.setattr(outward, "_public_address", public)
    monkeypatch.setattr(outward, "SECONDS", 0.05)
    with pytest.raises(outward.UnreachableError):
        outward.post_outward(ENDPOINT, content=b"", headers={}, transport=httpx.MockTransport(never))


def test_bad_keys_are_refused(reader):
    from rtopnet.network.public import PushTargetRefusedError

    good = Browser().subscription()
    for change in ({"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "ä"}, {"auth": ""}):
        with pytest.raises(PushTargetRefusedError):
            add_push_subscription(by=reader.pk, browser="x", **(good | change))


def test_a_browser_belongs_to_who_used_it_last(region, reader):
    other, browser = make_account(region, "XAB"), Browser()
    subscribe(reader, browser)
    subscribe(other, browser)
    assert choices(reader).devices == ()
    (device,) = choices(other).devices
    remove_push_subscription(by=reader.pk, subscription=device.id)
    assert len(choices(other).devices) == 1
    remove_push_subscription(by=other.pk, subscription=device.id)
    with acting_for(Capacity.INSTALLATION):
        assert not PushSubscription.objects.exists()


def test_old_notices_are_forgotten(reader, papers):
    at(0, lambda: tell(reader, paper=papers.add("Weir", reader)))
    at(0)
    at(24 * 31, forget_old_notices)
    assert deliveries(reader) == []
    with acting_as(reader.pk):
        notice = Notice.objects.get().pk
    at(24 * 31, lambda: mark_notice_read(by=reader.pk, notice=notice))
    at(24 * 400, forget_old_notices)
    with acting_for(Capacity.INSTALLATION):
        assert not Notice.objects.exists()
