"""What may come in over the API, and the marks by which a reader goes on from page to page."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from cryptography.fernet import InvalidToken
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from rtopnet.kernel.ciphers import cipher_for
from rtopnet.kernel.errors import RuleBrokenError

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
NOT_OURS = "This mark is not one that the page before gave."
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
"""Far enough for any of our purposes, and near enough that no time zone leads out of the calendar."""


class MarkNotOursError(RuleBrokenError):
    """The mark of a page was not given out by us to this reader."""


class Incoming(Schema):
    """What a caller sends; a field that we don't know is refused rather than passed over."""

    model_config = ConfigDict(extra="forbid")


def _without_controls(value: str) -> str:
    if any(ord(character) < ord(" ") or ord(character) == 0x7F for character in value):  # noqa: PLR2004
        raise ValueError("must be one line without control characters")
    if not value.strip():
        raise ValueError("must not be blank")
    return value


def _without_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("must not contain the character NUL")
    return value


def _as_rfc3339(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError("must be a date and time with its offset, as in 2030-01-31T09:00:00+07:00")
    return value


def _in_our_times(value: datetime) -> datetime:
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise ValueError(f"must lie between the years {EARLIEST_YEAR} and {LATEST_YEAR}")
    return value


Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_without_controls)]
"""A title or a name."""
Words = Annotated[str, Field(max_length=200_000), AfterValidator(_without_nul)]
"""As much as a report says."""
ShortWords = Annotated[str, Field(max_length=5_000), AfterValidator(_without_nul)]
"""A reason or an answer."""
Instant = Annotated[datetime, BeforeValidator(_as_rfc3339), AfterValidator(_in_our_times)]
"""An instant; without its offset nobody knows which one is meant."""
Mark = Annotated[str, Field(max_length=500)]
"""Where the next page begins, as the last one said."""


class PageIn(Schema):
    """Which page of a list."""

    size: int = Field(50, ge=1, le=200, description="How many at most.")
    after: Mark | None = Field(None, description="What the page before gave as `next`.")


def page_mark(reader: object, listed: str, place: Sequence[str]) -> str:
    """A mark in the list ``listed`` that says nothing to whoever holds it and works for ``reader`` alone."""
    text = json.dumps([str(reader), listed, *place])
    return cipher_for("page marks").encrypt(text.encode()).decode()


def place_of(mark: str, reader: object, listed: str) -> list[str]:
    """The place in the list that ``reader`` was given this mark for.

    Raises:
        MarkNotOursError: it was made by others, for others, or for another list.
    """
    try:
        whose, where, *place = json.loads(cipher_for("page marks").decrypt(mark.encode()))
    except InvalidToken:
        raise MarkNotOursError(NOT_OURS) from None
    if (whose, where) != (str(reader), listed):
        raise MarkNotOursError(NOT_OURS)
    return [str(word) for word in place]
