"""Hours, scores and cards, without a database."""

import doctest
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from rtopnet.network.rules import cards, hours, readiness
from rtopnet.network.rules.cards import Card, vcard
from rtopnet.network.rules.hours import NoSuchHourError, OfficeDay, instant_of, is_open, kept_week, week_of
from rtopnet.network.rules.readiness import Call, confirmation_due_at, drill_score, reminder_stage

local = datetime.fromisoformat
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("module", [cards, hours, readiness])
def test_examples_run(module):
    assert doctest.testmod(module).failed == 0


def test_an_office_that_closes_after_midnight():
    week = (None, OfficeDay(time(20), time(2)), *[None] * 5)
    tuesday = local("2026-03-03T00:00")
    assert is_open(week, tuesday.replace(hour=21))
    assert is_open(week, tuesday + timedelta(days=1, hours=1))
    assert not is_open(week, tuesday + timedelta(days=1, hours=3))
    assert not is_open(week, tuesday.replace(hour=1))


def test_without_hours_nothing_is_said():
    assert is_open((), local("2026-03-03T00:00")) is None
    assert is_open((None,) * 7, local("2026-03-03T00:00")) is None


def test_a_week_is_kept_and_read_back():
    week = (OfficeDay(time(8), time(17, 30)), *[None] * 6)
    assert week_of(kept_week(week)) == week
    assert week_of([]) == (None,) * 7


def test_a_set_hour_is_that_of_its_zone():
    assert instant_of(local("2026-03-02T09:00"), "Asia/Tokyo") == datetime(2026, 3, 2, 0, tzinfo=UTC)


def test_an_hour_that_clocks_skip_is_refused_and_one_twice_is_the_first():
    with pytest.raises(NoSuchHourError):
        instant_of(local("2026-03-29T02:30"), "Europe/Paris")
    assert instant_of(local("2026-10-25T02:30"), "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_former_holder_s_confirmation_does_not_count():
    before = NOON - timedelta(days=1)
    assert confirmation_due_at(held_since=NOON, confirmed_at=before) == NOON + timedelta(days=14)
    assert confirmation_due_at(held_since=before, confirmed_at=NOON) == NOON + timedelta(days=365)


@pytest.mark.parametrize(
    ("left", "stage"), [(40, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-1, 0), (-7, -7), (-15, -14)]
)
def test_stages_of_reminding(left, stage):
    assert reminder_stage(due_on=date(2026, 3, 2) + timedelta(days=left), today=date(2026, 3, 2)) == stage


def test_a_state_answers_with_the_first_of_its_posts():
    one, two, three = uuid4(), uuid4(), uuid4()
    answers = [(one, 50), (one, 10), (two, 42), (two, None), (three, None)]
    calls = [
        Call(state, None if minutes is None else NOON + timedelta(minutes=minutes))
        for state, minutes in answers
    ]
    score = drill_score(calls, sent_at=NOON)
    assert (score.called, score.answered, score.quick) == (3, 2, 1)
    assert score.median_seconds == 26 * 60
    assert drill_score([], sent_at=NOON).median_seconds is None


def test_a_card_folds_between_characters_and_lets_no_line_in():
    text = vcard(Card(uuid4(), "ភាសាខ្មែរ" * 12, "T\r\nEND:VCARD\x07", "B;C"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("\r\nEND:VCARD") == 1
    assert "ORG:B\\;C" in text
    assert "ភាសាខ្មែរ" * 12 in text.replace("\r\n ", "")
