"""Where a region's events lay."""

from pathlib import Path

import ibis.expr.types as ir

from forewarn.engines import Engine
from forewarn.ingest.countries import country_unit
from forewarn.ingest.store import holdings
from forewarn.ingest.vintage import as_it_stood, prevailing_events
from forewarn.panel.coverage import coverage
from forewarn.panel.placing import PLACE_COLUMNS, placed
from forewarn.panel.spread import month_of
from forewarn.panel.table import Question

_COLUMNS = (*PLACE_COLUMNS, "source", "id", "date_start", "date_end")
_PLACED_WITHIN = 4  # where_prec: a first-level region or better; a line or a fuzzy area has no centre


def event_centres(engine: Engine, store: Path, question: Question) -> ir.Table | None:
    """Sums of latitude and longitude, and the number of events, by unit and the month they ended in.

    Returns:
        ``unit, month, latitude, longitude, events``; None where the store holds no events.
    """
    held = as_it_stood(holdings(store), question.as_of)
    events = prevailing_events(engine, store, held, _COLUMNS)
    if events is None:
        return None
    spoken_of = coverage(store, held)
    numbers = [number for number in spoken_of.numbers if question.country in {None, country_unit(number)}]
    within = placed(engine, events, question.unit, numbers).events
    near = within.filter(
        within.unit.notnull()
        & (within.where_prec <= _PLACED_WITHIN)
        & within.latitude.notnull()
        & within.longitude.notnull()
    )
    return (
        near.group_by("unit", month=month_of(near.date_end))
        .agg(latitude=near.latitude.sum(), longitude=near.longitude.sum(), events=near.count())
        .order_by("unit", "month")
    )
