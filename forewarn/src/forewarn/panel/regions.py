"""The names that releases give to a first-level region, and the one we give it; kept as data."""

import re
from functools import cache
from importlib.resources import files

import polars as pl

# Words that say what kind of unit a region is; releases differ in them ("Bago division", "Bago region").
_KINDS = (
    "autonomous region|capital district|federal district|union territory|administrative unit|"
    "state|states|region|division|province|district|governorate|department|oblast|county|prefecture|"
    "municipality|territory|canton|wilaya|emirate|regency"
)
_KIND_AT_END = re.compile(rf"\s+(?:{_KINDS})$", re.IGNORECASE)


@cache
def _crosswalk() -> pl.DataFrame:
    with files("forewarn.panel").joinpath("crosswalks", "regions.csv").open("rb") as file:
        return pl.read_csv(file.read())


@cache
def regions_of(iso3: str) -> tuple[str, ...]:
    """All first-level regions of a country as the crosswalk lists them; none where it does not."""
    return tuple(_crosswalk().filter(pl.col("iso3") == iso3)["region"].unique().sort())


@cache
def _region_names() -> dict[tuple[str, str], str]:
    rows = _crosswalk().select("iso3", "name", "region").iter_rows()
    return {(iso3, name.lower()): region for iso3, name, region in rows}


def region_name(iso3: str, adm_1: str) -> str:
    """One name for a first-level region, whatever a release calls it.

    >>> region_name("MMR", "Karen state"), region_name("XAA", "Upper province")
    ('Kayin', 'Upper')
    """
    bare = _KIND_AT_END.sub("", adm_1.strip()) or adm_1.strip()
    return _region_names().get((iso3, bare.lower()), bare)
