"""Profiles, changes, contrasts and stages, without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtopnet.warning.assessments.rules.changes import (
    Contrast,
    Move,
    contrast_of,
    direction_of,
    factor_changes,
    profile_changes,
)
from rtopnet.warning.assessments.rules.course import (
    Course,
    Deed,
    Stage,
    StageRefusedError,
    allows,
    expect,
    may_reveal,
    stage_of,
)
from rtopnet.warning.assessments.rules.profiles import (
    KEY_INDICATORS,
    PROFILES,
    Crime,
    ProfileLevel,
    read_profile,
    read_profiles,
)
from rtopnet.warning.assessments.rules.scale import Judgement, Presence, Trend, median_of, scores_of

CODES = sorted({code for one in PROFILES.values() for code in (*one.common, *one.own)})
answers = st.dictionaries(st.integers(1, 4), st.integers(0, 3), min_size=1)
scores = st.dictionaries(st.sampled_from(CODES), answers)


def said(**by_code):
    """Scores of three assessors who agree, by codes such as f9 or f7_10."""
    return {code[1:].replace("_", "."): dict.fromkeys((1, 2, 3), value) for code, value in by_code.items()}


def level(crime, **by_code):
    return read_profile(PROFILES[crime], said(**by_code)).level


COMMON = {"f1": 2, "f2": 2, "f3": 2}
MORE = COMMON | {"f4": 2, "f5": 2}


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ({}, None),
        (COMMON, None),
        ({"f9": 0}, ProfileLevel.NONE),
        ({"f9": 1, "f10": 1, "f1": 1}, ProfileLevel.NONE),
        ({"f9": 2}, ProfileLevel.SOME),
        (COMMON | {"f9": 0}, ProfileLevel.SOME),
        (COMMON | {"f9": 2}, ProfileLevel.SEVERAL),
        (COMMON | {"f9": 3, "f10": 3}, ProfileLevel.SEVERAL),
        (MORE | {"f9": 2, "f10": 2}, ProfileLevel.SEVERAL),
        (MORE | {"f9": 3, "f10": 2}, ProfileLevel.PRONOUNCED),
    ],
)
def test_a_crime_with_factors_of_its_own_is_read_from_them_and_the_common_ones(answered, expected):
    assert level(Crime.GENOCIDE, **answered) == expected


@pytest.mark.parametrize(
    ("crime", "own"),
    [
        (Crime.GENOCIDE, ("9", "10")),
        (Crime.AGAINST_HUMANITY, ("11", "12")),
        (Crime.WAR, ("13", "14")),
        (Crime.CLEANSING, ("7.10", "7.12", "12.3")),
        (Crime.INCITEMENT, ("2.2", "7.14", "8.7", "10.1", "11.4", "12.8", "13.7")),
    ],
)
def test_each_is_read_from_what_the_framework_names_for_it(crime, own):
    assert PROFILES[crime].own == own


def test_common_factors_alone_never_make_more_than_some():
    everything = {f"f{number}": 3 for number in range(1, 9)}
    for crime in (Crime.GENOCIDE, Crime.AGAINST_HUMANITY, Crime.WAR):
        own = {f"f{code}": 0 for code in PROFILES[crime].own}
        assert level(crime, **everything, **own) == ProfileLevel.SOME


def test_incitement_is_read_from_its_own_indicators_alone():
    assert level(Crime.INCITEMENT, f8_7=2, f7_14=2, f1=3) == ProfileLevel.SOME
    assert level(Crime.INCITEMENT, f8_7=2, f7_14=2, f13_7=2) == ProfileLevel.SEVERAL
    assert level(Crime.INCITEMENT, f8_7=3, f7_14=2, f13_7=2, f2_2=2, f10_1=2) == ProfileLevel.PRONOUNCED
    assert level(Crime.INCITEMENT, f1=3) is None


def test_ethnic_cleansing_is_read_from_acts():
    assert level(Crime.CLEANSING, **COMMON, f7_10=2) == ProfileLevel.SEVERAL
    assert level(Crime.CLEANSING, **MORE, f7_10=3, f12_3=2) == ProfileLevel.PRONOUNCED
    assert {"7.10", "7.12", "12.3", "8.7"} <= KEY_INDICATORS


def test_the_middle_decides_and_the_spread_is_shown():
    apart = said(**COMMON) | {"9": {1: 0, 2: 0, 3: 3}}
    read = read_profile(PROFILES[Crime.GENOCIDE], apart)
    assert read.level == ProfileLevel.SOME
    assert (read.lowest, read.highest) == (ProfileLevel.SOME, ProfileLevel.SEVERAL)
    assert read.own_seen == ()


@given(scores, st.data())
def test_raising_any_score_never_lowers_a_profile(given_scores, data):
    before = read_profiles(Crime, given_scores)
    if not given_scores:
        return
    code = data.draw(st.sampled_from(sorted(given_scores)))
    assessor = data.draw(st.sampled_from(sorted(given_scores[code])))
    higher = min(3, given_scores[code][assessor] + data.draw(st.integers(0, 3)))
    raised = given_scores | {code: given_scores[code] | {assessor: higher}}
    for old, new in zip(before, read_profiles(Crime, raised), strict=True):
        assert (old.level is None) == (new.level is None)
        for one, other in ((old.level, new.level), (old.lowest, new.lowest), (old.highest, new.highest)):
            assert one is None or other >= one


@given(scores)
def test_the_level_lies_on_the_scale_and_within_no_order_of_assessors(given_scores):
    turned = {code: dict(reversed(answers.items())) for code, answers in given_scores.items()}
    assert read_profiles(Crime, turned) == read_profiles(Crime, given_scores)


def test_marks_of_indicators_are_scores_by_their_own_codes():
    judged = [Judgement(1, "7", Presence.PRESENT, marks={"7.10": Presence.STRONG}), Judgement(2, "7", None)]
    assert scores_of(judged) == {"7": {1: 2}, "7.10": {1: 3}}
    assert median_of(scores_of(judged), "8") is None


def test_changes_of_half_a_step_or_more_are_told():
    before, now = {"1": {1: 1, 2: 2}, "2": {1: 2}}, {"1": {1: 2, 2: 2}, "2": {1: 2}, "3": {1: 0}}
    moves = [change.move for change in factor_changes(["1", "2", "3"], before, now)]
    assert moves == [Move.WORSE, Move.SAME, Move.NEW]
    assert factor_changes(["1"], now, before)[0].move is Move.BETTER


def test_profiles_are_compared_by_their_crime():
    before = read_profiles([Crime.GENOCIDE], said(f9=0))
    now = read_profiles(Crime, said(f9=2))
    moves = {change.crime: change.move for change in profile_changes(before, now)}
    assert moves[Crime.GENOCIDE] is Move.WORSE
    assert moves[Crime.WAR] is Move.NEW


def judged(*trends):
    return [Judgement(number, "1", None, trend) for number, trend in enumerate(trends)]


def test_directions_are_those_of_all_together():
    assert direction_of(judged(Trend.WORSENING, Trend.WORSENING, Trend.EASING)) is Trend.WORSENING
    assert direction_of(judged(Trend.WORSENING, Trend.EASING, None)) is Trend.STEADY
    assert direction_of([]) is Trend.STEADY


@pytest.mark.parametrize(
    ("judgement", "trend", "figures", "going", "expected"),
    [
        (None, Trend.STEADY, 4, 1, None),
        (ProfileLevel.SEVERAL, Trend.STEADY, 1, 0, Contrast.JUDGED_HIGHER),
        (ProfileLevel.SOME, Trend.STEADY, 3, 0, Contrast.FIGURES_HIGHER),
        (ProfileLevel.SEVERAL, Trend.WORSENING, 2, -1, Contrast.JUDGED_WORSENING),
        (ProfileLevel.SOME, Trend.EASING, 2, 1, Contrast.FIGURES_RISING),
        (ProfileLevel.SOME, Trend.WORSENING, 2, 1, Contrast.AGREE),
        (ProfileLevel.PRONOUNCED, Trend.STEADY, 4, -1, Contrast.AGREE),
    ],
)
def test_where_judgement_and_figures_differ_is_said(judgement, trend, figures, going, expected):
    assert contrast_of(judgement, trend, figures, going) is expected


AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("course", "stage"),
    [
        (Course(), Stage.DRAFT),
        (Course(AT), Stage.SCORING),
        (Course(AT, AT), Stage.DISCUSSION),
        (Course(AT, AT, AT), Stage.SECOND_SCORING),
        (Course(AT, AT, AT, AT), Stage.SECOND_DISCUSSION),
        (Course(AT, AT, None, None, AT), Stage.CONCLUDED),
    ],
)
def test_the_stage_follows_from_what_happened(course, stage):
    assert stage_of(course) is stage


def test_there_is_one_second_round_and_nothing_is_scored_after_the_end():
    assert not allows(Course(AT, AT, AT, AT), Deed.OPEN_SECOND)
    assert not allows(Course(AT, AT, AT, AT, AT), Deed.SCORE)
    for deed in set(Deed) - {Deed.DISSENT}:
        with pytest.raises(StageRefusedError):
            expect(Course(AT, AT, None, None, AT), deed)


def test_scores_are_shown_when_all_are_in_or_their_time_is_over():
    later = datetime(2026, 1, 2, tzinfo=UTC)
    assert may_reveal(4, 4, later, AT)
    assert not may_reveal(3, 4, later, AT)
    assert may_reveal(0, 4, AT, AT)
