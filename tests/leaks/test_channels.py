"""What goes out by itself, and what every error page says, read for what is not for its reader."""

import logging

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404

from rtopnet.network import letters
from rtopnet.network.services import notice_delivery, webhooks
from tests.leaks import visits
from tests.leaks.outward import CHANNELS, leaks_of
from tests.leaks.probes import found_in
from tests.leaks.visits import visitor

pytestmark = pytest.mark.django_db
WORD = "zqplanted1234"
FORBIDDEN = {WORD: "what is hidden"}
ERRORS = {400: BadRequest, 403: PermissionDenied, 404: Http404, 500: RuntimeError}


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_goes_out_carries_nothing_above_green_and_nothing_to_the_wrong_reader(
    leaks, monkeypatch, caplog, channel
):
    caplog.set_level(logging.DEBUG)
    found, sent = leaks_of(leaks, channel, monkeypatch)
    assert sent > 6
    assert found == []
    assert found_in(visits.logged(caplog), visits.every_word(leaks)) == []


def test_a_leak_in_a_mail_is_caught(leaks, monkeypatch):
    letter_about = letters.letter_about

    def talkative(account, named, unnamed):
        letter = letter_about(account, named, unnamed)
        letter.body += strictest(leaks)
        return letter

    monkeypatch.setattr(notice_delivery, "letter_about", talkative)
    caught(leaks, "a mail", monkeypatch)


def test_a_leak_in_a_pushed_message_is_caught(leaks, monkeypatch):
    push = notice_delivery.push_title

    def talkative(target, title, *, urgent):
        push(target, f"{title}: {strictest(leaks)}", urgent=urgent)

    monkeypatch.setattr(notice_delivery, "push_title", talkative)
    caught(leaks, "a pushed message", monkeypatch)


def test_a_leak_in_a_webhook_is_caught(leaks, monkeypatch):
    announcement = webhooks.announcement

    def talkative(**said):
        return announcement(**said | {"subject": {"title": strictest(leaks)}})

    monkeypatch.setattr(webhooks, "announcement", talkative)
    caught(leaks, "a webhook", monkeypatch)


def strictest(leaks):
    """The title of a record for named persons."""
    return next(fact.word for fact in leaks.facts if fact.what == "XAA: for persons, title")


def caught(leaks, channel, monkeypatch):
    before = visits.TALLY["leaks"]
    found, _sent = leaks_of(leaks, channel, monkeypatch)
    visits.TALLY["leaks"] = before
    assert any("XAA: for persons, title" in line for line in found)


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_does_not_repeat_what_went_wrong(leaks, monkeypatch, status):
    def fail(*_arguments, **_more):
        raise ERRORS[status](WORD)

    monkeypatch.setattr("rtopnet.sharing.views.reading.record_sheet", fail)
    answer = visitor(leaks, leaks.world.scribe("XAF")).visit(f"/records/{leaks.fates['draft']}/")
    assert answer.status == status
    assert found_in(answer.text, FORBIDDEN) == []


def test_a_leak_in_the_log_is_caught(caplog):
    logging.getLogger("rtopnet").warning("no right to read %s", WORD)
    assert found_in(visits.logged(caplog), FORBIDDEN) == ["what is hidden"]


def test_a_leak_in_what_the_log_tells_of_a_failure_is_caught(caplog):
    logging.getLogger("rtopnet").error("failed", exc_info=ValueError(WORD))
    assert found_in(visits.logged(caplog), FORBIDDEN) == ["what is hidden"]
