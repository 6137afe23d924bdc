"""A small sound pack of two fictional states."""

import hashlib
import json
from pathlib import Path

REGION = """\
slug: twin-isles
kind: exercise
names: {en: Twin Isles, km: កោះភ្លោះ}
founded: 2020-02-29
working_language: en
time_zone: Etc/GMT+9
languages:
  - {code: en, name: English, numerals: latn, direction: ltr}
  - {code: km, name: ភាសាខ្មែរ, numerals: khmr, direction: ltr}
institutions:
  - {key: secretariat, kind: secretariat, names: {en: Secretariat}}
states:
  - iso3: XAA
    gw_id: 9001
    names: {en: Alden, km: អាល់ដិន}
    official_languages: [en]
    capital: Alden Quay
    centroid: {lat: 20, lon: -140}
    time_zones: [Etc/GMT+9]
    regions: [{name: North}, {name: South}]
  - iso3: XBB
    gw_id: 9002
    names: {en: Borrel}
    official_languages: [en]
    capital: Borrel Ford
    centroid: {lat: 22, lon: -138}
    time_zones: [Etc/GMT+9]
    member_since: {date: 2021-05-01, verified: day}
posts_of_every_state:
  - {kind: focal_point, title: {en: Focal point}}
posts:
  - {key: secretary, kind: secretariat, of: secretariat, title: {en: Secretariat}}
demo:
  sign_in: [xaa-focal-point, secretary]
"""

TABLE = "iso3,month,deaths\nXAA,2024-01,3\nXAA,2024-02,0\nXBB,2024-01,0\nXBB,2024-02,7\n"
REGION_TABLE = (
    "iso3,region,month,type,deaths,events\nXAA,North,2024-01,one_sided,3,1\nXAA,South,2024-02,non_state,0,1\n"
)
EVENTS = (
    "id,type_of_violence,where_prec,latitude,longitude,country_id,date_prec,date_start,date_end,best,low,high\n"
    "1,3,1,20.1,-140.2,9001,1,2024-01-03,2024-01-03 00:00:00.000,3,2,4\n"
    "2,1,4,22.0,-138.0,9002,4,2024-02-01,2024-02-29,7,7,7\n"
)

SOURCE = """\
  - file: {file}
    holds: {holds}
    name: Invented figures
    publisher: This project
    licence: CC0-1.0
    citations: [Invented]
    vintage: "1"
    derived_by: by hand
    derived_on: 2024-03-01
    sha256: {sha256}
    invented: true
"""
SPAN = "    span: {from: 2024-01, to: 2024-02}\n"


def square(west: float, south: float) -> list[list[float]]:
    return [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]


def collection(*features: tuple[dict[str, str], list[list[float]]]) -> str:
    lines = [
        json.dumps(
            {"type": "Feature", "properties": names, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
        for names, ring in features
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


BOUNDARIES = collection(({"iso3": "XAA"}, square(-140.5, 19.5)), ({"iso3": "XBB"}, square(-138.5, 21.5)))
LEVEL1 = collection(({"iso3": "XAA", "region": "North"}, square(-140.5, 19.5)))

DATA = {
    "boundaries.geojson": ("boundaries", BOUNDARIES),
    "boundaries_level1.geojson": ("boundaries_level1", LEVEL1),
    "starter/country_month_all.csv": ("country_month", TABLE),
    "starter/region_month.csv": ("region_month", REGION_TABLE),
    "events/GEDEvent_v24_1.csv": ("events", EVENTS),
}


def encoded(text: str) -> bytes:
    """UTF-8, but for surrogates, which stand for bytes that are not."""
    return text.encode("utf-8", errors="surrogateescape")


def sources_of(data: dict[str, tuple[str, str]]) -> str:
    text = "sources:\n"
    for file, (holds, content) in data.items():
        text += SOURCE.format(file=file, holds=holds, sha256=hashlib.sha256(encoded(content)).hexdigest())
        text += "    outcome: all\n" if holds == "country_month" else ""
        text += "" if holds.startswith("boundaries") else SPAN
    return text


def sound_files() -> dict[str, str]:
    files = {file: content for file, (_, content) in DATA.items()}
    return {"region.yaml": REGION, "sources.yaml": sources_of(DATA), **files}


def write_pack(folder: Path, files: dict[str, str]) -> Path:
    for file, content in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encoded(content))
    return folder


def line_with(text: str, fragment: str) -> int:
    """The line, counted from 1, on which a text first says something."""
    return text[: text.index(fragment)].count("\n") + 1
