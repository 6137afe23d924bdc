"""Reads a GeoJSON feature collection feature by feature, so that each is known by its line."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from rtopnet.network.region_pack.faults import FaultBook, quoted

_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True)
class Feature:
    """One feature: its line, counted from 1, its properties, and its geometry as it stood."""

    line: int
    properties: Mapping[str, Any]
    geometry: Any


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def features(text: str, *, file: str, faults: FaultBook) -> list[Feature]:
    """The features of a collection; a fault and none of them for anything else."""
    try:
        document = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        faults.note(file, error.lineno, f"not JSON: {error.msg}")
        return []
    except (ValueError, RecursionError) as error:
        faults.note(file, 1, f"not JSON: {error}")
        return []
    problem = _collection_problem(document)
    if problem:
        faults.note(file, 1, problem)
        return []
    return list(_features(document["features"], text, file, faults))


def _collection_problem(document: object) -> str:
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        return 'must be a GeoJSON object of type "FeatureCollection"'
    if not isinstance(document.get("features"), list):
        return 'lacks its list of "features"'
    if "crs" in document:
        return "names a coordinate reference system; RFC 7946 knows only WGS 84 and no crs"
    return ""


def _features(found: list[Any], text: str, file: str, faults: FaultBook) -> Iterator[Feature]:
    for feature, line in zip(found, _lines(text, len(found)), strict=True):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            faults.note(file, line, f"must be a Feature, not {quoted(feature)}")
        elif not isinstance(feature.get("properties"), dict):
            faults.note(file, line, "feature lacks its properties")
        else:
            yield Feature(line, feature["properties"], feature.get("geometry"))


def _lines(text: str, count: int) -> list[int]:
    """On which line each feature begins; the text is known to be sound JSON."""
    position = _features_at(text)
    lines, line, counted_to = [], 1, 0
    for _ in range(count):
        position = _past_space(text, position + 1)
        line, counted_to = line + text.count("\n", counted_to, position), position
        lines.append(line)
        _, position = _DECODER.raw_decode(text, position)
        position = _past_space(text, position)
    return lines


def _features_at(text: str) -> int:
    """Where the bracket of the last "features" of the outermost object stands (the last one counts)."""
    found, position = 0, _past_space(text, 0)
    while text[position] != "}":
        position = _past_space(text, position + 1)
        if text[position] == "}":
            break
        key, position = _DECODER.raw_decode(text, position)
        start = _past_space(text, _past_space(text, position) + 1)
        found = start if key == "features" else found
        _, position = _DECODER.raw_decode(text, start)
        position = _past_space(text, position)
    return found


def _past_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
