"""What a release's version says: which months it covers, and which release prevails over which."""

import re
from dataclasses import dataclass
from pathlib import Path

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import Month, parse_month

# File names as published and as commonly kept: GEDEvent_v23_1.csv, ged231-csv.zip, GEDEvent_v26_0_8.csv,
# GEDEvent_v26_01_26_06.csv, ucdp_ged231_....csv
_DOTTED_NAME = re.compile(r"v_?(\d{2})[._](\d{1,2})(?:[._](\d{1,2}))?(?:[._](\d{1,2}))?(?!\d)", re.IGNORECASE)
_SHORT_NAME = re.compile(r"ged_?(\d{2})(\d)(?!\d)", re.IGNORECASE)
_VERSION = re.compile(r"(\d{2})\.(\d{1,2})(?:\.(\d{1,2})(?:\.(\d{1,2}))?)?")
_FINAL_PART = 1
_ROLLING_PART = 9
_MONTHS = 12
_CUMULATIVE_PARTS = 4
_FIRST_VERSION = 17
# A final release appears in May or June; of a candidate that appeared before it nothing newer is known.
_FINAL_APPEARS = 6

FINAL, ROLLING, CANDIDATE = 2, 1, 0


@dataclass(frozen=True)
class Version:
    """A GED version: ``23.1`` final, ``26.0.8`` a month, ``26.01.26.06`` several, ``26.9.8`` thirteen months.

    Attributes:
        text: as published.
        tier: FINAL prevails over ROLLING over CANDIDATE.
        months: the first and last month a candidate speaks of; None for a final release, which speaks of all
            the months it holds.
        appeared: year and month of publication, by the publisher's habit.
    """

    text: str
    tier: int
    months: tuple[Month, Month] | None
    appeared: tuple[int, int]

    @property
    def rank(self) -> tuple[int, ...]:
        """Sorts releases; the higher prevails."""
        return (self.tier, *self.appeared)


def parse_version(text: str) -> Version:
    """Read a version as published; UnusableInputError for anything that is none."""
    match = _VERSION.fullmatch(text.strip())
    if match is None or int(match[1]) < _FIRST_VERSION:
        raise UnusableInputError(f"not a UCDP GED version from 17.1 on: {text!r} (such as 23.1 or 26.0.8)")
    parts = [int(part) for part in match.groups() if part is not None]
    year = 2000 + parts[0]
    if len(parts) == 2 and parts[1] == _FINAL_PART:  # noqa: PLR2004 -- YY.1
        return Version(text.strip(), FINAL, None, (year, _FINAL_APPEARS))
    if len(parts) == _CUMULATIVE_PARTS:
        return _candidate(
            text.strip(), CANDIDATE, _month(text, year, parts[1]), _month(text, 2000 + parts[2], parts[3])
        )
    if len(parts) == 3 and parts[1] == 0:  # noqa: PLR2004 -- YY.0.M
        return _candidate(text.strip(), CANDIDATE, _month(text, year, parts[2]), _month(text, year, parts[2]))
    if len(parts) == 3 and parts[1] == _ROLLING_PART:  # noqa: PLR2004 -- YY.9.M, thirteen months
        last = _month(text, year, parts[2])
        return _candidate(text.strip(), ROLLING, Month(last - _MONTHS), last)
    raise UnusableInputError(f"not a UCDP GED version: {text!r} (such as 23.1, 26.0.8 or 26.01.26.06)")


def _month(text: str, year: int, month: int) -> Month:
    try:
        return parse_month(f"{year}-{month:02d}")
    except ValueError as error:
        raise UnusableInputError(f"not a UCDP GED version: {text!r} ({error})") from error


def _candidate(text: str, tier: int, first: Month, last: Month) -> Version:
    year, month_index = divmod(last + 1, _MONTHS)  # candidates appear in the month after the last they cover
    return Version(text, tier, (first, last), (year, month_index + 1))


def version_from_name(path: Path) -> str:
    """The version that a file's name states; UnusableInputError where it states none."""
    if match := _DOTTED_NAME.search(path.name):
        return ".".join(part for part in match.groups() if part is not None)
    if match := _SHORT_NAME.search(path.name):
        return f"{match[1]}.{match[2]}"
    raise UnusableInputError(
        f"{path}: the file's name does not state a version; add --version, such as --version 23.1"
    )
