"""Events of a country as a reader wants to see them: the newest first, with their source and precision."""

from pathlib import Path

import polars as pl

from forewarn.contracts.events import TYPES_OF_VIOLENCE
from forewarn.engines import open_engine
from forewarn.ingest.countries import numbers_of
from forewarn.ingest.store import holdings

# Ours, and the download's name for it.
_SHOWN = {
    "date_start": "date_start",
    "date_end": "date_end",
    "date_prec": "date_prec",
    "where_prec": "where_prec",
    "adm_1": "adm_1",
    "place": "where_coordinates",
    "lat": "latitude",
    "lon": "longitude",
    "type": "type_of_violence",
    "best": "best",
    "low": "low",
    "high": "high",
    "side_a": "side_a",
    "side_b": "side_b",
    "source": "source",
    "version": "version",
    "id": "id",
}


def recent_events(store: Path, *, country: str, limit: int, as_of: str | None = None) -> pl.DataFrame:
    """The newest events of a country, each as its prevailing release tells it.

    Args:
        store: a folder that ``forewarn ingest`` wrote.
        country: an ISO3 code.
        limit: how many at most.
        as_of: a version or a date of fetching; everything by default.

    Returns:
        ``date_start, date_end, date_prec, where_prec, adm_1, place, lat, lon, type`` (state_based, non_state
        or one_sided), ``best, low, high, side_a, side_b, source, version, id``; the newest first.

    Raises:
        UnusableInputError: there is no store, or nothing of that vintage.
    """
    # loaded here, since a source needs none of it to be listed or read
    from forewarn.ingest.vintage import as_it_stood, prevailing_events

    held = as_it_stood(holdings(store), as_of)
    with open_engine() as engine:
        events = prevailing_events(engine, store, held, list(_SHOWN.values()))
        if events is None:
            return pl.DataFrame(schema=dict.fromkeys(_SHOWN, pl.String))
        here = events.filter(events.country_id.isin(numbers_of(country)))
        newest = here.order_by([here.date_start.desc(), here.date_end.desc(), here.id.desc()]).limit(limit)
        frame = engine.fetch(newest.select(**{ours: newest[theirs] for ours, theirs in _SHOWN.items()}))
    return frame.with_columns(pl.col("type").replace_strict(dict(TYPES_OF_VIOLENCE), return_dtype=pl.String))
