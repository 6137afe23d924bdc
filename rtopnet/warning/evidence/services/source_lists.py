"""Sources of a region as its pack lists them; switching them on and off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import yaml
from django.db.models import Count

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import Body, RegionPack, bodies_of, institutions, region_by_slug, states_of
from rtopnet.warning.evidence.models import Signal, SignalSource
from rtopnet.warning.evidence.services.fetching import fetch_source
from rtopnet.warning.evidence.sources.registry import connectors

FILE = "signals.yaml"
_NEEDED = {"key", "name", "kind", "address", "licence", "readers"}
_KNOWN = _NEEDED | {"attribution", "enabled", "every_minutes", "settings"}
_ANALYST = "analyst"


class SourceListRefusedError(RuleBrokenError):
    """A pack's list of sources is not as it must be; the message names the source and the key."""


class NoSuchSourceError(RuleBrokenError):
    """There is no source of that name."""


def load_signal_sources(pack: RegionPack) -> int:
    """Make or bring up to date the sources that a pack lists; how many. What is switched on or off stays so.

    Raises:
        SourceListRefusedError: the list cannot be used.
    """
    file = pack.folder / FILE
    if not file.is_file():
        return 0
    listed = _listed(file.read_text(encoding="utf-8"))
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        if region is None:
            return 0
        analysts = {post.of for post in pack.region.posts if post.kind == _ANALYST}
        bodies = _bodies(region.id)
        for told in listed:
            readers = _readers(told, region.id, bodies, analysts)
            _keep(region.id, told, readers)
        record_deed(verb="loaded", kind="evidence.source", subject=region.id, region=region.id)
        return len(listed)


def tell_signals(pack: RegionPack) -> int:
    """Read once what an exercise's own feeds tell, so that there is something to see; how many were read."""
    if pack.region.kind != "exercise":
        return 0
    load_signal_sources(pack)
    with acting_for(Capacity.INSTALLATION):
        region = region_by_slug(pack.region.slug)
        if region is None or Signal.objects.filter(region_id=region.id).exists():
            return 0
        rows = SignalSource.objects.filter(region_id=region.id, kind="file", enabled=True).order_by("key")
        fresh = [row.pk for row in rows]
    for source in fresh:
        fetch_source(source=source)
    return len(fresh)


@dataclass(frozen=True)
class SourceLine:
    """A source for those who run the platform; nothing of what it brought but how much."""

    region: str
    key: str
    kind: str
    enabled: bool
    brought_at: datetime | None
    error: str
    fails_in_a_row: int
    signals: int


def sources_kept() -> list[SourceLine]:
    """Every source of every region, for a command at the machine."""
    with acting_for(Capacity.INSTALLATION):
        rows = SignalSource.objects.select_related("region").annotate(held=Count("signals"))
        return [
            SourceLine(
                row.region.slug,
                row.key,
                row.kind,
                row.enabled,
                row.brought_at,
                row.error,
                row.fails_in_a_row,
                row.held,
            )
            for row in rows.order_by("region__slug", "key")
        ]


def source_of(*, region: str, key: str) -> UUID:
    """A source by its name.

    Raises:
        NoSuchSourceError: there is none.
    """
    with acting_for(Capacity.INSTALLATION):
        row = SignalSource.objects.filter(region__slug=region, key=key).first()
    if row is None:
        raise NoSuchSourceError(f"there is no source '{key}' in {region}")
    return row.pk


def enable_source(*, source: UUID, enabled: bool) -> None:
    """Switch a source on, to be fetched at once, or off; what it brought stays."""
    with acting_for(Capacity.INSTALLATION):
        row = SignalSource.objects.get(pk=source)
        SignalSource.objects.filter(pk=source).update(enabled=enabled, next_try_at=None, fails_in_a_row=0)
        record_deed(
            verb="enabled" if enabled else "disabled",
            kind="evidence.source",
            subject=row.pk,
            region=row.region_id,
        )


def _listed(text: str) -> list[Mapping[str, Any]]:
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SourceListRefusedError(f"{FILE}: cannot be read: {type(error).__name__}") from error
    listed = document.get("sources") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise SourceListRefusedError(f"{FILE}: 'sources' must be a list")
    for at, told in enumerate(listed):
        _expect_sound(told, f"{FILE}, source {at + 1}")
    keys = [told["key"] for told in listed]
    if len(set(keys)) != len(keys):
        raise SourceListRefusedError(f"{FILE}: two sources have the same key")
    return listed


def _expect_sound(told: object, where: str) -> None:
    if not isinstance(told, dict):
        raise SourceListRefusedError(f"{where}: is no source")
    if missing := sorted(_NEEDED - told.keys()):
        raise SourceListRefusedError(f"{where}: '{missing[0]}' is missing")
    if unknown := sorted(map(str, told.keys() - _KNOWN)):
        raise SourceListRefusedError(f"{where}: '{unknown[0]}' is not known")
    if told["kind"] not in connectors():
        raise SourceListRefusedError(f"{where}: kind must be one of {', '.join(connectors())}")
    if not isinstance(told.get("settings", {}), dict):
        raise SourceListRefusedError(f"{where}: 'settings' must be a mapping")


def _bodies(region: UUID) -> dict[str, Body]:
    by_id = {body.id: body for body in bodies_of(region)}
    codes = {state.iso3: state.id for state in states_of(region)}
    codes |= {body.key: body.id for body in institutions() if body.id in by_id}
    return {code: by_id[found] for code, found in codes.items()}


def _readers(
    told: Mapping[str, Any], region: UUID, bodies: Mapping[str, Body], analysts: set[str]
) -> list[UUID]:
    """The region's members and its analysts, or the bodies named alone."""
    if told["readers"] == "region":
        return [region, *sorted(bodies[key].id for key in analysts if key in bodies)]
    named = told["readers"] if isinstance(told["readers"], list) else [told["readers"]]
    if unknown := [code for code in named if code not in bodies]:
        raise SourceListRefusedError(f"{FILE}, {told['key']}: readers: nobody is called '{unknown[0]}'")
    return sorted(bodies[code].id for code in named)


def _keep(region: UUID, told: Mapping[str, Any], readers: list[UUID]) -> None:
    columns = {
        "name": str(told["name"]),
        "kind": told["kind"],
        "address": str(told["address"]),
        "settings": told.get("settings", {}),
        "licence": str(told["licence"]),
        "attribution": str(told.get("attribution", "")),
        "is_licensed": told["readers"] != "region",
        "readers": readers,
        "every_minutes": int(told.get("every_minutes", 60)),
    }
    found = SignalSource.objects.filter(region_id=region, key=told["key"]).first()
    if found is None:
        SignalSource.objects.create(
            region_id=region, key=told["key"], enabled=bool(told.get("enabled", False)), **columns
        )
        return
    if (found.kind, found.address) != (columns["kind"], columns["address"]):
        columns["cursor"] = {}
    SignalSource.objects.filter(pk=found.pk).update(**columns)
