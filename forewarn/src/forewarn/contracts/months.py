"""Calendar months as integers, so that time is arithmetic: 12 * year + month - 1."""

import re
from typing import NewType

Month = NewType("Month", int)

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def parse_month(text: str) -> Month:
    """Read ``YYYY-MM``; raise ValueError for anything else.

    >>> parse_month("2020-01") - parse_month("2019-12")
    1
    """
    match = _MONTH.fullmatch(text)
    if match is None:
        raise ValueError(f"not a month (YYYY-MM): {text!r}")
    return Month(12 * int(match[1]) + int(match[2]) - 1)


def format_month(month: Month) -> str:
    """Write a month as ``YYYY-MM``.

    >>> format_month(parse_month("2020-12"))
    '2020-12'
    """
    year, month_index = divmod(month, 12)
    return f"{year:04d}-{month_index + 1:02d}"
