"""Country numbers of Gleditsch and Ward, which UCDP uses, and ISO3 codes; kept as data with its sources."""

from functools import cache
from importlib.resources import files

import polars as pl


@cache
def iso3_by_number() -> dict[int, str]:
    """ISO3 codes by country number.

    Several numbers can share a code (Yemen 678 and 679): their events count together.
    """
    with files("forewarn.ingest").joinpath("crosswalks", "countries.csv").open("rb") as file:
        table = pl.read_csv(file.read())
    return dict(table.select("gw", "iso3").iter_rows())


def country_unit(number: int) -> str:
    """What a country number is called: its ISO3 code, or ``GW`` and the number where it has none.

    >>> country_unit(775), country_unit(999)
    ('MMR', 'GW999')
    """
    return iso3_by_number().get(number, f"GW{number}")


def numbers_of(country: str) -> list[int]:
    """The country numbers that are called so; the inverse of ``country_unit``."""
    numbers = [number for number, iso3 in iso3_by_number().items() if iso3 == country]
    digits = country.removeprefix("GW")
    return numbers or ([int(digits)] if digits.isdigit() else [])
