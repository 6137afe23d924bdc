"""Keeping what sources tell, and what people make of it."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import clock_at
from rtopnet.sharing.public import OwnerDecidesError, RecordNotInSightError, record_sheet
from rtopnet.warning.evidence.models import (
    Dismissal,
    Signal,
    SignalJudgement,
    SignalLink,
    SignalRevision,
    SignalSource,
)
from rtopnet.warning.evidence.public import (
    JudgementRefusedError,
    Verdict,
    WantedSignals,
    accept_signal,
    cite_signal,
    dismiss_signal,
    fetch_due_sources,
    fetch_source,
    join_signals,
    signal_counts,
    signal_sheet,
    signals_in_sight,
    sources_in_sight,
    split_signal,
    take_back_dismissal,
)
from rtopnet.warning.evidence.rules.fetching import next_try
from rtopnet.warning.evidence.rules.naming import state_named
from rtopnet.warning.evidence.sources.contract import Batch
from rtopnet.warning.evidence.sources.refusals import FormatChangedError
from rtopnet.warning.evidence.sources.registry import connectors
from tests.warning.evidence.watching import AT, bring, item, make_source, signal_of

pytestmark = pytest.mark.django_db
WIRE = (
    "Houses were set on fire in Sovareth before dawn; neighbours counted 14 dead and 63 houses burnt there."
)
HERE = {"first_day": date(2026, 9, 5), "place": "Sovareth", "latitude": 24.6, "longitude": -141.3}


def reports(world, monkeypatch, **more):
    """A wire, its copy, and a radio of its own, of one event; and something else of the same day."""
    source = make_source(world, **more)
    bring(
        monkeypatch,
        source,
        item("wire", text=WIRE, outlets=("Wire",), **HERE),
        item("copy", text=f"{WIRE} (Wire)", outlets=("Post",), published_at=AT + timedelta(hours=1), **HERE),
        item("radio", "Neighbours tell of 14 dead", outlets=("Radio",), **HERE),
        item("other", "Parliament debates a law on schools", outlets=("Radio",), **HERE),
    )
    return source


def sees(account, wanted=None):
    with acting_as(account):
        return signals_in_sight(wanted or WantedSignals())


def desk(world, code):
    return world.scribe(code).account


# --- fetching ---------------------------------------------------------------------------------------------


def test_what_a_source_tells_is_kept_once_and_its_health_with_it(world, monkeypatch):
    source = make_source(world)
    assert bring(monkeypatch, source, item("a"), item("b"), cursor={"etag": "1"}).new == 2
    assert bring(monkeypatch, source, item("a"), item("b"), cursor={"etag": "2"}).new == 0
    with acting_as(desk(world, "XAB")):
        (health,) = sources_in_sight()
    assert (health.brought, health.error, health.fails_in_a_row) == (2, "", 0)
    assert health.brought_at >= health.newest_at


def test_a_revision_keeps_what_was_said_before(world, monkeypatch):
    source = make_source(world)
    bring(monkeypatch, source, item("a", deaths=12))
    found = bring(monkeypatch, source, item("a", "Fire in Arlen, more dead", deaths=15))
    assert (found.new, found.revised) == (0, 1)
    with acting_as(desk(world, "XAB")):
        sheet = signal_sheet(signal_of("a").pk)
    assert (sheet.revision, sheet.line.deaths) == (2, 15)
    assert [(before.revision, before.deaths) for before in sheet.revisions] == [(1, 12)]


def test_what_a_source_takes_back_stays_marked(world, monkeypatch):
    source = make_source(world)
    bring(monkeypatch, source, item("a"))
    assert bring(monkeypatch, source, gone=("a", "unknown"), cursor={"x": 1}).gone == 1
    assert signal_of("a").gone_at is not None
    bring(monkeypatch, source, item("a"), cursor={"x": 2})
    assert signal_of("a").gone_at is None


def test_a_failure_is_kept_in_words_and_what_was_there_stays(world, monkeypatch):
    source = make_source(world)
    bring(monkeypatch, source, item("a"))
    for _ in range(2):
        found = bring(monkeypatch, source, error=FormatChangedError("the column 'best' is missing"))
    assert found.error == "format_changed"
    with acting_as(desk(world, "XAB")):
        (health,) = sources_in_sight()
        assert Signal.objects.count() == 1
    assert (health.error_detail, health.fails_in_a_row) == ("the column 'best' is missing", 2)
    assert health.next_try_at > health.tried_at + timedelta(minutes=230)


def test_another_fetch_that_was_quicker_wins(world, monkeypatch):
    source = make_source(world)

    class Overtaken:
        kind, secrets, prose = "feed", (), True

        def fetch(self, *_):
            bring(monkeypatch, source, item("a"))
            return Batch((item("b"),), {"late": 1})

    monkeypatch.setitem(connectors(), "feed", Overtaken())
    assert fetch_source(source=source) is None
    with acting_for(Capacity.INSTALLATION):
        assert [row.key for row in Signal.objects.all()] == ["a"]


def test_only_sources_whose_time_has_come_are_asked(world, monkeypatch):
    bring(monkeypatch, make_source(world), item("a"))
    make_source(world, "other", kind="none")
    assert fetch_due_sources() == 1
    with acting_for(Capacity.INSTALLATION):
        assert SignalSource.objects.get(key="other").error == "not_set"
    assert fetch_due_sources() == 0


def test_a_secret_comes_from_the_environment_alone(world, settings, monkeypatch):
    settings.SOURCE_SECRETS = {"RTOPNET_SOURCE_REEF_PRESS_TOKEN": "hush"}
    seen = {}

    class Asked:
        kind, secrets, prose = "feed", ("TOKEN", "USER"), True

        def fetch(self, ask, _):
            seen.update(ask.secrets)
            return Batch((), {"x": 1})

    monkeypatch.setitem(connectors(), "feed", Asked())
    source = make_source(world)
    found = fetch_source(source=source)
    assert (found.error, seen) == ("not_set", {})
    assert "RTOPNET_SOURCE_REEF_PRESS_USER" in found.detail
    settings.SOURCE_SECRETS["RTOPNET_SOURCE_REEF_PRESS_USER"] = "me"
    assert fetch_source(source=source).error == ""
    assert seen == {"TOKEN": "hush", "USER": "me"}


def test_the_state_is_told_or_named_in_the_text(world, monkeypatch):
    source = make_source(world)
    bring(monkeypatch, source, item("a", state="XAB"), item("b", "Trouble in State XAC today"), item("c"))
    assert [signal_of(key).state_id for key in "abc"] == [
        world.states["XAB"].pk,
        world.states["XAC"].pk,
        None,
    ]


def test_pauses_grow_with_failures_up_to_a_day():
    pauses = [
        next_try(AT, every_minutes=15, fails_in_a_row=fails, spread=0.0) - AT for fails in (0, 1, 3, 40)
    ]
    assert pauses == [timedelta(minutes=each) for each in (15, 30, 120, 1440)]


def test_a_text_that_names_two_states_is_of_neither():
    names = {"XAR": ["Arlen"], "XBO": ["Bo", "ប៊ូ"]}
    assert state_named("Talks of Arlen and Bo", names) == ""
    assert state_named("Boats", names) == ""
    assert state_named("នៅប៊ូថ្ងៃនេះ", names) == "XBO"


# --- groups -----------------------------------------------------------------------------------------------


def test_what_tells_of_one_event_is_one_line_with_its_independent_sources(world, monkeypatch):
    reports(world, monkeypatch)
    page = sees(desk(world, "XAB"))
    found = {group.lead.title: (group.sources, len(group.others)) for group in page.groups}
    assert found == {"Fire in Arlen": (2, 2), "Parliament debates a law on schools": (1, 0)}
    assert page.older == ""


def test_a_split_holds_also_when_more_comes_in(world, monkeypatch):
    source = reports(world, monkeypatch)
    by, body = desk(world, "XAA"), world.states["XAA"].pk
    radio, wire, copy = (signal_of(key).pk for key in ("radio", "wire", "copy"))
    split_signal(by=by, body=body, verdict=Verdict((radio, wire, copy), "Another fire, in the harbour"))
    bring(
        monkeypatch, source, item("late", text=f"{WIRE} Again.", outlets=("Late",), **HERE), cursor={"x": 9}
    )
    page = sees(desk(world, "XAB"))
    assert sorted(len(group.others) for group in page.groups) == [0, 0, 2]
    with acting_as(desk(world, "XAC")):
        sheet = signal_sheet(radio)
    assert [said.reason for said in sheet.judgements] == ["Another fire, in the harbour"] * 2


def test_a_join_holds_and_can_be_split_again(world, monkeypatch):
    reports(world, monkeypatch)
    by, body = desk(world, "XAA"), world.states["XAA"].pk
    pair = Verdict((signal_of("other").pk, signal_of("wire").pk), "The debate was about the fire")
    join_signals(by=by, body=body, verdict=pair)
    assert len(sees(by).groups) == 1
    split_signal(by=by, body=body, verdict=Verdict(pair.signals, "It was not"))
    assert len(sees(by).groups) == 2


@pytest.mark.parametrize(("reason", "which"), [("  ", ("wire", "copy")), ("why", ("wire", "wire"))])
def test_a_verdict_needs_a_reason_and_two_signals(world, monkeypatch, reason, which):
    reports(world, monkeypatch)
    verdict = Verdict(tuple(signal_of(key).pk for key in which), reason)
    with pytest.raises(JudgementRefusedError):
        join_signals(by=desk(world, "XAA"), body=world.states["XAA"].pk, verdict=verdict)


def test_nobody_judges_for_another(world, monkeypatch):
    reports(world, monkeypatch)
    verdict = Verdict((signal_of("wire").pk, signal_of("other").pk), "why")
    with pytest.raises(OwnerDecidesError):
        join_signals(by=desk(world, "XAA"), body=world.states["XAB"].pk, verdict=verdict)


def test_pages_go_on_where_the_last_one_ended_and_show_a_group_once(world, monkeypatch):
    source = make_source(world)
    many = [item(f"n{at}", f"Item {at} of many", published_at=AT + timedelta(hours=at)) for at in range(30)]
    bring(monkeypatch, source, *many)
    join_signals(
        by=desk(world, "XAA"),
        body=world.states["XAA"].pk,
        verdict=Verdict((signal_of("n29").pk, signal_of("n0").pk), "why"),
    )
    first = sees(desk(world, "XAB"))
    with acting_as(desk(world, "XAB")):
        second = signals_in_sight(WantedSignals(), before=first.older)
    titles = [group.lead.title for group in (*first.groups, *second.groups)]
    assert titles == [f"Item {at} of many" for at in range(29, 0, -1)]
    assert second.older == ""


def test_counts_are_of_events_by_month(world, monkeypatch):
    reports(world, monkeypatch)
    asked = {
        "state": None,
        "region_name": "",
        "target": "",
        "since": date(2026, 1, 1),
        "until": date(2026, 12, 31),
    }
    with acting_as(desk(world, "XAB")):
        assert signal_counts(**asked) == {date(2026, 9, 1): 2}
        assert signal_counts(**asked | {"region_name": "sovareth"}) == {date(2026, 9, 1): 2}
        assert signal_counts(**asked | {"target": "nobody"}) == {}


def test_signals_are_chosen_by_state_source_language_and_days(world, monkeypatch):
    bring(monkeypatch, make_source(world), item("a", "One", state="XAB", language="km"), item("b", "Two"))
    by = desk(world, "XAA")
    for wanted, titles in (
        (WantedSignals(state="XAB"), ["One"]),
        (WantedSignals(language="km"), ["One"]),
        (WantedSignals(source="none"), []),
        (WantedSignals(since=date(2026, 9, 6)), []),
        (WantedSignals(until=date(2026, 9, 5), source="press"), ["One", "Two"]),
    ):
        assert sorted(group.lead.title for group in sees(by, wanted).groups) == titles


# --- what people make of them -----------------------------------------------------------------------------


def test_a_dismissal_is_the_desks_own(world, monkeypatch):
    reports(world, monkeypatch)
    by, body, other = desk(world, "XAA"), world.states["XAA"].pk, signal_of("other").pk
    dismiss_signal(by=by, body=body, signal=other, reason="Not ours")
    assert len(sees(by).groups) == 1
    assert [group.lead.id for group in sees(by, WantedSignals(dismissed=True)).groups] == [other]
    assert len(sees(desk(world, "XAB")).groups) == 2
    with acting_as(desk(world, "XAB")):
        assert signal_sheet(other).dismissals == ()
        assert Dismissal.objects.count() == 0
    take_back_dismissal(by=by, body=body, signal=other)
    assert len(sees(by).groups) == 2


def test_an_accepted_signal_becomes_a_draft_that_names_it(world, monkeypatch):
    reports(world, monkeypatch)
    by, wire = desk(world, "XAA"), signal_of("wire").pk
    record = accept_signal(by=by, signal=wire, state=world.states["XAA"].pk)
    cite_signal(by=by, signal=signal_of("radio").pk, record=record)
    with acting_as(by):
        sheet = record_sheet(record)
        assert signal_sheet(wire).reports == {record: "Fire in Arlen"}
        assert list(signal_sheet(signal_of("radio").pk).reports) == [record]
    assert WIRE in sheet.body
    assert "Press" in sheet.body
    with acting_as(desk(world, "XAB")):
        assert signal_sheet(wire).reports == {}


def test_nobody_cites_into_anothers_report(world, monkeypatch):
    reports(world, monkeypatch)
    record = accept_signal(by=desk(world, "XAA"), signal=signal_of("wire").pk, state=world.states["XAA"].pk)
    with pytest.raises(ProgrammingError), transaction.atomic():
        cite_signal(by=desk(world, "XAB"), signal=signal_of("wire").pk, record=record)


def test_words_under_licence_are_cited_and_never_copied(world, monkeypatch):
    reports(world, monkeypatch, readers=["XAA"])
    by = desk(world, "XAA")
    record = accept_signal(by=by, signal=signal_of("wire").pk, state=world.states["XAA"].pk)
    with acting_as(by):
        sheet = record_sheet(record)
    assert WIRE not in sheet.body
    assert "Fire" not in sheet.title
    assert "wire" in sheet.body


# --- who reads --------------------------------------------------------------------------------------------


def test_licensed_rows_are_seen_by_those_named_alone(world, monkeypatch):
    reports(world, monkeypatch, readers=["XAA"])
    wire = signal_of("wire").pk
    assert len(sees(desk(world, "XAA")).groups) == 2
    for code in ("XAB", "secretariat", "XBA"):
        with acting_as(desk(world, code)):
            assert signals_in_sight(WantedSignals()).groups == ()
            assert sources_in_sight() == []
            assert signal_sheet(wire) is None
            assert (
                signal_counts(
                    state=None, region_name="", target="", since=date(2026, 1, 1), until=date(2027, 1, 1)
                )
                == {}
            )
            assert not SignalLink.objects.exists()
    for deed in (dismiss_signal, take_back_dismissal):
        more = {"reason": "x"} if deed is dismiss_signal else {}
        with pytest.raises(RecordNotInSightError):
            deed(by=desk(world, "XAB"), body=world.states["XAB"].pk, signal=wire, **more)
    with pytest.raises(RecordNotInSightError):
        accept_signal(by=desk(world, "XAB"), signal=wire, state=world.states["XAB"].pk)


def test_a_hidden_signal_does_not_show_by_what_it_ties_together(world, monkeypatch):
    """Two open signals that only a licensed one connects stay apart for whoever does not read that one."""
    open_one, licensed = make_source(world), make_source(world, "coded", readers=["XAA"])
    bring(monkeypatch, open_one, item("a", "One thing"), item("b", "Another thing"))
    bring(monkeypatch, licensed, item("c", "Licensed"))
    by, body = desk(world, "XAA"), world.states["XAA"].pk
    a, b, c = (signal_of(key).pk for key in "abc")
    for pair in ((a, c), (b, c)):
        join_signals(by=by, body=body, verdict=Verdict(pair, "secret reason"))
    assert [len(group.others) for group in sees(by).groups] == [2]
    assert [len(group.others) for group in sees(desk(world, "XAB")).groups] == [0, 0]
    with acting_as(desk(world, "XAB")):
        assert not SignalJudgement.objects.exists()
    with pytest.raises(RecordNotInSightError):
        split_signal(by=desk(world, "XAB"), body=world.states["XAB"].pk, verdict=Verdict((a, c), "x"))


def test_who_may_read_follows_the_source(world, monkeypatch):
    source = reports(world, monkeypatch)
    bring(monkeypatch, source, item("wire", "Changed", text=WIRE, outlets=("Wire",), **HERE), cursor={"x": 3})
    pair = Verdict((signal_of("other").pk, signal_of("wire").pk), "why")
    join_signals(by=desk(world, "XAA"), body=world.states["XAA"].pk, verdict=pair)
    with acting_for(Capacity.INSTALLATION):
        SignalSource.objects.filter(pk=source).update(readers=[world.states["XAC"].pk])
        record_deed(verb="narrowed", kind="evidence.source", subject=source)
    tables = (Signal, SignalRevision, SignalLink, SignalJudgement, SignalSource)
    with acting_as(desk(world, "XAB")):
        assert [table.objects.count() for table in tables] == [0] * 5
    with acting_as(desk(world, "XAC")):
        assert all(table.objects.exists() for table in tables)


def test_no_statement_of_an_accounts_changes_signals_or_writes_readers(world, monkeypatch):
    reports(world, monkeypatch)
    wire = signal_of("wire")
    with acting_as(desk(world, "XAA")):
        assert Signal.objects.filter(pk=wire.pk).update(title="x") == 0
        assert SignalSource.objects.update(enabled=False) == 0
        assert SignalLink.objects.all().delete()[0] == 0
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(desk(world, "XAA")):
        Signal.objects.create(
            source_id=wire.source_id,
            key="x",
            title="x",
            published_at=AT,
            first_day=AT,
            last_day=AT,
            content_sha256="",
        )


def test_judgements_are_never_changed_nor_made_in_anothers_name(world, monkeypatch):
    reports(world, monkeypatch)
    first, second = sorted((signal_of("wire").pk, signal_of("other").pk))
    row = {"first_id": first, "second_id": second, "joined": True, "reason": "x"}
    join_signals(by=desk(world, "XAA"), body=world.states["XAA"].pk, verdict=Verdict((first, second), "why"))
    with acting_as(desk(world, "XAA")):
        assert SignalJudgement.objects.update(reason="y") == 0
        assert SignalJudgement.objects.all().delete()[0] == 0
    for body, by in (("XAB", "XAA"), ("XAA", "XAB")):
        with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(desk(world, "XAA")):
            SignalJudgement.objects.create(**row, body=world.states[body].pk, by_id=desk(world, by))


def test_without_a_session_there_is_nothing(world, monkeypatch):
    reports(world, monkeypatch)
    with connection.cursor() as cursor:
        for table in ("signal", "signalsource", "signallink", "signalrevision", "signaljudgement"):
            cursor.execute(f"SELECT count(*) FROM evidence_{table}")
            assert cursor.fetchone() == (0,)


def test_the_clock_orders_what_has_no_date(world, monkeypatch):
    with clock_at(AT + timedelta(days=3)):
        bring(monkeypatch, make_source(world), item("a", published_at=None))
    assert signal_of("a").first_day == date(2026, 9, 8)
    assert not signal_of("a").day_known
