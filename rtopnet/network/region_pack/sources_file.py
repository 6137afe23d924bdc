"""Reads sources.yaml: for each data file of the pack, where it comes from and under which licence."""

import re
from typing import cast

from yaml.nodes import Node

from rtopnet.network.region_pack import vocabulary
from rtopnet.network.region_pack.entries import Entry
from rtopnet.network.region_pack.faults import FaultBook, quoted
from rtopnet.network.region_pack.folder import Folder
from rtopnet.network.region_pack.pack import Holding, Source

FILE = "sources.yaml"
MONTH = re.compile(r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FOLDERS = {
    "country_month": "starter/",
    "region_month": "starter/",
    "events": "events/",
    "crosswalk": "crosswalks/",
    "boundaries": "boundaries.geojson",
    "boundaries_level1": "boundaries_level1.geojson",
}
_WITHOUT_SPAN = ("boundaries", "boundaries_level1", "crosswalk")


def sources_from(node: Node, *, kind: str, folder: Folder, faults: FaultBook) -> tuple[Source, ...]:
    """The sources a document lists, held against the files that are there."""
    entry = Entry(node, what="the file", file=FILE, faults=faults)
    sources = tuple(_source(each, kind, folder) for each in entry.entries("sources", what="source"))
    entry.close()
    faults.note_twice(
        FILE, ((source.line, f"file {quoted(source.file)}") for source in sources if source.file)
    )
    _all_accounted_for(sources, folder, faults)
    return sources


def _source(entry: Entry, kind: str, folder: Folder) -> Source:
    holds = entry.choice("holds", vocabulary.HOLDINGS)
    derived_on = entry.day("derived_on")
    source = Source(
        file=_file(entry, holds, folder),
        holds=cast("Holding", holds),
        outcome=entry.choice("outcome", vocabulary.OUTCOMES, required=holds == "country_month"),
        name=entry.text("name"),
        publisher=entry.text("publisher"),
        licence=entry.text("licence"),
        citations=entry.texts("citations"),
        vintage=entry.text("vintage"),
        span=_span(entry, required=holds not in _WITHOUT_SPAN),
        derived_by=entry.text("derived_by"),
        derived_on=derived_on,
        sha256=entry.text("sha256", form=_SHA256),
        invented=entry.boolean("invented"),
        replay=entry.has("replay") and entry.boolean("replay"),
        note=entry.text("note", required=False),
        line=entry.line,
    )
    entry.close()
    _same_content(entry, source, folder)
    _invented_where_it_may_be(entry, source, kind)
    return source


def _file(entry: Entry, holds: str, folder: Folder) -> str:
    file = entry.text("file")
    if not file:
        return ""
    if file.startswith("/") or "\\" in file or ".." in file.split("/"):
        entry.fault(f"file {quoted(file)} leaves the pack's folder", key="file")
        return ""
    if file not in folder.sizes:
        entry.fault(
            f"file {quoted(file)} is not in the pack, or cannot be read",
            key="file",
            near=(file, folder.data_files),
        )
        return ""
    if holds and not file.startswith(_FOLDERS[holds]):
        entry.fault(f"file {quoted(file)} holds {holds}, so it must be {_FOLDERS[holds]}", key="file")
    return file


def _span(entry: Entry, *, required: bool) -> tuple[str, str] | None:
    span = entry.entry("span", required=required)
    if span is None:
        return None
    first, last = span.text("from", form=MONTH), span.text("to", form=MONTH)
    span.close()
    if first and last and first > last:
        span.fault(f"span ends in {last}, before it begins in {first}")
    return first, last


def _same_content(entry: Entry, source: Source, folder: Folder) -> None:
    actual = folder.sha256(source.file) if source.file and source.sha256 else ""
    if actual and actual != source.sha256:
        entry.fault(f"sha256 of {source.file} is {actual}; write that if the change is meant", key="sha256")


def _invented_where_it_may_be(entry: Entry, source: Source, kind: str) -> None:
    if source.replay:
        _replayed_where_it_may_be(entry, source, kind)
    elif kind == "real" and source.invented:
        entry.fault("a region of real states holds nothing invented", key="invented")
    elif kind == "exercise" and not source.invented:
        entry.fault(f"{quoted(source.file)} of an exercise must be marked invented: true", key="invented")


def _replayed_where_it_may_be(entry: Entry, source: Source, kind: str) -> None:
    """Real figures may stand under a fictional state's name, where it is said what they are."""
    if kind != "exercise":
        entry.fault("a region of real states replays nothing under another name", key="replay")
    if source.invented or not source.note:
        entry.fault("what is replayed is not invented, and a note says how it was moved", key="replay")


def _all_accounted_for(sources: tuple[Source, ...], folder: Folder, faults: FaultBook) -> None:
    listed = {source.file for source in sources}
    for file in folder.data_files:
        if file not in listed:
            faults.note(file, 1, f"has no entry in {FILE}, which must say its source and licence")
