"""Figures and codes of the outlook as words; a level describes, it never ranks."""

from collections.abc import Callable, Iterable
from math import floor, log10

from babel.lists import format_list
from django import template
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from rtopnet.portal.locales import locale_of, month_name, number, percent
from rtopnet.warning.forecasts.public import (
    LEVEL_FLOORS,
    Direction,
    FanPoint,
    Interval,
    Level,
    Outcome,
    OutcomeOutlook,
    RegionOutlook,
    SkillSummary,
    StateOutlook,
    StatePage,
    Verdict,
    months_after,
)

register = template.Library()

ROUNDED_FROM = 100
TWO_DIGITS = 2


def level_word(level: Level) -> str:
    """The level's name."""
    words = {
        Level.NONE: pgettext("level of expected violence", "Almost none"),
        Level.LOW: pgettext("level of expected violence", "Low"),
        Level.MODERATE: pgettext("level of expected violence", "Moderate"),
        Level.HIGH: pgettext("level of expected violence", "High"),
        Level.VERY_HIGH: pgettext("level of expected violence", "Very high"),
    }
    return words[level]


def level_range(level: Level) -> str:
    """How many expected deaths in three months make the level."""
    floors = [0.0, *LEVEL_FLOORS.values()]
    place = list(Level).index(level)
    low = number(int(floors[place]))
    if place == 0:
        return _("fewer than 1 expected death")
    if place + 1 == len(floors):
        return _("%(low)s expected deaths or more") % {"low": low}
    return _("%(low)s to %(high)s expected deaths") % {"low": low, "high": number(int(floors[place + 1]) - 1)}


def deaths(value: float) -> str:
    """An expected number as people say it: whole, two digits from a hundred up, "fewer than 1" near none.

    >>> deaths(0.3), deaths(1234.0)
    ('fewer than 1', '1,200')
    """
    if 0 < value < 0.5:  # noqa: PLR2004 -- what would round to none
        return _("fewer than 1")
    return number(_two_digits(value) if value >= ROUNDED_FROM else round(value))


def range_words(interval: Interval) -> str:
    """The range and how sure it is, to stand after the median."""
    return _("9 times in 10 between %(low)s and %(high)s") % {
        "low": number(round(interval.low)),
        "high": deaths(interval.high) if interval.high >= ROUNDED_FROM else number(round(interval.high)),
    }


def state_in_words(state: StateOutlook) -> str:
    """One state's outlook in one sentence, for those who don't see the map."""
    if not state.ever_recorded:
        return _("%(state)s: no death recorded since %(year)s") % {
            "state": state.name,
            "year": year(state.observed_since.year),
        }
    return _("%(state)s: %(level)s. Deaths expected in three months: about %(deaths)s (%(range)s)") % {
        "state": state.name,
        "level": level_word(state.level),
        "deaths": deaths(state.expected.median),
        "range": range_words(state.expected),
    }


def answer(page: StatePage) -> str:
    """What is expected in the state, in one sentence."""
    state = page.state
    if not state.ever_recorded:
        return _(
            "No death in organised violence has been recorded here since %(year)s, and almost none is "
            "expected."
        ) % {"year": year(state.observed_since.year)}
    months = {
        "first": month_name(months_after(page.origin, 1)),
        "last": month_name(months_after(page.origin, 3)),
    }
    said = _(
        "Deaths in organised violence expected from %(first)s to %(last)s: about %(deaths)s (%(range)s)."
    )
    return said % {
        **months,
        "deaths": deaths(state.expected.median),
        "range": range_words(state.expected),
    }


def what_to_see(outcome: OutcomeOutlook) -> str:
    """What an outcome's chart shows: the last twelve months against those before, and what is expected."""
    known = [month.deaths for month in outcome.history if month.deaths is not None]
    if not any(known):
        return _("No death of this type has been recorded.")
    year_before, last_year = sum(known[-24:-12]), sum(known[-12:])
    sentence = _("%(now)s deaths were recorded in the last twelve months, %(before)s in the twelve before.")
    said = sentence % {"now": number(last_year), "before": number(year_before)}
    if outcome.expected is None:
        return said
    expected = _("Expected in the next three months: about %(deaths)s (%(range)s).") % {
        "deaths": deaths(outcome.expected.median),
        "range": range_words(outcome.expected),
    }
    return f"{said} {expected}"


def chance(probability: float) -> str:
    """A probability in whole per cent; never none and never certain."""
    if probability < 0.005:  # noqa: PLR2004 -- what would round to none
        return _("under %(share)s") % {"share": percent(0.01)}
    if probability > 0.995:  # noqa: PLR2004 -- what would round to certain
        return _("over %(share)s") % {"share": percent(0.99)}
    return percent(probability)


def low_to_high(interval: Interval) -> str:
    """An interval's two ends."""
    return _span(interval.low, interval.high)


def half_range(point: FanPoint) -> str:
    """The range that should hold one in two outcomes."""
    return _span(point.low50, point.high50)


def nine_range(point: FanPoint) -> str:
    """The range that should hold nine in ten outcomes."""
    return _span(point.low90, point.high90)


def direction_word(state: StateOutlook) -> str:
    """How the expectation moved against the one made a month earlier."""
    words = {
        Direction.UP: pgettext("expected deaths", "Higher"),
        Direction.DOWN: pgettext("expected deaths", "Lower"),
        Direction.STEADY: pgettext("expected deaths", "About the same"),
        Direction.NEW: pgettext("expected deaths", "First outlook"),
    }
    return words[state.direction]


