"""Who is who, as the acting account may see it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import yaml
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from rtopnet.kernel.clock import now
from rtopnet.network.models import Account, Holding, Region, State
from rtopnet.network.region_pack import Source as PackSource
from rtopnet.network.region_pack import read_pack
from rtopnet.network.rules import name_in


@dataclass(frozen=True)
class RegionSummary:
    """A region as other rooms need it."""

    id: UUID
    slug: str
    names: dict[str, str]
    is_exercise: bool

    def name(self, language: str) -> str:
        """Its name in ``language``, or the nearest there is."""
        return name_in(self.names, language)


@dataclass(frozen=True)
class StateSummary:
    """A state as other rooms need it."""

    id: UUID
    iso3: str
    gw_id: int
    names: dict[str, str]

    def name(self, language: str) -> str:
        """Its name in ``language``, or the nearest there is."""
        return name_in(self.names, language)


@dataclass(frozen=True)
class Standing:
    """Who somebody is in the network, for the head of a page."""

    account_id: UUID
    name: str
    region: RegionSummary
    posts: tuple[dict[str, str], ...]
    state: StateSummary | None


class NoPostHeldError(PermissionDenied):
    """The account holds no post now, and with that nothing of its region is in sight."""


def held_at(instant: datetime) -> Q:
    """The condition on a holding that it counts at ``instant``; one that ends later still does."""
    return Q(starts_at__lte=instant) & (Q(ends_at__isnull=True) | Q(ends_at__gt=instant))


def region_of(account: Account) -> RegionSummary:
    """The account's region.

    Raises:
        NoPostHeldError: it holds no post now.
    """
    return _region_summary(_region_in_sight(account))


def _region_in_sight(account: Account) -> Region:
    region = Region.objects.filter(pk=account.region_id).first()
    if region is None:
        raise NoPostHeldError
    return region


def region_zone(account: Account) -> str:
    """The time zone of the account's region.

    Raises:
        NoPostHeldError: it holds no post now.
    """
    return _region_in_sight(account).time_zone


def region_by_slug(slug: str) -> RegionSummary | None:
    """The region of that slug, where the acting account or capacity may see it."""
    region = Region.objects.filter(slug=slug).first()
    return _region_summary(region) if region else None


def regions() -> list[RegionSummary]:
    """Every region in sight, by slug."""
    return [_region_summary(region) for region in Region.objects.order_by("slug")]


def states_of(region_id: UUID) -> list[StateSummary]:
    """The region's states, by code."""
    return [_state_summary(state) for state in State.objects.filter(region_id=region_id).order_by("iso3")]


def standing_of(account: Account) -> Standing:
    """The account's region, the posts it holds now, and the state it acts for.

    Raises:
        NoPostHeldError: it holds none.
    """
    held = (
        Holding.objects.filter(held_at(now()), account_id=account.pk)
        .select_related("post__state", "region")
        .order_by("post__key")
    )
    posts = list(held)
    region = posts[0].region if posts else _region_in_sight(account)
    states = [holding.post.state for holding in posts if holding.post.state]
    return Standing(
        account_id=account.pk,
        name=account.name,
        region=_region_summary(region),
        posts=tuple(holding.post.titles for holding in posts),
        state=_state_summary(states[0]) if states else None,
    )


def _region_summary(region: Region) -> RegionSummary:
    return RegionSummary(region.pk, region.slug, region.names, region.kind == "exercise")


def _state_summary(state: State) -> StateSummary:
    return StateSummary(state.pk, state.iso3, state.gw_id, state.names)


def loaded_pack_sha256(slug: str) -> str | None:
    """The hash of the pack that the region was last loaded from, if it is loaded."""
    return Region.objects.filter(slug=slug).values_list("pack_sha256", flat=True).first()


def pack_folders() -> list[Path]:
    """Folders of the region packs this installation carries, by name."""
    return sorted(file.parent for file in settings.REGION_FOLDER.glob("*/region.yaml"))


def sources_of_pack(slug: str) -> tuple[PackSource, ...]:
    """Where the data files of a region's pack come from; nothing where the region has no pack here.

    Raises:
        PackRefusedError: the pack has faults.
    """
    folder = settings.REGION_FOLDER / slug
    return read_pack(folder).sources if folder.is_dir() else ()


def pack_documents(slug: str) -> dict[str, str]:
    """The layouts of documents that a region's pack brings, by the names of their files without an ending."""
    files = sorted((settings.REGION_FOLDER / slug / "documents").glob("*.typ"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def state_points(slug: str) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of a point inside each state, by code, where the region has a pack here."""
    file = settings.REGION_FOLDER / slug / "region.yaml"
    if not file.is_file():
        return {}
    states = yaml.safe_load(file.read_text(encoding="utf-8"))["states"]
    return {one["iso3"]: (one["centroid"]["lat"], one["centroid"]["lon"]) for one in states}


def boundaries_of(slug: str) -> Path | None:
    """The file with the outlines of a region's states, if its pack has one."""
    file = settings.REGION_FOLDER / slug / "boundaries.geojson"
    return file if file.is_file() else None


def framework_file_of(slug: str) -> Path | None:
    """The file with a region's own wording of the Framework of Analysis, if its pack has one."""
    file = settings.REGION_FOLDER / slug / "framework.yaml"
    return file if file.is_file() else None


def first_level_boundaries_of(slug: str) -> Path | None:
    """The file with the first-level regions of a region's states, outlines and names, if there is one."""
    file = settings.REGION_FOLDER / slug / "boundaries_level1.geojson"
    return file if file.is_file() else None
