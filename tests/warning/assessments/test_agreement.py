"""Krippendorff's alpha, held against his published examples."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rtopnet.warning.assessments.rules.agreement import alpha, alpha_of_part, interval, nominal, ordinal

_ = None
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
UNITS = [[value for value in unit if value is not None] for unit in zip(*OBSERVERS, strict=True)]
# The same text, section A: two observers, ten units, two values.
BINARY = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
answers = st.lists(st.lists(st.integers(0, 3), max_size=5), max_size=12)


@pytest.mark.parametrize(("metric", "expected"), [(nominal, 0.743), (ordinal, 0.815), (interval, 0.849)])
def test_the_published_example_with_missing_answers(metric, expected):
    assert round(alpha(UNITS, metric), 3) == expected


def test_the_published_binary_example():
    assert round(alpha(BINARY, nominal), 3) == 0.095


def test_full_agreement_is_one_and_one_answer_to_all_cannot_be_told():
    assert alpha([[0, 0], [3, 3], [1, 1]]) == 1
    assert alpha([[2, 2], [2, 2]]) is None
    assert alpha([[1], [2], []]) is None


@given(answers)
def test_it_is_never_above_one_and_does_not_depend_on_who_answers_first(units):
    found = alpha(units)
    assume(found is not None)
    assert found <= 1
    assert alpha([list(reversed(unit)) for unit in reversed(units)]) == pytest.approx(found)


@given(answers, st.permutations([0, 1, 2, 3]))
def test_names_of_values_do_not_matter_to_the_nominal_one(units, names):
    found = alpha(units, nominal)
    renamed = alpha([[names[value] for value in unit] for unit in units], nominal)
    assert renamed == pytest.approx(found) if found is not None else renamed is None


@given(answers)
def test_parts_weighed_by_their_answers_make_up_the_whole(units):
    whole = alpha(units)
    assume(whole is not None)
    paired = [unit for unit in units if len(unit) >= 2]
    parts = [(alpha_of_part([unit], units), len(unit)) for unit in paired]
    total = sum(size for _value, size in parts)
    assert sum(value * size for value, size in parts) / total == pytest.approx(whole)


@given(answers)
def test_what_one_alone_answered_changes_nothing(units):
    assert alpha([*units, [3]]) == alpha(units)
