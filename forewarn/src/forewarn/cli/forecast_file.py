"""A forecast as a Parquet file that says what made it."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from forewarn import __version__
from forewarn.cli.files import replacing
from forewarn.contracts.forecasts import Forecast, OccurrenceForecast
from forewarn.contracts.months import Month, format_month
from forewarn.contracts.panels import Panel
from forewarn.ingest.store import holdings
from forewarn.ingest.vintage import as_it_stood

_ROWS_AT_ONCE = 512


def write_forecast(path: Path, forecasts: list[Forecast], provenance: Mapping[str, str]) -> None:
    """Write forecasts as rows of ``unit``, ``month`` (YYYY-MM), ``step``, ``outcome``, ``draws``.

    An occurrence forecast has ``probability`` too. The same forecasts give the same bytes.

    Args:
        path: the file; written whole or not at all.
        forecasts: of one kind.
        provenance: goes into the file's metadata under ``forewarn.<key>``.

    Raises:
        UnusableInputError: the file can't be written.
    """
    metadata = {f"forewarn.{key}": value for key, value in sorted(provenance.items())}
    schema = _schema(forecasts[0]).with_metadata(metadata)
    with (
        replacing(path) as partial,
        pq.ParquetWriter(
            partial, schema, compression="zstd", use_dictionary=["unit", "month", "outcome"]
        ) as file,
    ):
        for forecast in forecasts:
            file.write_table(_table(forecast, schema), row_group_size=_ROWS_AT_ONCE)


def provenance_of(forecasts: list[Forecast], panels: list[Panel], *, vintage: str) -> dict[str, str]:
    """What forecasts of one origin were made from: enough to make them again, bit for bit."""
    first = forecasts[0]
    settings = {"steps": list(first.steps), "draws": first.draws.shape[-1], "outcome": first.outcome}
    return {
        "model": first.model,
        "code_version": __version__,
        "origin": format_month(first.origin),
        "seed": str(first.seed),
        "settings": json.dumps(settings),
        "data_vintage": vintage,
        "data_sha256": _fingerprint(panels, first.origin),
    }


def vintage_of(store: Path, as_of: str | None) -> str:
    """The files that count at a vintage: source, version and the start of each one's hash."""
    held = as_it_stood(holdings(store), as_of)
    return "; ".join(sorted(f"{one.source} {one.version} {one.sha256[:12]}" for one in held))


def _fingerprint(panels: list[Panel], origin: Month) -> str:
    """Of the figures that the forecast saw: two vintages that agree until the origin have the same."""
    digest = hashlib.sha256()
    for panel in panels:
        seen = panel.until(origin)
        digest.update(json.dumps([seen.units, seen.start, seen.outcome]).encode())
        digest.update(np.ascontiguousarray(seen.values, dtype="<f8").tobytes())
    return digest.hexdigest()


def _schema(forecast: Forecast) -> pa.Schema:
    fields = [
        ("unit", pa.string()),
        ("month", pa.string()),
        ("step", pa.int32()),
        ("outcome", pa.string()),
        ("draws", pa.list_(pa.float64())),
    ]
    if isinstance(forecast, OccurrenceForecast):
        fields.append(("probability", pa.float64()))
    return pa.schema(fields)


def _table(forecast: Forecast, schema: pa.Schema) -> pa.Table:
    units, steps = len(forecast.units), len(forecast.steps)
    draws = forecast.draws.shape[-1]
    offsets = pa.array(np.arange(0, (units * steps + 1) * draws, draws, dtype=np.int32))
    columns = [
        pa.array(np.repeat(forecast.units, steps).tolist()),
        pa.array([format_month(Month(forecast.origin + step)) for step in forecast.steps] * units),
        pa.array(list(forecast.steps) * units, pa.int32()),
        pa.array([forecast.outcome] * (units * steps)),
        pa.ListArray.from_arrays(offsets, pa.array(forecast.draws.ravel())),
    ]
    if isinstance(forecast, OccurrenceForecast):
        columns.append(pa.array(forecast.probability.ravel()))
    return pa.table(columns, schema=schema)
