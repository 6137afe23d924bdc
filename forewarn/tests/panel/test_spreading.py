"""The stated rule against a plain calculation of the same, on whatever events there can be."""

from datetime import date, timedelta
from fractions import Fraction

import polars as pl
import pytest
from forewarn.engines import open_engine
from forewarn.panel.spread import by_month
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def engine():
    with open_engine() as running:
        yield running


def events():
    return st.tuples(
        st.dates(date(1989, 1, 1), date(2030, 12, 31)),
        st.one_of(st.integers(0, 40), st.integers(0, 800)),
        st.integers(0, 200_000),
    )


def plainly(start, days, best):
    """Largest remainders by exact fractions, day by day."""
    held = {}
    for day in range(days + 1):
        month = (start + timedelta(day)).year * 12 + (start + timedelta(day)).month - 1
        held[month] = held.get(month, 0) + 1
    exact = {month: Fraction(best * count, days + 1) for month, count in held.items()}
    whole = {month: int(share) for month, share in exact.items()}
    ranked = sorted(exact, key=lambda month: (whole[month] - exact[month], month))
    for month in ranked[: best - sum(whole.values())]:
        whole[month] += 1
    return whole


@given(st.lists(events(), min_size=1, max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_deaths_are_shared_as_stated_and_none_is_lost(engine, drawn):
    frame = pl.DataFrame(
        [
            ("ged", number, start, start + timedelta(days), best)
            for number, (start, days, best) in enumerate(drawn)
        ],
        schema={
            "source": pl.String,
            "id": pl.Int64,
            "date_start": pl.Date,
            "date_end": pl.Date,
            "best": pl.Int64,
        },
        orient="row",
    )

    months = engine.fetch(by_month(engine.table(frame)).select("id", "month", "deaths", "events"))

    for number, (start, days, best) in enumerate(drawn):
        of_event = months.filter(pl.col("id") == number)
        assert dict(of_event.select("month", "deaths").iter_rows()) == plainly(start, days, best)
        assert of_event["events"].sum() == 1
