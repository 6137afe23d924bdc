"""Arguments that several commands take: months, lists of months, steps."""

import re

import click

from forewarn.contracts.months import Month, parse_month


class MonthType(click.ParamType[Month]):
    """One month, ``YYYY-MM``."""

    name = "YYYY-MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            return parse_month(str(value).strip())
        except ValueError as error:
            self.fail(str(error), param, ctx)


class MonthsType(click.ParamType[tuple[Month, ...]]):
    """Months separated by commas: ``2017-10,2018-10``."""

    name = "YYYY-MM,…"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Month, ...]:
        return tuple(MonthType().convert(each, param, ctx) for each in str(value).split(","))


class MonthSpanType(click.ParamType[tuple[Month, Month]]):
    """A first and a last month: ``2006-01:2015-09``."""

    name = "YYYY-MM:YYYY-MM"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Month, Month]:
        first, colon, last = str(value).partition(":")
        if not colon:
            self.fail(f"not a first and a last month such as 2006-01:2015-09: {value!r}", param, ctx)
        return MonthType().convert(first, param, ctx), MonthType().convert(last, param, ctx)


class YearsType(click.ParamType[tuple[int, int]]):
    """A first and a last year: ``1994-2009``; or one year."""

    name = "YYYY-YYYY"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", str(value).strip())
        if match is None:
            self.fail(f"not years such as 1994-2009: {value!r}", param, ctx)
        return int(match[1]), int(match[2] or match[1])


class StepsType(click.ParamType[tuple[int, ...]]):
    """Months ahead: ``1-36``, ``3-14``, ``1,3,6`` or a mixture such as ``1-3,6``."""

    name = "STEPS"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        steps: set[int] = set()
        for part in str(value).split(","):
            first, dash, last = part.strip().partition("-")
            if not first.isdecimal() or (dash and not last.isdecimal()):
                self.fail(f"not steps such as 1-36 or 1,3,6: {value!r}", param, ctx)
            span = range(int(first), int(last or first) + 1) if len(part) < 10 else range(0)  # noqa: PLR2004
            if not span:
                self.fail(f"not steps such as 1-36 or 1,3,6: {value!r}", param, ctx)
            steps.update(span)
        return tuple(sorted(steps))


def names(text: str | None) -> tuple[str, ...] | None:
    """Model names separated by commas; None where none were given.

    >>> names("zeros, geomean-6")
    ('zeros', 'geomean-6')
    """
    return None if text is None else tuple(part.strip() for part in text.split(",") if part.strip()) or None
