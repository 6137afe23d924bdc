"""The stated rule by which an event's deaths fall on months."""

import ibis
import ibis.expr.types as ir

_MONTHS = 12


def month_of(day: ir.DateValue) -> ir.IntegerValue:
    """A day's month as a number, see ``contracts.months``."""
    return (day.year().cast("int64") * _MONTHS + day.month().cast("int64") - 1).cast("int64")


def by_month(events: ir.Table) -> ir.Table:
    """Events by month: an event within one month as it is, a longer one shared out over its months.

    A longer event's deaths are shared by the days that it has in each month, in whole deaths: each month
    gets its share rounded down, and the deaths left over go one each to the months with the largest
    remainders, the earlier first (the largest-remainder method, Hare quota). The sum is the event's ``best``
    exactly. The event itself is counted once, in the month it starts.

    Args:
        events: with ``source, id, date_start, date_end, best`` and any other columns.

    Returns:
        The same columns without the dates and ``best``, and ``month``, ``deaths``, ``events`` (1 or 0).
    """
    dated = events.mutate(first=month_of(events.date_start), last=month_of(events.date_end))
    kept = [name for name in events.columns if name not in {"date_start", "date_end", "best"}]
    short = dated.filter(dated.first == dated["last"])
    whole = short.select(
        *kept, month=short.first, deaths=short.best.cast("int64"), events=ibis.literal(1, "int64")
    )
    return whole.union(_shared_out(dated.filter(dated.first < dated["last"]), kept))


def _shared_out(long: ir.Table, kept: list[str]) -> ir.Table:
    each = long.mutate(month=ibis.range(long.first, long["last"] + 1).unnest())
    days = _days_within(each.date_start, each.date_end, each.month)
    total = each.date_end.delta(each.date_start, unit="day").cast("int64") + 1
    weighed = each.mutate(weight=each.best.cast("int64") * days, total=total)
    shared = weighed.mutate(
        share=(weighed.weight // weighed.total).cast("int64"), remainder=weighed.weight % weighed.total
    )
    event = ["source", "id"]
    ranked = shared.mutate(
        over=shared.best.cast("int64") - shared.share.sum().over(group_by=event),
        rank=ibis.row_number().over(group_by=event, order_by=[shared.remainder.desc(), shared.month.asc()]),
    )
    return ranked.select(
        *kept,
        "month",
        deaths=ranked.share + ibis.ifelse(ranked["rank"] < ranked.over, 1, 0).cast("int64"),
        events=ibis.ifelse(ranked.month == ranked.first, 1, 0).cast("int64"),
    )


def _days_within(start: ir.DateValue, end: ir.DateValue, month: ir.IntegerValue) -> ir.IntegerValue:
    after = ibis.least(end, _first_day(month + 1) - ibis.interval(days=1))
    before = ibis.greatest(start, _first_day(month))
    return after.delta(before, unit="day").cast("int64") + 1


def _first_day(month: ir.IntegerValue) -> ir.DateValue:
    return ibis.date((month // _MONTHS).cast("int32"), (month % _MONTHS + 1).cast("int32"), 1)
