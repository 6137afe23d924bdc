"""What makes a row no event: rules as expressions, run over the whole file at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add, or_

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from forewarn.contracts.events import EVENT_FIELDS, TYPES_OF_VIOLENCE
from forewarn.ingest.ucdp_ged.columns import REQUIRED

_LARGEST_COUNT = 10_000_000
_FIRST_DAY, _AFTER_LAST_DAY = ibis.timestamp("1946-01-01"), ibis.timestamp("2100-01-01")
_DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")
_NOT_DEATHS = "not a whole number of deaths (0 or more)"
_NOT_A_DATE = "not a possible date"
_NOT_A_NUMBER = "not a number"
_KINDS = dict(EVENT_FIELDS)
_IBIS_TYPES = {pa.int8(): "int8", pa.int32(): "int32", pa.int64(): "int64"}


@dataclass(frozen=True)
class Rule:
    """A fault a row can have.

    Attributes:
        field: the column at fault.
        reason: what is wrong, in words that stand after the value.
        broken: true where the row has the fault; null counts as false.
    """

    field: str
    reason: str
    broken: Callable[[ir.Table], ir.BooleanValue]


def _missing(field: str) -> Rule:
    if _KINDS[field] == pa.string():
        return Rule(field, "missing", lambda row: row[field].isnull() | _blank(row[field]))
    return Rule(field, "missing", lambda row: row[field].isnull())


def _blank(text: ir.StringValue) -> ir.BooleanValue:
    # hardly any text begins before "!"; only what does is looked at closely
    return ibis.ifelse(text < "!", text.strip() == "", False)


def _outside(field: str, low: float, high: float, reason: str) -> Rule:
    return Rule(field, reason, lambda row: ~row[field].between(low, high))


def _not_whole(field: str, low: float, high: float, reason: str) -> Rule:
    return Rule(
        field,
        reason,
        lambda row: ~row[field].between(low, high) | (row[field] != row[field].try_cast("int64")),
    )


def _impossible(field: str) -> Rule:
    return Rule(field, _NOT_A_DATE, lambda row: ~row[field].between(_FIRST_DAY, _AFTER_LAST_DAY))


RULES: tuple[Rule, ...] = (
    *(_missing(field) for field in REQUIRED),
    _not_whole("id", 0, 2**53, "not an event number"),
    _not_whole("country_id", 1, 2**31 - 1, "not a country number"),
    _not_whole("type_of_violence", 1, max(TYPES_OF_VIOLENCE), "not a type of violence (1, 2 or 3)"),
    *(_impossible(field) for field in ("date_start", "date_end")),
    Rule("date_end", "before date_start", lambda row: row["date_end"] < row["date_start"]),
    _outside("latitude", -90, 90, "not a latitude (-90 to 90)"),
    _outside("longitude", -180, 180, "not a longitude (-180 to 180)"),
    _not_whole("where_prec", 1, 7, "not a precision of place (1 to 7)"),
    _not_whole("date_prec", 1, 5, "not a precision of time (1 to 5)"),
    *(_not_whole(field, 0, _LARGEST_COUNT, _NOT_DEATHS) for field in _DEATHS),
)


def text_types() -> Mapping[str, str]:
    """How each column is read from the file: numbers as floats, so that 2.5 deaths are not rounded unseen."""
    kinds = {pa.date32(): "timestamp", pa.string(): "string", pa.bool_(): "string"}
    return {name: kinds.get(kind, "float64") for name, kind in EVENT_FIELDS}


def unreadable_reason(field: str) -> str:
    """What to say of a value that is not even of the kind in ``text_types``."""
    said = [rule.reason for rule in RULES if rule.field == field and rule.reason != "missing"]
    return said[0] if said else _NOT_A_NUMBER


def fault_bits(row: ir.Table) -> ir.IntegerValue:
    """One bit a rule that the row breaks, the first rule the lowest; 0 for a sound row.

    ``row`` has the columns of ``text_types``.
    """
    any_broken = reduce(or_, (rule.broken(row) for rule in RULES))
    bits = (ibis.ifelse(rule.broken(row), 1 << place, 0) for place, rule in enumerate(RULES))
    return ibis.ifelse(any_broken, reduce(add, bits), 0).cast("int64")


def meaning(row: ir.Table) -> dict[str, ir.Value]:
    """Each column of an event as the store keeps it; null where the number is not of the column's size."""
    return {name: _meaning(row[name], kind) for name, kind in EVENT_FIELDS}


def _meaning(value: ir.Value, kind: pa.DataType) -> ir.Value:
    if kind == pa.bool_():
        return value.isin(["True", "TRUE", "true", "t", "1"])
    if kind == pa.date32():
        return value.date()
    return value.try_cast(_IBIS_TYPES[kind]) if kind in _IBIS_TYPES else value
