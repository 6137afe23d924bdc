"""Invented outlooks for tests of words and charts; the states exist nowhere."""

from datetime import UTC, date, datetime

from rtopnet.warning.forecasts.public import (
    FanPoint,
    Interval,
    MonthCount,
    Outcome,
    OutcomeOutlook,
    RegionOutlook,
    SkillSummary,
    StateOutlook,
    StatePage,
    direction_of,
    level_of,
    months_after,
)

START = date(2024, 1, 1)
ORIGIN = date(2026, 5, 1)


def history(*deaths, start=START):
    return tuple(MonthCount(months_after(start, n), count) for n, count in enumerate(deaths))


def fan_of(*medians, origin=ORIGIN):
    return tuple(
        FanPoint(months_after(origin, step), m, 0.8 * m, 1.2 * m, 0.5 * m, 2 * m)
        for step, m in enumerate(medians, start=1)
    )


def state_of(iso3="XAA", name="Arlen", *, expected=(30, 10, 60), before=(30, 10, 60), counts=(1, 2, 3)):
    now = Interval(*expected)
    then = Interval(*before) if before else None
    return StateOutlook(
        iso3=iso3,
        name=name,
        level=level_of(now),
        previous_level=level_of(then) if then else None,
        direction=direction_of(now, then),
        expected=now,
        previous_expected=then,
        history=history(*counts),
        ever_recorded=any(counts),
        observed_since=date(1989, 1, 1),
    )


def outlook_of(*states, missing_month=None, skill=None):
    return RegionOutlook(
        region_slug="exercise",
        region_name="Five Straits",
        is_exercise=True,
        origin=ORIGIN,
        first_month=date(2026, 6, 1),
        last_month=date(2026, 8, 1),
        computed_at=datetime(2026, 6, 3, 9, 5, tzinfo=UTC),
        model="own-history-12",
        code_version="0.1.0",
        vintages=(),
        missing_month=missing_month,
        skill=skill,
        states=states,
    )


def outcome_of(outcome=Outcome.ALL, *, counts=(4,) * 29, medians=(5, 6, 7), expected=(18, 9, 36)):
    return OutcomeOutlook(
        outcome=outcome,
        history=history(*counts),
        fan=fan_of(*medians),
        expected=Interval(*expected) if expected else None,
        benchmark_name="own-history-12",
        benchmark=Interval(20, 5, 50) if expected else None,
        benchmark_fan=fan_of(*medians),
        newest_month=ORIGIN,
    )


def page_of(state, *outcomes, regions=(), events=(), skill=None):
    return StatePage(
        region_slug="exercise",
        region_name="Five Straits",
        is_exercise=True,
        state=state,
        origin=ORIGIN,
        computed_at=datetime(2026, 6, 3, 9, 5, tzinfo=UTC),
        model="own-history-12",
        outcomes=outcomes,
        regions=regions,
        regions_until=ORIGIN if regions else None,
        events=events,
        vintages=(),
        skill=skill,
        missing_month=None,
        other_states=(("XAB", "Bassar"),),
    )


def skill_of(*, ratio=(0.87, 0.8, 0.94), coverage=0.88):
    middle, low, high = ratio
    return SkillSummary(
        model="m",
        benchmark="own-history-12",
        crps=8.7,
        benchmark_crps=10,
        ratio=middle,
        ratio_low=low,
        ratio_high=high,
        coverage_90=coverage,
        forecasts=1200,
        first_year=2018,
        last_year=2025,
    )
