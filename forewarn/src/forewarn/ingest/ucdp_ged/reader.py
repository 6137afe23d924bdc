"""Reads a GED download as one stream: judge each row, set the bad ones aside, write the rest by year."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import ibis
import ibis.expr.types as ir
import numpy as np
import polars as pl
import pyarrow as pa

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.rejects import REJECT_SCHEMA, Rejects
from forewarn.contracts.store import Arrival, Watch
from forewarn.engines import DelimitedText, open_delimited
from forewarn.ingest.event_files import EventWriter, arrow_of
from forewarn.ingest.soundness import refuse_broken
from forewarn.ingest.ucdp_ged.columns import Header, read_header
from forewarn.ingest.ucdp_ged.rules import RULES, fault_bits, meaning, text_types, unreadable_reason

_ROWS_A_BATCH = 100_000
_FAULTS, _SAID, _YEAR = "faults", "said", "year"
_ODDITIES = {
    "low above best": pl.col("low") > pl.col("best"),
    "best above high": pl.col("best") > pl.col("high"),
}
_LOOKED_AT = [_FAULTS, "date_start", "date_end", "country_id", "region", "low", "best", "high"]
# Numbers are read as floats and days as instants: what that adds to their text.
_TRAILING = r"(\.0| 00:00:00)$"
_JUDGED = tuple(dict.fromkeys(rule.field for rule in RULES))


@dataclass
class Tally:
    """What is learnt of the sound rows as they pass."""

    rows: int = 0
    months: set[int] = field(default_factory=set)
    countries: set[int] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    warnings: Counter[str] = field(default_factory=Counter)

    def add(self, rows: pl.DataFrame) -> None:
        """Take some sound rows into account."""
        if not rows.height:
            return
        self.rows += rows.height
        for day in (rows["date_start"].min(), rows["date_end"].max()):
            assert isinstance(day, date)  # noqa: S101 -- sound rows have both dates
            self.months.add(12 * day.year + day.month - 1)
        self.countries.update(rows["country_id"].unique())
        self.regions.update(rows["region"].drop_nulls().unique())
        for warning, is_odd in _ODDITIES.items():
            if count := rows.select(is_odd.sum()).item():
                self.warnings[warning] += count


def read_events(arrival: Arrival, writer: EventWriter, watch: Watch) -> tuple[Tally, Rejects]:
    """Write the sound events of a GED file and return what they are, with the rows that were refused.

    Raises:
        UnusableInputError: no header or events recognised, cut off, or hardly a row of the right shape.
    """
    header = read_header(arrival.text, shown_as=arrival.path)
    kinds = text_types()
    columns = {name: kinds.get(name, "string") for name in header.columns}
    text = open_delimited(arrival.text, columns, header.dialect, shown_as=arrival.path)
    try:
        return _Reading(arrival, text, header, watch).run(writer)
    finally:
        text.close()


class _Reading:
    """One passage through one file."""

    def __init__(self, arrival: Arrival, text: DelimitedText, header: Header, watch: Watch) -> None:
        self._arrival = arrival
        self._has_header = header.dialect.has_header
        self._text = text
        self._watch = watch
        self._tally = Tally()
        self._seen = 0
        self._faulty: list[pl.DataFrame] = []

    def run(self, writer: EventWriter) -> tuple[Tally, Rejects]:
        twice = writer.write(self._sound_rows())
        malformed = _explained(self._text.malformed())
        refuse_broken(self._arrival, malformed, read=self._seen, has_header=self._has_header)
        faults = pl.concat([_spelled_out(frame) for frame in self._faulty] + [_duplicates(twice)])
        faults = faults.with_columns(self._text.file_rows(faults["row"], malformed["row"]).alias("row"))
        self._tally.rows -= twice.height
        rejects = Rejects(pl.concat([malformed, faults]))
        if not self._tally.rows:
            raise UnusableInputError(f"{self._arrival.path}: no usable row; {rejects.first()}")
        return self._tally, rejects

    def _sound_rows(self) -> Iterator[pa.RecordBatch]:
        for batch in self._text.batches(judged(self._text.table), _ROWS_A_BATCH):
            numbered = batch.append_column(
                "record", arrow_of(np.arange(self._seen, self._seen + batch.num_rows))
            )
            self._seen += batch.num_rows
            self._watch(self._seen)
            yield self._kept(numbered)

    def _kept(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        looked_at = pl.DataFrame(batch.select(_LOOKED_AT))
        is_sound = looked_at[_FAULTS] == 0
        if not is_sound.all():
            self._faulty.append(pl.DataFrame(batch.select(["record", _FAULTS, _SAID])).filter(~is_sound))
            batch = batch.take(arrow_of(is_sound.arg_true().to_numpy()))
        self._tally.add(looked_at.filter(is_sound))
        return batch.drop_columns([_FAULTS, _SAID])


def judged(text: ir.Table) -> ir.Table:
    """The event, its year, the rules it breaks as bits, and its judged fields' text if it breaks any.

    ``text`` has the columns of ``text_types``; one that the file does not have counts as blank.
    """
    kinds = text_types()
    row = text.select(
        **{name: text[name] if name in text.columns else ibis.null(kind) for name, kind in kinds.items()}
    )
    row = row.mutate(fault_bits(row).name(_FAULTS))
    said = ibis.array([row[name].cast("string").fill_null("") for name in _JUDGED])
    return row.select(
        **meaning(row),
        **{
            _FAULTS: row[_FAULTS],
            _SAID: ibis.ifelse(row[_FAULTS] > 0, said, None),
            _YEAR: row["date_start"].year().cast("int16"),
        },
    )


def _spelled_out(frame: pl.DataFrame) -> pl.DataFrame:
    """One line a broken rule, instead of one bit."""
    lines = [
        frame.filter((pl.col(_FAULTS) // (1 << place)) % 2 == 1).select(
            pl.col("record").alias("row"),
            pl.lit(rule.field).alias("field"),
            pl.col(_SAID).list.get(_JUDGED.index(rule.field)).str.replace(_TRAILING, "").alias("value"),
            pl.lit(rule.reason).alias("reason"),
        )
        for place, rule in enumerate(RULES)
    ]
    return pl.concat(lines).cast(REJECT_SCHEMA)


def _explained(malformed: pl.DataFrame) -> pl.DataFrame:
    fields = malformed.filter(pl.col("reason") == "")["field"].unique()
    reasons = {field: unreadable_reason(field) for field in fields}
    of_field = pl.col("field").replace_strict(reasons, default="", return_dtype=pl.String)
    return malformed.with_columns(
        pl.when(pl.col("reason") == "").then(of_field).otherwise("reason").alias("reason")
    )


def _duplicates(twice: pl.DataFrame) -> pl.DataFrame:
    return twice.select(
        pl.col("record").alias("row"),
        pl.lit("id").alias("field"),
        pl.col("id").cast(pl.String).alias("value"),
        pl.lit("second row with this id").alias("reason"),
    ).cast(REJECT_SCHEMA)
