"""Dates and figures as the reader's language writes them (CLDR, by Babel)."""

from datetime import date, datetime, time, timedelta
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta
from babel.numbers import format_decimal, format_percent
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

Number = int | float
WHOLE_FROM = 10
KIB = 1024

NATIVE_DIGITS = {"khmr": "០១២៣៤៥៦៧៨៩", "laoo": "໐໑໒໓໔໕໖໗໘໙", "mymr": "၀၁၂၃၄၅၆၇၈၉", "thai": "๐๑๒๓๔๕๖๗๘๙"}
"""Digits of the numbering systems that region packs may choose, by their Unicode names."""


WRITTEN_AS = {"en": "en-GB"}
"""English without a country is written with the day before the month, as the United Nations do."""


@cache
def locale_of(language: str) -> Locale:
    """Babel's locale of a language code; English where it knows none."""
    language = WRITTEN_AS.get(language, language)
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en-GB", sep="-")


def numerals_of(language: str) -> str:
    """The numbering system that the reader's language is written with here."""
    numerals: dict[str, str] = settings.LANGUAGE_NUMERALS
    return numerals.get(language.split("-", 1)[0], "latn")


def number(value: Number) -> str:
    """``1,234`` or ``0.7``: whole from ten up, one decimal below."""
    is_whole = abs(value) >= WHOLE_FROM or value == int(value)
    return _in_digits(format_decimal(value, format="#,##0" if is_whole else "#,##0.0", locale=_locale()))


def exact(value: Number) -> str:
    """``0.863``: three digits behind the point, as scores are told apart by them."""
    return _in_digits(format_decimal(value, format="#,##0.000", locale=_locale()))


def file_size(size: int) -> str:
    """Bytes as people count them: ``12 KiB``, ``3.4 MiB``."""
    if size < KIB:
        return ngettext("%(size)s byte", "%(size)s bytes", size) % {"size": number(size)}
    if size < KIB * KIB:
        return gettext("%(size)s KiB") % {"size": number(size / KIB)}
    return gettext("%(size)s MiB") % {"size": number(size / KIB / KIB)}


def percent(share: Number) -> str:
    """A share of one as per cent, whole."""
    return _in_digits(format_percent(share, format="#,##0%", locale=_locale()))


def day(value: date) -> str:
    """``3 March 2026``."""
    return _in_digits(format_date(value, format="long", locale=_locale()))


def moment(value: datetime) -> str:
    """``3 March 2026, 14:05 UTC+7``, in the time zone it carries."""
    time = format_datetime(value, "HH:mm", locale=_locale())
    return _in_digits(f"{format_date(value, format='long', locale=_locale())}, {time} {_zone(value)}")


def local_moment(value: datetime) -> str:
    """An instant in the reader's time zone, which the request has made the current one."""
    return moment(timezone.localtime(value))


def clock_time(value: datetime | time) -> str:
    """``14:05``, in the time zone it carries."""
    return _in_digits(f"{value:%H:%M}")


def weekday(number: int) -> str:
    """``Mon`` for 0 and so on."""
    return str(_locale().days["stand-alone"]["abbreviated"][number])


def span(value: timedelta) -> str:
    """``42 minutes``; from two hours on ``3 hours``, from two days on ``4 days``."""
    return _in_digits(format_timedelta(value, granularity="minute", threshold=2, locale=_locale()))


def month_name(value: date) -> str:
    """``March 2026``."""
    return _in_digits(format_skeleton("yMMMM", value, locale=_locale()))


def short_month(value: date) -> str:
    """``Mar 2026``, for axes."""
    return _in_digits(format_skeleton("yMMM", value, locale=_locale()))


def _zone(value: datetime) -> str:
    minutes = int((value.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def _locale() -> Locale:
    return locale_of(get_language() or "en")


def _in_digits(text: str) -> str:
    native = NATIVE_DIGITS.get(numerals_of(get_language() or "en"))
    return text.translate(str.maketrans("0123456789", native)) if native else text
