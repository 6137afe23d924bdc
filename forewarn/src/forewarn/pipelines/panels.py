"""From a store to a panel in a file."""

from pathlib import Path

import ibis
import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.events import OUTCOMES
from forewarn.engines import open_engine
from forewarn.panel.placing import Unit
from forewarn.panel.table import LongPanel, Question, long_panel

_ORDER = ["unit", "month", "outcome"]


def write_panel(
    store: Path,
    out: Path,
    *,
    unit: Unit,
    outcome: str | None = None,
    as_of: str | None = None,
    engine: str = "duckdb",
) -> pl.DataFrame:
    """Write a store's panel in long form as one Parquet file; the same store gives the same bytes.

    The file has ``unit, month`` (YYYY-MM), ``outcome, deaths`` (null where not observed), ``observed`` and
    ``events``, in the order of unit, month and outcome. It appears whole or not at all.

    Returns:
        What could not be placed, see ``LongPanel.unplaced``; for countries, nothing.

    Raises:
        UnusableInputError: no such store, vintage or engine, or the file cannot be written.
    """
    with open_engine(engine) as running:
        outcomes = OUTCOMES if outcome is None else [outcome]
        panel = long_panel(running, store, Question(unit, as_of=as_of, outcomes=outcomes))
        part = out.with_name(f".{out.name}.part")
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            running.write_parquet(_for_readers(panel), part)
            part.replace(out)
        except OSError as error:
            raise UnusableInputError(f"{out}: cannot be written ({error.strerror or error})") from error
        finally:
            part.unlink(missing_ok=True)
        return running.fetch(panel.unplaced)


def _for_readers(panel: LongPanel) -> ibis.Table:
    rows = panel.rows
    year, month = rows.month // 12, rows.month % 12 + 1
    text = year.cast("string").lpad(4, "0") + ibis.literal("-") + month.cast("string").lpad(2, "0")
    return rows.mutate(month=text).order_by(_ORDER)
