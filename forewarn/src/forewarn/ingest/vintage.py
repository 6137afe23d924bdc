"""Which of a store's holdings count, at a vintage, and which event of several prevails."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from pathlib import Path

import ibis
import ibis.expr.types as ir

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.store import Holding
from forewarn.engines import Engine
from forewarn.ingest.store import parquet_files

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T.+)?")
_MONTHS = 12


def as_it_stood(held: Sequence[Holding], as_of: str | None) -> list[Holding]:
    """The holdings that count at a vintage.

    Args:
        held: everything in the store.
        as_of: a date (YYYY-MM-DD): what had been fetched by the end of that day, UTC; or by an instant as
            holdings state it. A version: the events
            of that release and of those that came before it, and no tables; or, where a table is of that
            name, the tables up to its fetching. None: everything.

    Raises:
        UnusableInputError: the store has nothing of that date or version.
    """
    if as_of is None:
        return list(held)
    chosen = _fetched_by(held, as_of) if _DATE.fullmatch(as_of) else _up_to_version(held, as_of)
    if not chosen:
        known = ", ".join(dict.fromkeys(f"{holding.version} ({holding.fetched_at[:10]})" for holding in held))
        raise UnusableInputError(
            f"--as-of {as_of}: the store holds nothing of that; it holds {known or 'nothing'}"
        )
    return chosen


def _fetched_by(held: Sequence[Holding], day: str) -> list[Holding]:
    try:
        datetime.fromisoformat(day)
    except ValueError as error:
        raise UnusableInputError(f"--as-of {day}: not a date") from error
    return [holding for holding in held if holding.fetched_at[: len(day)] <= day]


def _up_to_version(held: Sequence[Holding], version: str) -> list[Holding]:
    named = [holding for holding in held if holding.version == version]
    if not named:
        return []
    last = named[-1]
    if last.kind == "table":
        return [
            holding for holding in held if holding.kind == "table" and holding.fetched_at <= last.fetched_at
        ]
    return [
        holding for holding in held if holding.source == last.source and _appeared(holding) <= _appeared(last)
    ]


def _appeared(holding: Holding) -> tuple[int, ...]:
    return holding.rank[1:]


def precedence(holding: Holding) -> tuple[tuple[int, ...], str]:
    """Sorts holdings of one source; the higher prevails. Of one release's files the last read prevails."""
    return holding.rank, holding.fetched_at


def prevailing_events(
    engine: Engine, store: Path, held: Sequence[Holding], columns: Sequence[str]
) -> ir.Table | None:
    """The events of some holdings, each once; None where none of them holds events.

    An event gives way to a release that prevails over its own (final over candidate, newer over older) if
    that release has an event of the same id, or if it speaks of the event's country and month and is either
    of a higher tier or of the whole world: it then says everything there is to say of that month.

    Args:
        engine: where the expression will run.
        store: the folder.
        held: what counts, see ``as_it_stood``.
        columns: the event columns that are wanted; ``id``, ``country_id`` and ``date_start`` are used.
    """
    eventful = sorted((holding for holding in held if holding.kind == "events"), key=precedence)
    if not eventful:
        return None
    wanted = list(dict.fromkeys((*columns, "id", "source", "country_id", "date_start")))
    parts = [
        _unsuperseded(
            engine.read_parquet(parquet_files(store, holding))[wanted], holding, eventful[place + 1 :]
        ).mutate(place=ibis.literal(place, "int32"))
        for place, holding in enumerate(eventful)
    ]
    if len(parts) == 1:
        return parts[0].drop("place")
    every = ibis.union(*parts)
    newest = every.mutate(newest=every.place.max().over(group_by=["source", "id"]))
    return newest.filter(newest.place == newest.newest).drop("place", "newest")


def _unsuperseded(events: ir.Table, holding: Holding, later: Sequence[Holding]) -> ir.Table:
    month = events.date_start.year().cast("int32") * _MONTHS + events.date_start.month().cast("int32") - 1
    gone = [
        _spoken_of(events, month, other)
        for other in later
        if other.source == holding.source and (other.world or other.rank[:1] > holding.rank[:1])
    ]
    return events.filter(~reduce(or_, gone)) if gone else events


def _spoken_of(events: ir.Table, month: ir.IntegerValue, other: Holding) -> ir.BooleanValue:
    in_span = month.between(other.first_month or 0, other.last_month or 0)
    if other.world:
        return in_span
    return in_span & events.country_id.isin([int(unit) for unit in other.units])
