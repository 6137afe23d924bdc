"""What a report cannot say, exact places as words and back, and the threshold test."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtopnet.warning.evidence.rules.facts import ExactPlace, Facts, Protected, faults_of
from rtopnet.warning.evidence.rules.places import place_as_words, place_in_words
from rtopnet.warning.evidence.rules.rabat import Outcome, judge
from rtopnet.warning.evidence.rules.words import PlacePrecision, Precision, RabatPart

TODAY = date(2026, 6, 1)
SOUND = Facts("killing", UUID(int=1), date(2026, 5, 1), date(2026, 5, 2))


def faults(place=None, **changes):
    protected = Protected(place=place or ExactPlace())
    return list(faults_of(replace(SOUND, **changes), protected, today=TODAY))


def test_a_sound_report_has_no_fault():
    assert faults() == []
    assert faults(precision=Precision.HOUR, hour=0, killed=(1, 1)) == []
    assert faults(place=ExactPlace("x", -90.0, 180.0)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"occurred_to": date(2026, 4, 30)}, ("occurred_to", "ends_before_it_begins")),
        (
            {"occurred_from": date(2026, 6, 2), "occurred_to": date(2026, 6, 2)},
            ("occurred_from", "lies_ahead"),
        ),
        ({"hour": 5}, ("hour", "hour_with_its_precision")),
        ({"precision": Precision.HOUR}, ("hour", "hour_with_its_precision")),
        ({"precision": Precision.HOUR, "hour": 24}, ("hour", "no_such_hour")),
        ({"place_precision": PlacePrecision.VILLAGE}, ("region", "region_missing")),
        ({"killed": (4, 3)}, ("killed_low", "low_above_best")),
        ({"displaced": (0, 10**8)}, ("displaced_best", "no_such_number")),
        ({"place": ExactPlace("", 91.0, 0.0)}, ("latitude", "no_such_point")),
        ({"place": ExactPlace("", 1.0, None)}, ("longitude", "half_a_point")),
    ],
)
def test_what_cannot_be_so_is_named(changes, fault):
    assert faults(**changes) == [fault]


lines = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40).map(str.strip)


@given(lines, st.floats(-90, 90), st.floats(-180, 180))
def test_a_place_is_read_back_as_it_was_written(words, latitude, longitude):
    place = ExactPlace(words, round(latitude, 6), round(longitude, 6))
    assert place_in_words(place_as_words(place)) == place


def test_a_place_without_a_point_is_words_alone():
    assert place_in_words("Behind the mill, 3 houses on") == ExactPlace("Behind the mill, 3 houses on")
    assert place_in_words("") == ExactPlace()


@given(st.dictionaries(st.sampled_from(RabatPart), st.sampled_from([0, 1, 2])))
def test_the_threshold_is_reached_by_six_clear_parts_and_nothing_less(grades):
    whole = len(grades) == 6
    judged = judge(grades)
    assert (judged.outcome is Outcome.REACHED) == (whole and set(grades.values()) == {2})
    assert (judged.outcome is Outcome.BELOW) == (0 in grades.values())
    assert (judged.outcome is Outcome.NEAR) == (whole and min(grades.values(), default=0) == 1)
    assert set(judged.missing) == set(RabatPart) - set(grades)


@given(st.dictionaries(st.sampled_from(RabatPart), st.sampled_from([0, 1, 2]), min_size=6))
def test_a_higher_grade_never_lowers_the_outcome(grades):
    order = [Outcome.BELOW, Outcome.NEAR, Outcome.REACHED]
    before = order.index(judge(grades).outcome)
    for part in RabatPart:
        higher = {**grades, part: min(2, grades[part] + 1)}
        assert order.index(judge(higher).outcome) >= before
