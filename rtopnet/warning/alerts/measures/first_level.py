"""Deaths by first-level region, from the monthly figures that a region's pack carries."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rtopnet.network.public import PackSource, name_in, pack_folders, read_pack, states_of
from rtopnet.warning.alerts.measures.registry import Measure, Place, Watcher, register_measure
from rtopnet.warning.alerts.measures.state_deaths import OUTCOMES
from rtopnet.warning.alerts.rules.watching import MonthFigure
from rtopnet.warning.forecasts.public import months_after

REPLAY = "replay"
Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By place, by type of violence, by month as ``YYYY-MM``: deaths."""


def places(watcher: Watcher) -> Sequence[Place]:
    """First-level regions with any figure, by state and name."""
    names = {state.iso3: state.names for state in states_of(watcher.region.id)}
    found = []
    for source, folder in _sources(watcher.region.slug):
        for key in _counts(folder / source.file, source.sha256):
            iso3, region = key.split(":", 1)
            if iso3 in names:
                shown = f"{name_in(names[iso3], watcher.language)}, {region}"
                if source.replay:
                    shown = _now("%(place)s (real figures, replayed)") % {"place": shown}
                found.append(Place(_key(key, source), shown))
    return sorted(found, key=lambda place: place.name)


def series(watcher: Watcher, place: str, detail: str) -> Sequence[MonthFigure]:
    """Deaths by month over the file's whole span; a month without a row had none."""
    for source, folder in _sources(watcher.region.slug):
        counts = _counts(folder / source.file, source.sha256)
        here = next((counts[key] for key in counts if _key(key, source) == place), None)
        if here is not None and source.span:
            return _months(here, detail, source.span)
    return []


def _months(here: Mapping[str, Mapping[str, int]], detail: str, span: tuple[str, str]) -> list[MonthFigure]:
    kinds = list(here) if detail in {"", "all"} else [detail]
    month, last = _month(span[0]), _month(span[1])
    found = []
    while month <= last:
        deaths = sum(here.get(kind, {}).get(f"{month:%Y-%m}", 0) for kind in kinds)
        found.append(MonthFigure(month, deaths))
        month = months_after(month, 1)
    return found


def _sources(slug: str) -> list[tuple[PackSource, Path]]:
    for folder in pack_folders():
        if folder.name == slug:
            return [(one, folder) for one in _pack_sources(folder, _changed(folder))]
    return []


def _changed(folder: Path) -> int:
    return (folder / "sources.yaml").stat().st_mtime_ns


@lru_cache(maxsize=8)
def _pack_sources(folder: Path, changed: int) -> tuple[PackSource, ...]:  # noqa: ARG001 -- read anew if changed
    return tuple(one for one in read_pack(folder).sources if one.holds == "region_month")


@lru_cache(maxsize=8)
def _counts(file: Path, sha256: str) -> Counts:  # noqa: ARG001 -- the content that was checked
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[f"{row['iso3']}:{row['region']}"][row["type"]][row["month"]] = int(row["deaths"])
    return found


def _key(key: str, source: PackSource) -> str:
    return f"{key}:{REPLAY}" if source.replay else key


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


register_measure(
    Measure(
        key="first_level",
        name=_("Deaths recorded in a first-level region"),
        unit=_("deaths in the month"),
        places=places,
        series=series,
        details=OUTCOMES,
        note=_("A proxy: deaths in organised violence, never a finding that a crime was committed."),
    )
)