def changes(outlook: RegionOutlook) -> str:
    """What changed since last month, in one or two sentences; states in alphabetical order."""
    if all(state.direction is Direction.NEW for state in outlook.states):
        return _("This is the first outlook; from the next one on, changes stand here.")
    parts = [
        _said(outlook.risen, _more_expected),
        _said(outlook.fallen, _fewer_expected),
    ]
    said = " ".join(part for part in parts if part)
    if not said:
        return _("About as many deaths are expected in every state as a month ago.")
    elsewhere = _("Elsewhere about as many are expected as before.")
    return f"{said} {elsewhere}"


def names(values: Iterable[str]) -> str:
    """Names as a list that ends in "and", the reader's way."""
    return format_list(list(values), locale=locale_of(get_language() or "en"))


def year(value: int) -> str:
    """A year in the reader's digits, without a thousands separator."""
    return "".join(number(int(digit)) for digit in str(value))


def outcome_word(outcome: Outcome) -> str:
    """A type of violence by its short name."""
    words = {
        Outcome.ALL: _("All types together"),
        Outcome.STATE_BASED: _("Fighting that involves a state"),
        Outcome.NON_STATE: _("Fighting between groups"),
        Outcome.ONE_SIDED: _("Attacks on civilians"),
    }
    return words[outcome]


def outcome_meaning(outcome: Outcome) -> str:
    """What the source counts under a type of violence."""
    words = {
        Outcome.ALL: _("Deaths in the three types of organised violence that the source counts."),
        Outcome.STATE_BASED: _(
            "Deaths in armed fighting in which at least one side is the government of a state; civilians "
            "killed in the fighting are counted with it."
        ),
        Outcome.NON_STATE: _("Deaths in armed fighting between organised groups, none of them a government."),
        Outcome.ONE_SIDED: _(
            "Deaths of civilians whom a government or an organised group attacked on purpose."
        ),
    }
    return words[outcome]


def place_precision(code: int) -> str:
    """UCDP's ``where_prec``: how exactly the place of an event is known."""
    words = {
        1: _("exact place"),
        2: _("within about 25 km of the place"),
        3: _("somewhere in the district"),
        4: _("somewhere in the first-level region"),
        5: _("along a line or in an area, the place stands for it"),
        6: _("somewhere in the country"),
        7: _("at sea or in the air"),
    }
    return words.get(code, _("precision not stated"))


def date_precision(code: int) -> str:
    """UCDP's ``date_prec``: how exactly the day of an event is known."""
    words = {
        1: _("exact day"),
        2: _("within these two to six days"),
        3: _("some day of this week"),
        4: _("some day of this month"),
        5: _("some day of these months"),
    }
    return words.get(code, _("precision not stated"))


def model_word(name: str) -> str:
    """A model by what it does; one not known here keeps its own name."""
    words = {
        "analogues": _("half the state's own recent months, half what followed situations like its own"),
        "zeros": _("expecting no death anywhere"),
        "last-poisson": _("expecting each month to be like the last one"),
        "own-history-12": _("drawing at random from each state's own last 12 months"),
        "own-history-24": _("drawing at random from each state's own last 24 months"),
        "geomean-6": _("expecting the usual of the last 6 months"),
    }
    return words.get(name, name)


def skill_words(skill: SkillSummary) -> str:
    """How forecasts made this way did in past years, for a reader who knows no scores."""
    words: dict[Verdict, str] = {
        Verdict.BETTER: _(
            "From %(first)s to %(last)s, forecasts made this way came closer to what happened than a plain "
            "rule: their error was %(percent)s %% smaller."
        ),
        Verdict.SIMILAR: _(
            "From %(first)s to %(last)s, forecasts made this way came about as close to what happened as a "
            "plain rule; the difference is too small to tell from chance."
        ),
        Verdict.WORSE: _(
            "From %(first)s to %(last)s, forecasts made this way were further from what happened than a "
            "plain rule: their error was %(percent)s %% larger. Read them with that in mind."
        ),
    }
    return words[skill.verdict] % {
        "first": year(skill.first_year),
        "last": year(skill.last_year),
        "percent": number(abs(skill.percent_better)),
    }


def coverage_words(skill: SkillSummary) -> str:
    """How often the range held what happened, against how often it should."""
    return ngettext(
        "In %(inside)s of 100 cases the number that followed lay inside the range that should hold 90.",
        "In %(inside)s of 100 cases the number that followed lay inside the range that should hold 90.",
        skill.inside_of_100,
    ) % {"inside": number(skill.inside_of_100)}


def _span(low: float, high: float) -> str:
    return f"{number(round(low))}\N{EN DASH}{number(round(high))}"


def _said(states: tuple[StateOutlook, ...], say: Callable[[str], str]) -> str:
    return say(names(state.name for state in states)) if states else ""


def _more_expected(where: str) -> str:
    return _("More deaths are expected than a month ago in %(states)s.") % {"states": where}


def _fewer_expected(where: str) -> str:
    return _("Fewer are expected in %(states)s.") % {"states": where}


def _two_digits(value: float) -> int:
    return int(round(value, TWO_DIGITS - 1 - floor(log10(value))))


for word in (
    answer,
    chance,
    changes,
    coverage_words,
    date_precision,
    deaths,
    direction_word,
    half_range,
    level_range,
    level_word,
    low_to_high,
    model_word,
    names,
    nine_range,
    outcome_meaning,
    outcome_word,
    place_precision,
    range_words,
    skill_words,
    state_in_words,
    what_to_see,
    year,
):
    register.filter(word.__name__, word)


@register.simple_tag
def levels() -> list[Level]:
    """Every level from the lowest, for a legend."""
    return list(Level)
