"""A state's figures as files: CSV, Parquet and JSON, each with source and licence inside."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import BytesIO

import polars as pl

from rtopnet.warning.forecasts.rules import OutcomeOutlook, StatePage, Vintage

NOTE = (
    "Recorded and expected deaths are statistical proxies. No figure here is the probability that a crime "
    "in law was committed."
)

SCHEMA = {
    "state": pl.String,
    "outcome": pl.String,
    "month": pl.String,
    "kind": pl.String,
    "deaths": pl.Int64,
    "median": pl.Float64,
    "low50": pl.Float64,
    "high50": pl.Float64,
    "low90": pl.Float64,
    "high90": pl.Float64,
    "model": pl.String,
    "source": pl.String,
    "version": pl.String,
    "licence": pl.String,
}

Row = dict[str, str | int | float | None]


@dataclass(frozen=True)
class FileKind:
    """How a file of figures is written and named."""

    suffix: str
    content_type: str
    write: Callable[[StatePage], bytes]


def figure_rows(page: StatePage) -> list[Row]:
    """One row a month, outcome and kind: ``recorded`` with deaths (null: nobody looked), or ``forecast``."""
    return [row for outcome in page.outcomes for row in _outcome_rows(page, outcome)]


def _outcome_rows(page: StatePage, outcome: OutcomeOutlook) -> list[Row]:
    source = _vintage_of(page, outcome)
    same: Row = {
        "state": page.state.iso3,
        "outcome": outcome.outcome.value,
        "source": source.source,
        "version": source.version,
        "licence": source.licence,
    }
    recorded: list[Row] = [
        same | {"month": f"{count.month:%Y-%m}", "kind": "recorded", "deaths": count.deaths}
        for count in outcome.history
    ]
    forecast: list[Row] = [
        same
        | {key: value for key, value in asdict(point).items() if key != "month"}
        | {"month": f"{point.month:%Y-%m}", "kind": "forecast", "model": page.model}
        for point in outcome.fan
    ]
    return recorded + forecast


def _vintage_of(page: StatePage, outcome: OutcomeOutlook) -> Vintage:
    own = (vintage for vintage in page.vintages if vintage.outcome is outcome.outcome)
    return next(own, page.vintages[0])


def _frame(page: StatePage) -> pl.DataFrame:
    return pl.DataFrame(figure_rows(page), schema=SCHEMA)


def _head(page: StatePage) -> dict[str, str]:
    return {
        "region": page.region_slug,
        "state": page.state.iso3,
        "origin": f"{page.origin:%Y-%m}",
        "model": page.model,
        "computed_at": page.computed_at.isoformat(),
        "sources": json.dumps([asdict(vintage) for vintage in page.vintages], default=str),
        "note": NOTE,
        "invented": str(page.is_exercise).lower(),
    }


def _csv(page: StatePage) -> bytes:
    return _frame(page).write_csv().encode()


def _parquet(page: StatePage) -> bytes:
    out = BytesIO()
    _frame(page).write_parquet(out, metadata=_head(page))
    return out.getvalue()


def _json(page: StatePage) -> bytes:
    head = _head(page) | {"sources": [asdict(vintage) for vintage in page.vintages]}
    return json.dumps(head | {"rows": figure_rows(page)}, default=str, ensure_ascii=False, indent=1).encode()


FILE_KINDS = {
    "csv": FileKind("csv", "text/csv; charset=utf-8", _csv),
    "parquet": FileKind("parquet", "application/vnd.apache.parquet", _parquet),
    "json": FileKind("json", "application/json", _json),
}
