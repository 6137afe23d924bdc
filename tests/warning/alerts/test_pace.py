"""How long warnings take, measured."""

from datetime import UTC, datetime, timedelta

from rtopnet.warning.alerts.rules.course import Outcome, Stage
from rtopnet.warning.alerts.rules.pace import Moment, gaps, medians, outcomes, tally

START = datetime(2026, 11, 1, tzinfo=UTC)


def at(hours):
    return START + timedelta(hours=hours)


def moments(*hours):
    return [Moment(stage, at(hour), at(hour + 10)) for stage, hour in zip(Stage, hours, strict=False)]


def test_every_gap_is_measured_against_what_was_agreed():
    first, second, third = gaps(moments(0, 12, 20), at(26))
    assert (first.lasted, first.over_by, first.is_over) == (timedelta(hours=12), timedelta(hours=2), True)
    assert (second.lasted, second.is_over) == (timedelta(hours=8), False)
    assert (third.is_running, third.lasted, third.over_by) == (True, timedelta(hours=6), timedelta(hours=-4))


def test_a_closed_warning_runs_no_more():
    found = gaps([Moment(Stage.SIGNAL, at(0)), Moment(Stage.CLOSED, at(5))], at(90))
    assert [(gap.stage, gap.lasted) for gap in found] == [(Stage.SIGNAL, timedelta(hours=5))]


def test_medians_leave_out_what_still_runs():
    many = [gaps(moments(0, hours), at(100)) for hours in (2, 4, 30)]
    [only] = medians(many)
    assert (only.stage, only.time, only.number) == (Stage.SIGNAL, timedelta(hours=4), 3)


def test_answers_are_counted_without_names():
    found = tally([(at(5), at(4)), (at(5), at(6)), (at(5), None), (at(50), None)], at(10))
    assert (found.asked, found.in_time, found.late, found.overdue, found.waiting) == (4, 1, 1, 1, 1)


def test_false_and_missed_ones_stand_there_with_noughts_too():
    found = outcomes([Outcome.AVERTED, Outcome.MISTAKEN])
    assert found[Outcome.MISTAKEN] == 1
    assert found[Outcome.MISSED] == 0
    assert list(found) == list(Outcome)
