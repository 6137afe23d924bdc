"""A panel in long form, as one expression: unit, month, outcome, deaths, observed, events."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.events import OUTCOMES, TYPES_OF_VIOLENCE
from forewarn.engines import Engine
from forewarn.ingest.countries import country_unit
from forewarn.ingest.store import holdings
from forewarn.ingest.vintage import as_it_stood, prevailing_events
from forewarn.panel.coverage import Coverage, coverage
from forewarn.panel.placing import PLACE_COLUMNS, Unit, placed
from forewarn.panel.spread import by_month

_EVENT_COLUMNS = (*PLACE_COLUMNS, "source", "id", "type_of_violence", "date_start", "date_end", "best")
_KEY = ["unit", "month", "outcome"]
_FIGURES = pl.Schema(
    {"country": pl.String, "unit": pl.String, "month": pl.Int64, "outcome": pl.String}
    | {"deaths": pl.Int64, "events": pl.Int64}
)


@dataclass(frozen=True)
class LongPanel:
    """A panel as an expression, and what could not be placed in it.

    Attributes:
        rows: ``unit, month`` (number), ``outcome, deaths`` (float; null where not observed), ``observed``,
            ``events`` (null where no release of events speaks of the unit and month); every unit with every
            month and outcome.
        unplaced: ``country, outcome, deaths, events`` of events whose place is not known closely enough.
    """

    rows: ir.Table
    unplaced: ir.Table


@dataclass(frozen=True)
class Question:
    """What a panel is asked to be of; see ``long_panel``."""

    unit: Unit
    as_of: str | None = None
    country: str | None = None
    outcomes: Sequence[str] = OUTCOMES


def long_panel(engine: Engine, store: Path, question: Question) -> LongPanel:
    """The panel of a store.

    Args:
        engine: where it will run.
        store: a folder that ``forewarn ingest`` wrote.
        question: ``unit``: country, region (first-level) or cell (PRIO-GRID); ``as_of``: a version or a date
            of fetching, everything by default; ``country``: an ISO3 code, to leave out all others;
            ``outcomes``: to leave out others.

    Raises:
        UnusableInputError: no store, nothing of that vintage, or no events to place.
    """
    held = as_it_stood(holdings(store), question.as_of)
    if not held:
        raise UnusableInputError(f"{store}: the store is empty; fill it with forewarn ingest")
    spoken_of = coverage(store, held)
    events = prevailing_events(engine, store, held, _EVENT_COLUMNS)
    if events is None:
        return _of_tables(engine, store, spoken_of, question)
    numbers = [number for number in spoken_of.numbers if question.country in {None, country_unit(number)}]
    places = placed(engine, events, question.unit, numbers)
    figures = _figures(by_month(places.events), question.outcomes)
    units = places.units
    if question.unit == "country":
        units = units.union(_units_of_tables(engine, spoken_of, question), distinct=True)
    rows = _complete(engine, figures.filter(figures.unit.notnull()), units, _limited(spoken_of, question))
    return LongPanel(rows, _unplaced(figures))


def _of_tables(engine: Engine, store: Path, spoken_of: Coverage, question: Question) -> LongPanel:
    if question.unit != "country":
        raise UnusableInputError(f"{store}: holds no events, and tables know countries only")
    none = engine.table(pl.DataFrame(schema=_FIGURES))
    units = _units_of_tables(engine, spoken_of, question)
    return LongPanel(_complete(engine, none, units, _limited(spoken_of, question)), _unplaced(none))


def _units_of_tables(engine: Engine, spoken_of: Coverage, question: Question) -> ir.Table:
    names = spoken_of.tables["unit"].unique().sort()
    wanted = names if question.country is None else names.filter(names == question.country)
    return engine.table(pl.DataFrame({"unit": wanted, "country": wanted}))


@dataclass(frozen=True)
class _Limits:
    spoken_of: Coverage
    outcomes: Sequence[str]
    tables: pl.DataFrame


def _limited(spoken_of: Coverage, question: Question) -> _Limits:
    asked = spoken_of.tables.filter(pl.col("outcome").is_in(list(question.outcomes)))
    tables = asked if question.unit == "country" else asked.clear()
    return _Limits(spoken_of, question.outcomes, tables.rename({"deaths": "told"}))


def _figures(monthly: ir.Table, outcomes: Sequence[str]) -> ir.Table:
    """Deaths and events by country, unit, month and outcome; an event counts for its type and for ``all``."""
    if list(outcomes) == ["all"]:
        return _summed(monthly.mutate(outcome=ibis.literal("all")))
    own = ibis.cases(
        *((monthly.type_of_violence == number, name) for number, name in TYPES_OF_VIOLENCE.items())
    )
    typed = _summed(monthly.mutate(outcome=own))
    if "all" not in outcomes:
        return typed.filter(typed.outcome.isin(list(outcomes)))
    each = typed.mutate(outcome=ibis.array([typed.outcome, ibis.literal("all")]).unnest())
    return _summed(each.filter(each.outcome.isin(list(outcomes))))


def _summed(rows: ir.Table) -> ir.Table:
    return rows.group_by("country", *_KEY).agg(deaths=rows.deaths.sum(), events=rows.events.sum())


def _unplaced(figures: ir.Table) -> ir.Table:
    lost = figures.filter(figures.unit.isnull())
    counts = lost.group_by("country", "outcome").agg(
        deaths=_whole(lost.deaths.sum()), events=_whole(lost.events.sum())
    )
    return counts.order_by("country", "outcome")


def _complete(engine: Engine, figures: ir.Table, units: ir.Table, limits: _Limits) -> ir.Table:
    """Every unit with every month and outcome: counted, zero, or not observed."""
    spoken_of = limits.spoken_of
    months = pl.int_range(spoken_of.first, spoken_of.last + 1, eager=True).alias("month").to_frame()
    outcomes = pl.DataFrame({"outcome": list(limits.outcomes)})
    grid = units.select("unit").distinct().cross_join(engine.table(months)).cross_join(engine.table(outcomes))
    seen = units.inner_join(engine.table(spoken_of.observed), "country")
    looked_at = seen.select("unit", month=ibis.range(seen["first"], seen["last"] + 1).unnest()).distinct()
    per_unit = figures.group_by(_KEY).agg(counted=figures.deaths.sum(), events=figures.events.sum())
    joined = grid.left_join(looked_at.mutate(looked=True), ["unit", "month"]).select(*grid.columns, "looked")
    joined = joined.left_join(per_unit, _KEY).select(*joined.columns, "counted", "events")
    joined = joined.left_join(engine.table(limits.tables), _KEY).select(*joined.columns, "told")
    looked = joined.looked.notnull()
    deaths = ibis.ifelse(looked, joined.counted.fill_null(0).cast("float64"), joined.told)
    return joined.select(
        *_KEY,
        deaths=deaths,
        observed=deaths.notnull(),
        events=ibis.ifelse(looked, _whole(joined.events.fill_null(0)), None),
    )


def _whole(number: ir.NumericValue) -> ir.IntegerValue:
    # DuckDB sums whole numbers as 128 bits wide, which Parquet does not know; Ibis takes them for 64 bits
    # and would leave a plain cast out
    return number.cast("float64").cast("int64")
