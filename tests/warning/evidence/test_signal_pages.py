"""The pages of signals and their sources."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rtopnet.kernel.acting import acting_as
from rtopnet.warning.evidence.public import WantedSignals, signals_in_sight
from rtopnet.warning.evidence.sources.refusals import AccessRefusedError
from tests.warning.evidence.test_signals import desk, reports
from tests.warning.evidence.watching import bring, item, make_source, signal_of

pytestmark = pytest.mark.django_db
LIST = "/situation/signals/"
BUDGET = 24


def at(signal, deed=""):
    return f"{LIST}{signal}/{deed}"


def test_the_list_says_what_will_be_there(enter):
    page = enter("XAB").get(LIST).content.decode()
    assert "No signals yet" in page


def test_a_group_is_one_line_with_its_independent_sources(world, enter, monkeypatch):
    reports(world, monkeypatch)
    page = enter("XAB").get(LIST).content.decode()
    assert "Reported by 2 independent sources" in page
    assert page.count("Fire in Arlen") == 1
    assert "Set it aside" not in page


def test_the_list_asks_the_database_as_often_however_long_it_is(world, enter, monkeypatch):
    source = reports(world, monkeypatch)
    browser = enter("XAB")
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(LIST)
    more = (item(f"n{at}", f"Item {at} of many others") for at in range(20))
    bring(monkeypatch, source, *more, cursor={"x": 5})
    with CaptureQueriesContext(connection) as many:
        assert b"Item 7 of many others" in browser.get(LIST).content
    assert len(many) <= len(few) + 1
    assert len(many) <= BUDGET


def test_choices_are_kept_and_nonsense_is_left_out(world, enter, monkeypatch):
    reports(world, monkeypatch)
    browser = enter("XAB")
    page = browser.get(LIST, {"source": "press", "until": "2026-01-01"}).content.decode()
    assert "Nothing fits what you chose" in page
    assert 'value="2026-01-01"' in page
    for nonsense in ({"since": "soon"}, {"state": "ZZZ"}, {"before": "x_y"}, {"before": "2026-01-01_z"}):
        assert b"Fire in Arlen" in browser.get(LIST, nonsense).content


def test_one_signal_shows_its_original_and_who_else_tells(world, enter, monkeypatch):
    reports(world, monkeypatch)
    page = enter("XAB").get(at(signal_of("wire").pk)).content.decode()
    for words in ("63 houses burnt", "Neighbours tell of 14 dead", "CC BY 4.0", "It tells of something else"):
        assert words in page


def test_a_signal_out_of_sight_is_as_one_that_never_was(world, enter, monkeypatch):
    reports(world, monkeypatch, readers=["XAA"])
    hidden, browser = signal_of("wire").pk, enter("XAB")
    for deed in ("", "join/", "split/", "accept/", "dismiss/"):
        assert browser.get(at(hidden, deed)).status_code == 404
        assert browser.get(at(world.states["XAA"].pk, deed)).status_code == 404
    for deed in ("join/", "split/", "accept/", "dismiss/", "take-back/"):
        assert browser.post(at(hidden, deed), {"reason": "x"}).status_code == 404
    assert b"No source is read yet" in browser.get(f"{LIST}sources/").content
    assert b"AMBER+STRICT" in enter("XAA").get(at(hidden)).content


def test_a_desk_splits_with_its_reason_and_joins_again(world, enter, monkeypatch):
    reports(world, monkeypatch)
    radio, others = signal_of("radio").pk, [str(signal_of(key).pk) for key in ("wire", "copy")]
    browser, body = enter("XAA"), str(world.states["XAA"].pk)
    page = browser.post(at(radio, "split/"), {"others": others, "reason": "", "body": body})
    assert b"There is a problem" in page.content
    browser.post(at(radio, "split/"), {"others": others, "reason": "Another fire", "body": body})
    page = enter("XAB").get(at(radio)).content.decode()
    assert "Another fire" in page
    assert "State XAA" in page
    browser.post(at(radio, "join/"), {"others": others, "reason": "The same after all", "body": body})
    with acting_as(desk(world, "XAB")):
        assert len(signals_in_sight(WantedSignals()).groups) == 2


def test_a_desk_sets_aside_and_takes_back(world, enter, monkeypatch):
    reports(world, monkeypatch)
    other, browser, body = signal_of("other").pk, enter("XAA"), str(world.states["XAA"].pk)
    browser.post(at(other, "dismiss/"), {"reason": "Not about violence", "body": body})
    assert b"Parliament" not in browser.get(LIST).content
    assert b"Not about violence" in browser.get(at(other)).content
    assert b"Not about violence" not in enter("XAB").get(at(other)).content
    browser.post(at(other, "take-back/"))
    assert b"Parliament" in browser.get(LIST).content


def test_a_signal_becomes_a_draft_or_joins_one(world, enter, monkeypatch):
    reports(world, monkeypatch)
    browser, body = enter("XAA"), str(world.states["XAA"].pk)
    answer = browser.post(at(signal_of("wire").pk, "accept/"), {"report": "", "body": body})
    assert answer.status_code == 302
    record = answer["Location"].rstrip("/").rsplit("/", 1)[-1]
    page = browser.get(at(signal_of("radio").pk, "accept/")).content.decode()
    assert record in page
    browser.post(at(signal_of("radio").pk, "accept/"), {"report": record, "body": body})
    assert record in browser.get(at(signal_of("radio").pk)).content.decode()
    assert record not in enter("XAB").get(at(signal_of("radio").pk)).content.decode()


def test_whoever_decides_for_nobody_is_shown_no_button_and_refused(world, enter, monkeypatch):
    from tests.sharing.worlds import take_seat

    reports(world, monkeypatch)
    reader = take_seat(world, "contributor", "XAB")
    browser, wire = enter(account=reader.account), signal_of("wire").pk
    page = browser.get(at(wire)).content.decode()
    assert "Set it aside" not in page
    assert "It tells of something else" not in page
    for deed in ("join/", "split/", "dismiss/"):
        assert browser.get(at(wire, deed)).status_code == 403


def test_the_health_page_says_what_is_wrong(world, enter, monkeypatch):
    source = make_source(world, attribution="Cite us")
    bring(monkeypatch, source, item("a"))
    bring(monkeypatch, source, error=AccessRefusedError("it answers 403"))
    page = enter("XAB").get(f"{LIST}sources/").content.decode()
    for words in (
        "does not let us in",
        "it answers 403",
        "1 signal,",
        "Cite us",
        "CC BY 4.0",
        "It failed 1 time.",
    ):
        assert words in page
