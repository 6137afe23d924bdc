"""The rules of the silence procedure, one by one, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from rtopnet.meetings.rules import (
    Act,
    Capital,
    Deed,
    DrafterWithdrawsError,
    NoReservationError,
    NotAdoptedError,
    NotTakingPartError,
    PeriodRefusedError,
    ReasonMissingError,
    Round,
    SilenceOverError,
    Stage,
    enter,
    expect_period,
    expect_statement,
    extended_from,
    instant_of,
    last_day_from,
    open_deeds,
    reservations,
    stage_of,
)

A, B, C, CHAIR, NOBODY = (UUID(int=number) for number in range(1, 6))
OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DEADLINE = datetime(2026, 3, 13, 17, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def a_round(**changes):
    about = Round(
        number=1,
        version=3,
        drafter=A,
        participants=frozenset({A, B, C}),
        chair=CHAIR,
        opened_at=OPENED,
        first_deadline=DEADLINE,
    )
    return replace(about, **changes)


def act(deed, body=B, at=OPENED + timedelta(hours=1), words="words", until=None):
    return Act(deed, body, at, words, until)


def test_the_deadline_to_the_instant_belongs_to_adoption():
    assert stage_of(a_round(), DEADLINE - TICK) is Stage.IN_SILENCE
    assert stage_of(a_round(), DEADLINE) is Stage.ADOPTED
    enter(a_round(), act(Deed.BREAK, at=DEADLINE - TICK))
    with pytest.raises(SilenceOverError):
        enter(a_round(), act(Deed.BREAK, at=DEADLINE))


def test_what_was_broken_is_never_adopted():
    broken = enter(a_round(), act(Deed.BREAK))
    assert stage_of(broken, DEADLINE + timedelta(days=900)) is Stage.BROKEN
    assert open_deeds(broken, C, OPENED + timedelta(hours=2)) == frozenset()


def test_a_later_deadline_counts_once_time_was_asked_for():
    later = DEADLINE + timedelta(days=7)
    about = enter(a_round(), act(Deed.EXTENSION, until=later))
    assert about.deadline == later
    assert stage_of(about, DEADLINE) is Stage.IN_SILENCE
    assert Deed.EXTENSION not in open_deeds(about, C, DEADLINE)


def test_an_extension_extends():
    with pytest.raises(PeriodRefusedError):
        enter(a_round(), act(Deed.EXTENSION, until=DEADLINE))


@pytest.mark.parametrize("deed", [Deed.BREAK, Deed.RESERVATION, Deed.COMMENT])
def test_words_are_needed_where_others_must_understand(deed):
    with pytest.raises(ReasonMissingError):
        enter(a_round(), act(deed, words="  "))


@pytest.mark.parametrize("deed", [Deed.BREAK, Deed.RESERVATION, Deed.RETRACTION])
def test_a_drafter_does_not_speak_against_its_own_text(deed):
    with pytest.raises(DrafterWithdrawsError):
        enter(a_round(), act(deed, body=A))


def test_others_do_not_withdraw_and_outsiders_do_nothing():
    with pytest.raises(NotTakingPartError):
        enter(a_round(), act(Deed.WITHDRAWAL, body=B))
    for deed in Deed:
        if deed is not Deed.RETRACTION:
            with pytest.raises(NotTakingPartError):
                enter(a_round(), act(deed, body=NOBODY))
    assert open_deeds(a_round(), NOBODY, OPENED) == frozenset()
    assert open_deeds(a_round(), CHAIR, OPENED) == {Deed.COMMENT}


def test_a_state_has_one_reservation_and_may_take_it_back():
    about = enter(a_round(), act(Deed.RESERVATION, words="first"))
    about = enter(about, act(Deed.RESERVATION, C, words="other"))
    about = enter(about, act(Deed.RESERVATION, words="second"))
    assert [one.words for one in reservations(about)] == ["other", "second"]
    about = enter(about, act(Deed.RETRACTION, words=""))
    assert [one.words for one in reservations(about)] == ["other"]
    with pytest.raises(NoReservationError):
        enter(about, act(Deed.RETRACTION))


@pytest.mark.parametrize(
    ("days", "hours", "because", "error"),
    [
        (2, 23, "urgent", PeriodRefusedError),
        (3, 0, "", ReasonMissingError),
        (3, 0, "urgent", None),
        (9, 23, " ", ReasonMissingError),
        (10, 0, "", None),
        (121, 0, "", PeriodRefusedError),
    ],
)
def test_capitals_get_their_time(days, hours, because, error):
    deadline = OPENED + timedelta(days=days, hours=hours)
    if error is None:
        expect_period(OPENED, deadline, because)
        return
    with pytest.raises(error):
        expect_period(OPENED, deadline, because)


def test_the_chair_alone_states_and_after_adoption():
    expect_statement(a_round(), CHAIR, "w", DEADLINE)
    for body, words, now, error in (
        (B, "w", DEADLINE, NotTakingPartError),
        (CHAIR, "w", DEADLINE - TICK, NotAdoptedError),
        (CHAIR, "w", DEADLINE + timedelta(days=31), NotAdoptedError),
        (CHAIR, " ", DEADLINE, ReasonMissingError),
    ):
        with pytest.raises(error):
            expect_statement(a_round(), body, words, now)


# Days and hours in capitals.


def capital(zone, state=A, **kwargs):
    return Capital(state, zone, **kwargs)


def test_the_end_of_a_day_is_when_it_ends_in_the_last_capital():
    capitals = [capital("Asia/Tokyo"), capital("Asia/Bangkok"), capital("Asia/Yangon")]
    assert instant_of(date(2026, 3, 12), 24, capitals) == datetime(2026, 3, 12, 17, 30, tzinfo=UTC)
    assert instant_of(date(2026, 3, 12), 17, capitals) == datetime(2026, 3, 12, 10, 30, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_over_the_second_time():
    # In London clocks go back from 02:00 to 01:00 on 25 October 2026.
    assert instant_of(date(2026, 10, 25), 1, [capital("Europe/London")]) == datetime(
        2026, 10, 25, 1, 0, tzinfo=UTC
    )


def test_an_hour_that_is_skipped_counts_by_the_clock_before():
    # In New York clocks go forward from 02:00 to 03:00 on 8 March 2026.
    assert instant_of(date(2026, 3, 8), 2, [capital("America/New_York")]) == datetime(
        2026, 3, 8, 7, 0, tzinfo=UTC
    )


def test_a_day_of_rest_or_holiday_anywhere_moves_the_last_day_on():
    capitals = [
        capital("Asia/Bangkok", A, holidays={date(2026, 3, 16): "Harvest day"}),
        capital("Asia/Manila", B, rest_days=frozenset({4, 6})),
    ]
    found = last_day_from(date(2026, 3, 13), 24, capitals)
    assert found.day == date(2026, 3, 17)
    assert [(one.day.day, one.state, one.holiday) for one in found.passed_over] == [
        (13, B, ""),
        (14, A, ""),
        (15, A, ""),
        (15, B, ""),
        (16, A, "Harvest day"),
    ]


def test_capitals_that_never_work_on_the_same_day_are_refused():
    with pytest.raises(PeriodRefusedError):
        last_day_from(date(2026, 3, 13), 24, [capital("UTC", rest_days=frozenset(range(7)))])


def test_an_extension_ends_on_a_working_day_too():
    assert extended_from(date(2026, 3, 13), 17, [capital("UTC")]).day == date(2026, 3, 18)
    assert extended_from(date(2026, 3, 10), 17, [capital("UTC")]).day == date(2026, 3, 16)
