"""The verbs on records, from a draft to its withdrawal."""

from datetime import timedelta

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.ids import new_id
from rtopnet.network.models import Holding
from rtopnet.network.public import set_contributor_powers
from rtopnet.sharing.models import Reading, Record, RecordText
from rtopnet.sharing.public import (
    Audience,
    Marking,
    MarkingTooNarrowError,
    NobodyAddressedError,
    OwnerDecidesError,
    RecordClosedError,
    RecordNotInSightError,
    RequestAnsweredError,
    Terms,
    Words,
    acting_principals,
    address_record,
    answer_request,
    draft_record,
    note_reading,
    recall_record,
    records_in_sight,
    records_known,
    release_record,
    request_release,
    revise_record,
    who_would_read,
    withdraw_record,
)
from rtopnet.sharing.rules import Role
from tests.sharing.worlds import database_now, make_group, make_part, make_world, take_seat

pytestmark = pytest.mark.django_db
WORDS = Words("Signs along the shore", "What was seen.")


@pytest.fixture
def world():
    return make_world()


def desk(world, code="XAA"):
    return world.scribe(code).account


def draft(world, marking=Marking.AMBER, *, by=None, **terms):
    return draft_record(
        by=by or desk(world),
        terms=Terms("report", marking, **terms),
        words=WORDS,
        state=world.states["XAA"].pk,
    )


def released(world, *, marking=Marking.AMBER, **terms):
    record = draft(world, marking, **terms)
    states = frozenset({world.states["XAB"].pk}) if marking > Marking.RED else frozenset()
    address_record(by=desk(world), record=record, audience=Audience(states=states))
    release_record(by=desk(world), record=record)
    return record


def titles(account):
    with acting_as(account):
        return [(found.id, found.title) for found in records_in_sight().records]


def test_a_report_is_shared_revised_and_recalled(world):
    record, reader = draft(world), desk(world, "XAB")
    address_record(
        by=desk(world), record=record, audience=Audience(states=frozenset({world.states["XAB"].pk}))
    )
    assert titles(reader) == []
    assert revise_record(by=desk(world), record=record, words=WORDS) == 1
    release_record(by=desk(world), record=record)
    assert titles(reader) == [(record, WORDS.title)]
    assert titles(desk(world, "XAC")) == []
    assert revise_record(by=desk(world), record=record, words=Words("Corrected", "")) == 2
    assert titles(reader) == [(record, "Corrected")]
    recall_record(by=desk(world), record=record)
    assert titles(reader) == []
    with acting_as(reader):
        assert not RecordText.objects.exists()
        assert [(known.id, known.is_recalled) for known in records_known()] == [(record, True)]


def test_contributors_draft_and_share_nothing(world):
    writer = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    with pytest.raises(OwnerDecidesError):
        draft(world, by=writer)
    record = draft(world, by=writer, open_to_contributors=True)
    revise_record(by=writer, record=record, words=Words("Fuller", ""))
    for deed in (release_record, recall_record, withdraw_record):
        with pytest.raises(OwnerDecidesError):
            deed(by=writer, record=record)
    with pytest.raises(OwnerDecidesError):
        address_record(by=writer, record=record, audience=Audience())
    address_record(by=desk(world), record=record, audience=Audience(persons=frozenset({writer})))
    release_record(by=desk(world), record=record)
    with pytest.raises(OwnerDecidesError):
        revise_record(by=writer, record=record, words=WORDS)


def test_nobody_drafts_for_what_is_no_body_though_they_read_as_it(world):
    by = desk(world)
    with acting_as(by):
        everything = acting_principals()
    states = {state.pk for state in world.states.values()}
    for principal in everything - states:
        for owner in ({"state": principal}, {"institution": principal}):
            with pytest.raises(OwnerDecidesError):
                draft_record(
                    by=by, terms=Terms("situation_report", Marking.AMBER), words=Words("T", "B"), **owner
                )
    with pytest.raises(OwnerDecidesError):
        draft_record(
            by=by,
            terms=Terms("situation_report", Marking.AMBER),
            words=Words("T", "B"),
            institution=world.states["XAA"].pk,
        )


def test_nobody_drafts_for_another_state_or_without_one_owner(world):
    with pytest.raises(OwnerDecidesError, match="owner's people"):
        draft(world, by=desk(world, "XAB"), open_to_contributors=True)
    with pytest.raises(OwnerDecidesError, match="one owner"):
        draft_record(by=desk(world), terms=Terms("report", Marking.RED), words=WORDS)


def test_the_marking_bounds_the_release(world):
    record = draft(world, Marking.RED)
    states = Audience(states=frozenset({world.states["XAB"].pk}))
    with pytest.raises(MarkingTooNarrowError, match="TLP:RED"):
        address_record(by=desk(world), record=record, audience=states)
    with pytest.raises(NobodyAddressedError):
        release_record(by=desk(world), record=record)


def test_absent_and_hidden_are_told_apart_by_nothing(world):
    hidden, words = draft(world), set()
    for record in (hidden, new_id()):
        for deed in (release_record, recall_record, withdraw_record, note_reading):
            with pytest.raises(RecordNotInSightError) as refusal:
                deed(by=desk(world, "XAB"), record=record)
            words.add(str(refusal.value))
        with pytest.raises(RecordNotInSightError) as refusal:
            request_release(by=desk(world, "XAB"), record=record, reason="r")
        words.add(str(refusal.value))
    assert len(words) == 1


