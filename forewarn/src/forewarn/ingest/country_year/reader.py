"""Reads a country-year table and sorts its rows into sound and refused."""

from pathlib import Path

import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.onsets import CountryYears
from forewarn.contracts.rejects import REJECT_SCHEMA, Rejects
from forewarn.contracts.store import Arrival
from forewarn.engines import Dialect, open_delimited
from forewarn.ingest.soundness import arrived, first_record, refuse_broken

COUNTRY, YEAR, ONSET, AHEAD = "ewp_name", "year", "mk_onset", "mk_onset_1or2"
_NEEDED = (COUNTRY, YEAR, ONSET, AHEAD)
# Neither predictors nor read: other names of the country, and outcomes that look ahead.
_LEFT_OUT = {"ccode", "sftgcode", "iso3", "mk_onset_1", "mk_onset_2", ""}
_ROW = "_row"
_ROWS_A_BATCH = 100_000
_BLANK = ("", "NA", "NaN", "nan")
_NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
_A_YEAR = r"^(1[89]|20)\d{2}$"


def read_country_years(path: Path) -> tuple[CountryYears, Rejects]:
    """Read a CSV of country-years, zipped or not.

    It has ``ewp_name``, ``year``, ``mk_onset`` (a mass killing began in the year) and ``mk_onset_1or2`` (one
    began in either of the next two), the outcomes 0, 1 or blank; every other column is a predictor, a number
    or blank.

    Returns:
        The sound rows, by year and then country; and the refused ones.

    Raises:
        UnusableInputError: the file is missing, empty, cut off, not CSV, or lacks a column.
    """
    with arrived(path) as arrival:
        text, predictors, malformed = _read_text(arrival)
    faults = pl.concat(_faults(text, predictors))
    rejects = Rejects(pl.concat([malformed, faults]))
    sound = text.filter(~pl.col(_ROW).is_in(faults["row"].implode()))
    if not sound.height:
        raise UnusableInputError(f"{path}: no usable row; {rejects.first()}")
    return _typed(sound, predictors), rejects


def _read_text(arrival: Arrival) -> tuple[pl.DataFrame, list[str], pl.DataFrame]:
    columns, predictors = _columns(arrival)
    kept = [*_NEEDED, *predictors]
    file = open_delimited(arrival.text, dict.fromkeys(columns, "string"), Dialect(), shown_as=arrival.path)
    try:
        batches = [pl.DataFrame(batch) for batch in file.batches(file.table[kept], _ROWS_A_BATCH)]
        malformed = file.malformed()
        text = pl.concat(batches or [pl.DataFrame(schema=dict.fromkeys(kept, pl.String))])
        rows = file.file_rows(pl.int_range(text.height, eager=True), malformed["row"])
        refuse_broken(arrival, malformed, read=text.height, has_header=True)
    finally:
        file.close()
    stripped = (pl.col(name).fill_null("").str.strip_chars() for name in kept)
    return text.select(rows.alias(_ROW), *stripped), predictors, malformed


def _columns(arrival: Arrival) -> tuple[list[str], list[str]]:
    header = [name.strip() for name in first_record(arrival.text, ",")]
    for name in _NEEDED:
        if name not in header:
            raise UnusableInputError(
                f"{arrival.path}: column {name} is missing; needed are {', '.join(_NEEDED)}"
            )
    twice = [name for place, name in enumerate(header) if name and name in header[:place]]
    if twice:
        raise UnusableInputError(f"{arrival.path}: column {twice[0]} comes twice")
    predictors = [name for name in header if name not in {*_NEEDED, *_LEFT_OUT}]
    if not predictors:
        raise UnusableInputError(f"{arrival.path}: there is no column to predict from")
    return [name or f"_unused_{place}" for place, name in enumerate(header)], predictors


def _faults(text: pl.DataFrame, predictors: list[str]) -> list[pl.DataFrame]:
    key = pl.concat_str(COUNTRY, YEAR, separator=" ")
    outcomes = [
        _fault(text, name, ~pl.col(name).is_in([*_BLANK, "0", "1", "0.0", "1.0"]), "not 0, 1 or blank")
        for name in (ONSET, AHEAD)
    ]
    numbers = [
        _fault(text, name, ~pl.col(name).is_in(_BLANK) & ~pl.col(name).str.contains(_NUMBER), "not a number")
        for name in predictors
    ]
    return [
        _fault(text, COUNTRY, pl.col(COUNTRY) == "", "missing"),
        _fault(text, YEAR, ~pl.col(YEAR).str.contains(_A_YEAR), "not a year"),
        _fault(text, YEAR, ~key.is_first_distinct(), "second row for this country and year"),
        *outcomes,
        *numbers,
    ]


def _fault(text: pl.DataFrame, field: str, is_bad: pl.Expr, reason: str) -> pl.DataFrame:
    said = (pl.lit(field).alias("field"), pl.col(field).alias("value"), pl.lit(reason).alias("reason"))
    bad = text.filter(is_bad)
    return bad.select(pl.col(_ROW).alias("row"), *said).cast(REJECT_SCHEMA)


def _typed(sound: pl.DataFrame, predictors: list[str]) -> CountryYears:
    figures = sound.select(
        pl.col(COUNTRY),
        pl.col(YEAR).cast(pl.Float64),
        *(
            pl.when(~pl.col(name).is_in(_BLANK)).then(pl.col(name)).cast(pl.Float64).alias(name)
            for name in (ONSET, AHEAD, *predictors)
        ),
    ).sort(YEAR, COUNTRY)
    numbers = figures.drop(COUNTRY).fill_null(float("nan"))
    return CountryYears(
        country=tuple(figures[COUNTRY]),
        year=numbers[YEAR].to_numpy(),
        predictors=numbers.select(predictors).to_numpy(),
        columns=tuple(predictors),
        onset=numbers[ONSET].to_numpy(),
        onset_ahead=numbers[AHEAD].to_numpy(),
    )
