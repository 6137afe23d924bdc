from datetime import date

import pytest
from django.utils import translation

from rtopnet.portal.templatetags import words
from rtopnet.warning.forecasts.public import Interval, Level, Outcome
from tests.portal.outlooks import outcome_of, outlook_of, page_of, skill_of, state_of


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (0.3, "fewer than 1"),
        (0.6, "1"),
        (12.4, "12"),
        (99.6, "100"),
        (1234, "1,200"),
        (86500, "86,000"),
    ],
)
def test_expected_numbers_are_said_as_people_say_them(value, said):
    assert words.deaths(value) == said


@pytest.mark.parametrize(("share", "said"), [(0.0001, "under 1%"), (0.4, "40%"), (0.999, "over 99%")])
def test_a_probability_is_never_said_to_be_none_or_certain(share, said):
    assert words.chance(share) == said


def test_every_level_has_a_word_and_a_range_without_gaps():
    assert [words.level_range(level) for level in Level] == [
        "fewer than 1 expected death",
        "1 to 24 expected deaths",
        "25 to 99 expected deaths",
        "100 to 999 expected deaths",
        "1,000 expected deaths or more",
    ]
    assert len({words.level_word(level) for level in Level}) == len(Level)


def test_what_changed_names_states_alphabetically_and_ranks_none():
    more = state_of("XAA", "Arlen", expected=(60, 30, 90))
    most = state_of("XAB", "Bassar", expected=(900, 300, 2000), before=(30, 10, 60))
    fewer = state_of("XAC", "Corvenna", expected=(5, 1, 9))
    said = words.changes(outlook_of(more, most, fewer))
    assert said.startswith("More deaths are expected than a month ago in Arlen and Bassar.")
    assert "Fewer are expected in Corvenna." in said


def test_what_changed_says_when_nothing_did_and_when_there_was_nothing_before():
    assert words.changes(outlook_of(state_of())).startswith("About as many deaths")
    assert words.changes(outlook_of(state_of(before=None))).startswith("This is the first outlook")


def test_a_state_without_recorded_death_is_said_to_be_so():
    quiet = state_of(expected=(0, 0, 0), counts=(0, 0))
    assert words.state_in_words(quiet) == "Arlen: no death recorded since 1989"
    assert "since 1989" in words.answer(page_of(quiet))


def test_the_answer_names_months_middle_and_range():
    said = words.answer(page_of(state_of(expected=(1400, 790, 2610))))
    assert said == (
        "Deaths in organised violence expected from June 2026 to August 2026: about 1,400 "
        "(9 times in 10 between 790 and 2,600)."
    )


def test_the_sentence_above_a_chart_compares_two_years_and_looks_ahead():
    said = words.what_to_see(outcome_of(counts=(1,) * 12 + (3,) * 12))
    assert said.startswith("36 deaths were recorded in the last twelve months, 12 in the twelve before.")
    assert "about 18" in said


def test_the_sentence_above_a_chart_without_deaths_or_forecast():
    assert words.what_to_see(outcome_of(counts=(0, 0))) == "No death of this type has been recorded."
    assert "Expected" not in words.what_to_see(outcome_of(expected=None))


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        ((0.87, 0.8, 0.94), "13 % smaller"),
        ((1.2, 1.1, 1.3), "20 % larger"),
        ((0.98, 0.9, 1.1), "too small to tell from chance"),
    ],
)
def test_skill_claims_a_difference_only_where_the_interval_does(ratio, said):
    assert said in words.skill_words(skill_of(ratio=ratio))


def test_coverage_is_said_in_cases_of_a_hundred():
    assert words.coverage_words(skill_of(coverage=0.884)).startswith("In 88 of 100 cases")


def test_types_of_violence_and_precisions_have_words():
    assert all(words.outcome_word(o) and words.outcome_meaning(o) for o in Outcome)
    assert words.place_precision(1) == "exact place"
    assert words.place_precision(99) == words.date_precision(0) == "precision not stated"


def test_a_model_not_known_here_keeps_its_own_name():
    assert words.model_word("some-model") == "some-model"


def test_numbers_are_written_in_the_reader_s_digits():
    with translation.override("km"):
        assert words.year(2026) == "២០២៦"
        assert words.low_to_high(Interval(5, 10, 12)).count("១") == 2


def test_months_are_named_in_full():
    assert date(2026, 6, 1).strftime("%B") in words.answer(page_of(state_of()))