def test_what_is_closed_stays_closed(world):
    record = draft(world)
    with pytest.raises(RecordClosedError, match="nothing to recall"):
        recall_record(by=desk(world), record=record)
    record = released(world)
    with pytest.raises(RecordClosedError, match="released already"):
        release_record(by=desk(world), record=record)
    recall_record(by=desk(world), record=record)
    for deed in (recall_record, release_record):
        with pytest.raises(RecordClosedError):
            deed(by=desk(world), record=record)
    with pytest.raises(RecordClosedError):
        revise_record(by=desk(world), record=record, words=WORDS)


def test_withdrawing_deletes_the_words_and_says_so(world):
    record = released(world)
    withdraw_record(by=desk(world), record=record)
    with acting_as(desk(world)):
        assert not RecordText.objects.exists()
    with acting_as(desk(world, "XAB")):
        assert [known.is_withdrawn for known in records_known()] == [True]
    with pytest.raises(RecordClosedError):
        withdraw_record(by=desk(world), record=record)
    with pytest.raises(RecordClosedError):
        request_release(by=desk(world, "XAB"), record=record, reason="r")


def test_readings_of_amber_or_stricter_are_in_the_release_ledger(world):
    record = released(world)
    assert note_reading(by=desk(world, "XAB"), record=record)
    assert note_reading(by=desk(world, "XAB"), record=record, how="exported")
    assert not note_reading(by=desk(world), record=record)
    green = released(world, marking=Marking.GREEN)
    assert not note_reading(by=desk(world, "XAB"), record=green)
    with acting_as(desk(world)):
        assert sorted(Reading.objects.values_list("how", flat=True)) == ["exported", "opened"]


def test_a_part_that_the_reader_sees_counts_with_its_own_marking(world):
    green = released(world, marking=Marking.GREEN)
    make_part(world, "XAA", Record(pk=green), marking=Marking.RED)
    assert not note_reading(by=desk(world, "XAB"), record=green)
    audience = Audience(states=frozenset({world.states["XAB"].pk}))
    make_part(world, "XAA", Record(pk=green), marking=Marking.AMBER, audience=audience, version=2)
    assert note_reading(by=desk(world, "XAB"), record=green)


@pytest.mark.parametrize("granted", [True, False])
def test_who_knows_of_a_record_asks_and_is_answered(world, granted):
    record, asker = released(world, marking=Marking.RED, existence_only=True), desk(world, "XAC")
    assert titles(asker) == []
    request = request_release(by=asker, record=record, reason="Our shore is next.")
    with pytest.raises(RecordNotInSightError):
        answer_request(by=desk(world, "XAB"), request=request, granted=True, answer="")
    with pytest.raises(OwnerDecidesError):
        answer_request(by=asker, request=request, granted=True, answer="")
    answer_request(by=desk(world), request=request, granted=granted, answer="Read it yourself.")
    assert bool(titles(asker)) is granted
    with pytest.raises(RequestAnsweredError):
        answer_request(by=desk(world), request=request, granted=granted, answer="")


def test_the_owner_sees_in_names_who_would_read(world):
    member = take_seat(world, Role.ANALYST, body="secretariat").account
    take_seat(world, Role.DEPUTY, "XAB", ends=timedelta(hours=-1))
    group = make_group(world, "XAA", [{"account_id": member}]).pk
    record = draft(world, expires_at=database_now() + timedelta(days=2))
    states = frozenset({world.states["XAB"].pk})
    address_record(by=desk(world), record=record, audience=Audience(states=states, groups=frozenset({group})))
    with acting_as(desk(world)):
        readership = who_would_read(record)
    own = {person.account for person in readership.people if person.is_own}
    told = {person.account for person in readership.people if not person.is_own}
    assert told == {desk(world, "XAB"), member}
    assert desk(world) in own
    assert all(person.name for person in readership.people)
    assert (readership.anybody, readership.closes_at is not None) == (False, True)
    release_record(by=desk(world), record=record)
    for account in world.readers:
        assert bool(titles(account)) is (account in own | told)


def test_a_contributor_drafts_and_reads_as_far_as_the_desk_lets_them(world):
    writer = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    record = draft(world, by=writer, open_to_contributors=True)
    with acting_as(desk(world)):
        post = Holding.objects.get(account=writer).post_id
    set_contributor_powers(by=desk(world), post=post, reads_space=True, drafts=False)
    assert titles(writer) == [(record, WORDS.title)]
    for attempt in (
        lambda: draft(world, by=writer, open_to_contributors=True),
        lambda: revise_record(by=writer, record=record, words=WORDS),
    ):
        with pytest.raises(OwnerDecidesError):
            attempt()
    set_contributor_powers(by=desk(world), post=post, reads_space=False, drafts=False)
    assert titles(writer) == []


def test_a_former_holder_reads_nothing_that_names_them(world):
    former = take_seat(world, Role.DEPUTY, "XAB", ends=timedelta(seconds=-1)).account
    record = draft(world, Marking.RED)
    address_record(by=desk(world), record=record, audience=Audience(persons=frozenset({former})))
    release_record(by=desk(world), record=record)
    assert titles(former) == []
