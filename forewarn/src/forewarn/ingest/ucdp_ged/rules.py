"""What makes a row no event: rules as expressions, run over the whole file at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import add, or_

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from forewarn.contracts.events import EVENT_FIELDS, TYPES_OF_VIOLENCE
from forewarn.ingest.ucdp_ged.columns import REQUIRED

_LARGEST_COUNT = 10_000_000
_FIRST_DAY, _LAST_DAY = "1946-01-01", "2099-12-31"
_DATE_LENGTH = 10
DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")
_CODES = ("id", "country_id", "type_of_violence", "where_prec", "date_prec")
_LARGEST_CODE = 2**53
_IBIS_TYPES = {pa.float64(): "float64", pa.int8(): "int8", pa.int32(): "int32", pa.int64(): "int64"}
RAW = "raw_"
# Text that sorts before it is blank or begins with white space.
_FIRST_VISIBLE = "!"


@dataclass(frozen=True)
class Rule:
    """A fault a row can have.

    Attributes:
        field: the column at fault.
        reason: what is wrong, in words that stand after the value.
        suspect: cheap, and true wherever ``broken`` is; only suspects are looked at closely.
        broken: true where the row has the fault; null counts as false.
    """

    field: str
    reason: str
    suspect: Callable[[ir.Table], ir.BooleanValue]
    broken: Callable[[ir.Table], ir.BooleanValue]


def _stands(row: ir.Table, field: str) -> ir.BooleanValue:
    return row[RAW + field].strip() != ""


def _missing(field: str) -> Rule:
    def suspect(row: ir.Table) -> ir.BooleanValue:
        return row[RAW + field].isnull() | (row[RAW + field] < _FIRST_VISIBLE)

    return Rule(field, "missing", suspect, lambda row: row[RAW + field].isnull() | ~_stands(row, field))


def _unread(row: ir.Table, field: str) -> ir.BooleanValue:
    return row[field].isnull() & row[RAW + field].notnull()


def _unreadable(field: str, reason: str) -> Rule:
    """Something stands there, and it is not of the column's type."""
    return Rule(
        field, reason, lambda row: _unread(row, field), lambda row: _unread(row, field) & _stands(row, field)
    )


def _outside(field: str, low: float, high: float, reason: str) -> Rule:
    """Something stands there, and it is not of the column's type or beyond its bounds."""

    def suspect(row: ir.Table) -> ir.BooleanValue:
        return _unread(row, field) | ~row[field].between(low, high)

    def broken(row: ir.Table) -> ir.BooleanValue:
        return (_unread(row, field) & _stands(row, field)) | ~row[field].between(low, high)

    return Rule(field, reason, suspect, broken)


def _ends_before_start(row: ir.Table) -> ir.BooleanValue:
    return row["date_end"] < row["date_start"]


RULES: tuple[Rule, ...] = (
    *(_missing(field) for field in REQUIRED),
    *(_unreadable(field, "not a whole number") for field in ("id", "country_id")),
    _outside("type_of_violence", 1, max(TYPES_OF_VIOLENCE), "not a type of violence (1, 2 or 3)"),
    *(_unreadable(field, "not a possible date") for field in ("date_start", "date_end")),
    Rule("date_end", "before date_start", _ends_before_start, _ends_before_start),
    _outside("latitude", -90, 90, "not a latitude (-90 to 90)"),
    _outside("longitude", -180, 180, "not a longitude (-180 to 180)"),
    _outside("where_prec", 1, 7, "not a precision of place (1 to 7)"),
    _outside("date_prec", 1, 5, "not a precision of time (1 to 5)"),
    *(_unreadable(field, "not a whole number of deaths (0 or more)") for field in DEATHS),
)


def typed(text: ir.Table) -> ir.Table:
    """Each column of an event twice: as it stood in the file (``raw_…``) and as what it means.

    A meaning is null where the text is blank or not of the column's type. A column that the file does not
    have is blank throughout.
    """
    named = {name: text[name] if name in text.columns else ibis.null("string") for name, _ in EVENT_FIELDS}
    raw = text.select(**{RAW + name: column for name, column in named.items()})
    return raw.mutate(**{name: _meaning(raw[RAW + name], name, kind) for name, kind in EVENT_FIELDS})


def _meaning(text: ir.StringValue, name: str, kind: pa.DataType) -> ir.Value:
    if name in DEATHS:
        return _whole(text, _LARGEST_COUNT, "int64")
    if name in _CODES:
        return _whole(text, _LARGEST_CODE, _IBIS_TYPES[kind])
    if name == "active_year":
        return text.isin(["True", "TRUE", "true", "t", "1"])
    if kind == pa.date32():
        return _day(text)
    return text if kind == pa.string() else text.try_cast(_IBIS_TYPES[kind])


def _whole(text: ir.StringValue, top: int, kind: str) -> ir.IntegerValue:
    # by way of a float: a cast to integer would round 2.5 deaths to a whole number in silence
    number = text.try_cast("float64")
    return ibis.ifelse(number.between(0, top) & (number == number.floor()), number, None).try_cast(kind)


def _day(text: ir.StringValue) -> ir.DateValue:
    """A day, from ``2025-03-01`` with or without a time of day behind it."""
    day = text.substr(0, _DATE_LENGTH).try_cast("date")
    follows = text.substr(_DATE_LENGTH, 1)
    sound = day.between(ibis.date(_FIRST_DAY), ibis.date(_LAST_DAY)) & follows.isin(["", " ", "T"])
    return ibis.ifelse(sound, day, None)


def fault_bits(row: ir.Table) -> ir.IntegerValue:
    """One bit a rule that the row breaks, the first rule the lowest; 0 for a sound row."""
    suspect = reduce(or_, (rule.suspect(row) for rule in RULES))
    bits = (ibis.ifelse(rule.broken(row), 1 << place, 0) for place, rule in enumerate(RULES))
    return ibis.ifelse(suspect, reduce(add, bits), 0).cast("int64")
