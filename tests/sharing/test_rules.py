"""The reading rule, clause by clause, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from rtopnet.sharing.rules import (
    Audience,
    Envelope,
    Marking,
    MarkingTooNarrowError,
    Reach,
    Reader,
    Role,
    Seat,
    audience_fits,
    decides_for_owner,
    may_know_of,
    may_read,
    widest_audience,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
REGION, OTHER_REGION, OWNER, STATE, BODY, GROUP = (uuid4() for _ in range(6))


def holder(role, *, state=None, institution=None, region=REGION, groups=()):
    seat = Seat(Role(role), state, institution)
    return Reader(uuid4(), region, frozenset({seat}), frozenset(groups))


def released(marking=Marking.AMBER, **audience):
    parts = {key: value if isinstance(value, bool) else frozenset(value) for key, value in audience.items()}
    return Envelope(
        REGION, marking, owner_state=OWNER, audience=Audience(**parts), released_at=NOW - 10 * HOUR
    )


def test_the_owners_desk_reads_always_and_contributors_where_allowed():
    draft = Envelope(REGION, Marking.RED, owner_state=OWNER)
    desk = [holder(role, state=OWNER) for role in ("focal_point", "deputy")]
    contributor = holder("contributor", state=OWNER)
    assert all(may_read(reader, draft, NOW) and decides_for_owner(reader, draft) for reader in desk)
    assert not may_read(contributor, draft, NOW)
    allowed = replace(draft, open_to_contributors=True)
    assert may_read(contributor, allowed, NOW)
    assert not decides_for_owner(contributor, allowed)
    closed = replace(draft, released_at=NOW - 3 * HOUR, recalled_at=NOW - 2 * HOUR, withdrawn_at=NOW - HOUR)
    assert may_read(desk[0], closed, NOW)


def test_an_institutions_own_people_read_and_its_operator_and_trainer_do_not():
    record = Envelope(REGION, Marking.RED, owner_institution=BODY)
    reads = {role for role in Role if may_read(holder(role, institution=BODY), record, NOW)}
    assert reads == {Role.FOCAL_POINT, Role.DEPUTY, Role.SECRETARIAT, Role.ANALYST, Role.UN_LIAISON}


@pytest.mark.parametrize("role", ["secretariat", "operator", "analyst", "un_liaison", "trainer"])
def test_no_regional_post_is_special(role):
    reader = holder(role, institution=BODY)
    assert not may_read(reader, Envelope(REGION, Marking.CLEAR, owner_state=OWNER), NOW)
    assert not may_read(reader, released(states=[STATE]), NOW)
    assert not may_know_of(reader, released(states=[STATE]), NOW)


def test_an_addressed_state_passes_it_on_inside_from_amber_on():
    desk, contributor = holder("deputy", state=STATE), holder("contributor", state=STATE)
    strict, amber = released(Marking.AMBER_STRICT, states=[STATE]), released(Marking.AMBER, states=[STATE])
    assert may_read(desk, strict, NOW)
    assert not may_read(contributor, strict, NOW)
    assert may_read(contributor, amber, NOW)
    assert not may_read(holder("focal_point", state=uuid4()), amber, NOW)


def test_persons_institutions_and_groups_read_what_names_them():
    person = holder("operator")
    assert may_read(person, released(Marking.RED, persons=[person.account]), NOW)
    assert may_read(holder("analyst", institution=BODY), released(institutions=[BODY]), NOW)
    assert not may_read(holder("operator", institution=BODY), released(institutions=[BODY]), NOW)
    assert may_read(holder("analyst", groups=[GROUP]), released(groups=[GROUP]), NOW)
    assert not may_read(holder("analyst"), released(groups=[GROUP]), NOW)


def test_the_network_is_states_and_secretariat():
    record = released(Marking.GREEN, network=True)
    reads = {role for role in Role if may_read(holder(role, state=STATE), record, NOW)}
    assert reads == {Role.FOCAL_POINT, Role.DEPUTY, Role.CONTRIBUTOR, Role.SECRETARIAT}


def test_nothing_crosses_regions_but_what_is_public():
    stranger = holder("focal_point", state=OWNER, region=OTHER_REGION, groups=[GROUP])
    for record in (
        released(states=[OWNER], persons=[stranger.account], groups=[GROUP]),
        released(Marking.GREEN, network=True),
        replace(released(), existence_only=True),
    ):
        assert not may_read(stranger, record, NOW)
        assert not may_know_of(stranger, record, NOW)
        assert not may_know_of(None, record, NOW)
    assert not decides_for_owner(stranger, released())
    public = released(Marking.CLEAR, public=True)
    assert may_read(stranger, public, NOW)
    assert may_read(None, public, NOW)


TIMES = [
    ({"released_at": None}, False, False),
    ({"released_at": NOW}, True, True),
    ({"released_at": NOW + HOUR}, False, False),
    ({"embargo_until": NOW}, True, True),
    ({"embargo_until": NOW + HOUR}, False, False),
    ({"expires_at": NOW}, False, True),
    ({"expires_at": NOW + HOUR}, True, True),
    ({"recalled_at": NOW}, False, True),
    ({"withdrawn_at": NOW - HOUR}, False, True),
    ({"embargo_until": NOW - HOUR, "recalled_at": NOW - 2 * HOUR}, False, False),
]


@pytest.mark.parametrize(("times", "reads", "knows"), TIMES)
def test_an_addressee_reads_in_the_open_time_and_knows_ever_after(times, reads, knows):
    record = replace(released(states=[STATE]), **times)
    reader = holder("focal_point", state=STATE)
    assert (may_read(reader, record, NOW), may_know_of(reader, record, NOW)) == (reads, knows)


def test_existence_only_shows_the_network_that_it_exists_and_no_more():
    reader, hidden = holder("focal_point", state=STATE), released(Marking.RED)
    shown = replace(hidden, existence_only=True)
    assert (may_know_of(reader, hidden, NOW), may_know_of(reader, shown, NOW)) == (False, True)
    assert not may_read(reader, shown, NOW)
    assert not may_know_of(holder("operator"), shown, NOW)


@pytest.mark.parametrize("marking", Marking)
def test_the_marking_bounds_the_audience(marking):
    kinds = {
        Reach.PERSONS: Audience(persons=frozenset({uuid4()})),
        Reach.NAMED_BODIES: Audience(states=frozenset({STATE})),
        Reach.GROUPS: Audience(groups=frozenset({GROUP})),
        Reach.NETWORK: Audience(network=True),
        Reach.PUBLIC: Audience(public=True),
    }
    audience_fits(marking, Audience())
    for reach, audience in kinds.items():
        if reach <= widest_audience(marking):
            audience_fits(marking, audience)
        else:
            with pytest.raises(MarkingTooNarrowError, match=r"wider than TLP:"):
                audience_fits(marking, audience)
