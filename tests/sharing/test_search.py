"""Finding records: what the reader may read is found by its words, and nothing else leaves a trace."""

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.models import Reading
from rtopnet.sharing.public import (
    Asked,
    Audience,
    Marking,
    PartWords,
    Terms,
    Words,
    address_part,
    address_record,
    draft_record,
    recall_record,
    records_found,
    release_record,
    revise_record,
    withdraw_record,
    words_suggested,
)
from tests.sharing.worlds import make_world

pytestmark = pytest.mark.django_db
TITLE, BODY = "Crowds at the northern bridge", "Leaflets call neighbours vermin; the ferry stopped."


@pytest.fixture
def world():
    return make_world()


def desk(world, code="XAA"):
    return world.scribe(code).account


def draft(world, title=TITLE, body=BODY, code="XAA", marking=Marking.AMBER, **terms):
    return draft_record(
        by=desk(world, code),
        terms=Terms("report", marking, **terms),
        words=Words(title, body),
        state=world.states[code].pk,
    )


def share(world, record, *codes, code="XAA"):
    audience = Audience(states=frozenset(world.states[to].pk for to in codes))
    address_record(by=desk(world, code), record=record, audience=audience)
    release_record(by=desk(world, code), record=record)


def found(world, query, code="XAA", **asked):
    with acting_as(desk(world, code)):
        return [find.record for find in records_found(Asked(query, **asked)).finds]


def test_a_draft_is_found_by_its_owner_alone(world):
    record = draft(world)
    assert found(world, "leaflets bridge") == [record]
    assert found(world, "leaflets bridge", "XAB") == []


def test_what_is_shared_is_found_until_it_is_recalled(world):
    record = draft(world)
    share(world, record, "XAB")
    assert found(world, "FERRY", "XAB") == [record]
    assert found(world, "ferry", "XAC") == []
    recall_record(by=desk(world), record=record)
    assert found(world, "ferry", "XAB") == []
    assert found(world, "ferry") == [record]
    withdraw_record(by=desk(world), record=record)
    assert found(world, "ferry") == []


def test_only_the_newest_words_are_found(world):
    record = draft(world)
    share(world, record, "XAB")
    revise_record(by=desk(world), record=record, words=Words(TITLE, "The road is open."))
    assert found(world, "ferry", "XAB") == []
    assert found(world, "road", "XAB") == [record]


def test_a_part_is_found_by_those_it_is_for_under_its_own_marking(world):
    source = PartWords("Source", "The harbourmaster", Marking.RED)
    by = desk(world)
    record = draft_record(
        by=by,
        terms=Terms("report", Marking.AMBER),
        words=Words(TITLE, BODY, parts=(source,)),
        state=world.states["XAA"].pk,
    )
    share(world, record, "XAB")
    assert found(world, "harbourmaster") == [record]
    assert found(world, "harbourmaster", "XAB") == []
    reader = desk(world, "XAB")
    address_part(by=by, record=record, slot=1, audience=Audience(persons=frozenset({reader})))
    with acting_as(reader):
        [find] = records_found(Asked("harbourmaster")).finds
    assert (find.record, find.marking, find.is_elsewhere) == (record, Marking.RED, True)
    assert "".join(part.text for part in find.title) == TITLE
    revise_record(by=by, record=record, words=Words(TITLE, BODY, parts=()))
    assert found(world, "harbourmaster") == []


@pytest.mark.parametrize("marking", [Marking.AMBER_STRICT, Marking.AMBER, Marking.GREEN])
def test_words_whose_reading_is_noted_are_not_shown_by_a_find_or_a_suggestion(world, marking):
    share(world, draft(world, marking=marking), "XAB")
    for code, is_sealed in (("XAA", False), ("XAB", marking <= Marking.AMBER)):
        with acting_as(desk(world, code)):
            [find] = records_found(Asked("ferry")).finds
            assert find.is_sealed is is_sealed
            assert bool(find.excerpt) is not is_sealed
            assert "".join(part.text for part in find.title) == TITLE
            assert bool(words_suggested("fer")) is not is_sealed
            assert words_suggested("northern bri") == ["northern bridge"]
        with acting_as(desk(world)):
            assert not Reading.objects.exists()


def test_words_are_suggested_from_what_one_reads(world):
    draft(world, "Vermin", "Vernacular papers")
    draft(world, "Vertical", "", code="XAB")
    with acting_as(desk(world)):
        assert words_suggested("papers ver") == ["papers Vermin", "papers Vernacular"]
        assert words_suggested("v") == []
