"""Reads and checks a whole pack; knows the order in which its files depend on each other."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from rtopnet.network.region_pack import (
    boundaries,
    documents,
    holidays_file,
    records_file,
    region_file,
    sources_file,
)
from rtopnet.network.region_pack.faults import Fault, FaultBook, PackRefusedError
from rtopnet.network.region_pack.folder import Folder, open_folder
from rtopnet.network.region_pack.pack import Holidays, Region, RegionPack, Source
from rtopnet.network.region_pack.story import StoryRecord
from rtopnet.network.region_pack.tables import check_table


class _Reading(NamedTuple):
    region: Region | None
    sources: tuple[Source, ...]
    folder: Folder | None
    story: tuple[StoryRecord, ...] = ()
    holidays: Holidays | None = None


def check_pack(folder: Path) -> list[Fault]:
    """Every fault of a pack, by file and line; none for a sound one.

    Never raises for what the folder holds: whatever cannot be read is a fault.
    """
    faults = FaultBook()
    _read(folder, faults)
    return faults.sorted()


def read_pack(folder: Path) -> RegionPack:
    """The pack a folder holds.

    Raises:
        PackRefusedError: it has faults; the error carries all of them and its text names the first.
    """
    faults = FaultBook()
    region, sources, listed, story, holidays = _read(folder, faults)
    if faults or region is None or listed is None:
        raise PackRefusedError(folder.name, faults.sorted())
    return RegionPack(
        folder=folder,
        region=region,
        sources=sources,
        catalogues=_catalogues(listed),
        sha256=_sha256(listed),
        story=story,
        holidays=holidays,
    )


def read_region(folder: Path) -> Region:
    """Only what region.yaml says, for tools that derive the pack's other files from it.

    Raises:
        PackRefusedError: region.yaml has faults.
    """
    faults = FaultBook()
    listed = open_folder(folder, faults)
    region = _region(listed, faults) if listed else None
    in_region = [fault for fault in faults.sorted() if fault.file in {".", region_file.FILE}]
    if in_region or region is None:
        raise PackRefusedError(folder.name, in_region)
    return region


def _read(root: Path, faults: FaultBook) -> _Reading:
    folder = open_folder(root, faults)
    if folder is None:
        return _Reading(None, (), None)
    region = _region(folder, faults)
    sources = _sources(folder, region, faults)
    if region is not None:
        _check_data(folder, region, sources, faults)
        _check_catalogues(folder, region, faults)
    story = _story(folder, region, faults) if region is not None else ()
    holidays = _holidays(folder, region, faults) if region is not None else None
    return _Reading(region, sources, folder, story, holidays)


def _region(folder: Folder, faults: FaultBook) -> Region | None:
    text = folder.text(region_file.FILE)
    node = None if text is None else documents.compose(text, file=region_file.FILE, faults=faults)
    return None if node is None else region_file.region_from(node, faults)


def _sources(folder: Folder, region: Region | None, faults: FaultBook) -> tuple[Source, ...]:
    text = folder.text(sources_file.FILE)
    node = None if text is None else documents.compose(text, file=sources_file.FILE, faults=faults)
    if node is None:
        return ()
    kind = region.kind if region else ""
    return sources_file.sources_from(node, kind=kind, folder=folder, faults=faults)


def _story(folder: Folder, region: Region, faults: FaultBook) -> tuple[StoryRecord, ...]:
    text = folder.text(records_file.FILE)
    node = None if text is None else documents.compose(text, file=records_file.FILE, faults=faults)
    return () if node is None else records_file.records_from(node, region=region, faults=faults)


def _holidays(folder: Folder, region: Region, faults: FaultBook) -> Holidays | None:
    text = folder.text(holidays_file.FILE)
    node = None if text is None else documents.compose(text, file=holidays_file.FILE, faults=faults)
    return None if node is None else holidays_file.holidays_from(node, region=region, faults=faults)


def _check_data(folder: Folder, region: Region, sources: tuple[Source, ...], faults: FaultBook) -> None:
    for source in sources:
        if source.file.endswith(".csv") and (text := folder.text(source.file)) is not None:
            check_table(text, source, region, faults)
    for file, check in (
        ("boundaries.geojson", boundaries.check_boundaries),
        ("boundaries_level1.geojson", boundaries.check_level1),
    ):
        if (text := folder.text(file)) is not None:
            check(text, file=file, region=region, faults=faults)


def _check_catalogues(folder: Folder, region: Region, faults: FaultBook) -> None:
    """Catalogues lie under Django's locale name, which writes zh-Hans as zh_Hans."""
    codes = {*(language.code for language in region.languages), *region.document_languages}
    offered = {code.replace("-", "_") for code in codes}
    for file in sorted(folder.sizes):
        if not file.startswith("locale/"):
            continue
        if file.split("/")[1] not in offered:
            faults.note(file, 1, "is a catalogue of a language that region.yaml does not offer")
        elif file.endswith(".po"):
            folder.text(file)


def _catalogues(folder: Folder) -> tuple[str, ...]:
    return tuple(
        file.split("/")[1].replace("_", "-") for file in sorted(folder.sizes) if file.endswith("/django.po")
    )


def _sha256(folder: Folder) -> str:
    """One hash for the whole pack: of its files' names and hashes in order of their names."""
    lines = [f"{folder.sha256(file)}  {file}\n" for file in sorted(folder.sizes) if not file.endswith(".mo")]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
