"""An explanation in plain sentences, for the command line."""

from collections.abc import Iterator
from math import exp

from forewarn.contracts.explanations import Change, Driver, Drivers, Explanation
from forewarn.contracts.months import format_month
from forewarn.explain.wording import driver_words

_DRIVERS_SHOWN = 6
_EVENTS_SHOWN = 5
_MONTHS_SHOWN = 12


def explained(explanation: Explanation, change: Change | None = None) -> str:
    """The explanation of one unit's forecast; ends with an empty line."""
    parts = [_drivers, _months, _nearest, _alternatives, _events]
    lines = [line for part in parts for line in part(explanation)]
    if change is not None:
        lines += _since(change, explanation)
    return "\n".join([*lines, ""])


def _drivers(explanation: Explanation) -> Iterator[str]:
    said, origin = _amount(explanation.output, explanation), format_month(explanation.origin)
    yield f"{explanation.unit}: {said}, from data to {origin}, by {explanation.model}"
    drivers = explanation.drivers
    yield f"  What moves it, from a usual {_usual(drivers)}:"
    for driver in drivers.drivers[:_DRIVERS_SHOWN]:
        yield f"    {_moved(driver, drivers)}  {driver_words(driver.name)}"
    left = sum(driver.contribution for driver in drivers.drivers[_DRIVERS_SHOWN:])
    if left:
        yield f"    {_moved(Driver('', left), drivers)}  all else together"


def _months(explanation: Explanation) -> Iterator[str]:
    if explanation.months:
        shown = explanation.months[:_MONTHS_SHOWN]
        yield "  Months drawn from, the newest first, with their share:"
        yield "    " + ", ".join(f"{format_month(m.month)} {m.deaths:,.0f} ({m.weight:.1%})" for m in shown)


def _nearest(explanation: Explanation) -> Iterator[str]:
    if explanation.nearest:
        yield "  Most alike, and what followed:"
    for situation in explanation.nearest:
        followed = ", ".join("unknown" if each is None else f"{each:,.0f}" for each in situation.followed)
        month = format_month(situation.month)
        yield f"    {situation.unit} {month}, distance {situation.distance:.2f}: then {followed}"


def _alternatives(explanation: Explanation) -> Iterator[str]:
    if explanation.alternatives:
        yield "  If one thing were as usual and all else as it is (the model's answer, no claim of cause):"
    for each in explanation.alternatives:
        yield f"    {driver_words(each.name)}: {_amount(each.output, explanation)}"


def _events(explanation: Explanation) -> Iterator[str]:
    for name, events in explanation.events.items():
        yield f"  Behind {driver_words(name)}:"
        for event in events[:_EVENTS_SHOWN]:
            told = f"{event.source} {event.version} {event.event_id}, {event.licence}"
            yield f"    {event.date_start} {event.place}: {event.best} deaths ({told})"


def _since(change: Change, explanation: Explanation) -> Iterator[str]:
    parts = {"revised data": change.revised_data, "new data": change.new_data, "model": change.model}
    said = ", ".join(f"{name} {_signed(value, explanation)}" for name, value in parts.items())
    yield f"  Since the last forecast, {_amount(change.before, explanation)}: {said}"


def _amount(value: float, explanation: Explanation) -> str:
    if explanation.drivers.scale == "log_odds":
        return f"a probability of {value:.1%}"
    return f"{value:,.1f} deaths expected"


def _signed(value: float, explanation: Explanation) -> str:
    return f"{100 * value:+.1f} points" if explanation.drivers.scale == "log_odds" else f"{value:+,.1f}"


def _usual(drivers: Drivers) -> str:
    if drivers.scale == "deaths":
        return f"{drivers.base:,.1f} deaths"
    if drivers.scale == "log_deaths":
        return f"{exp(drivers.base) - 1:,.1f} deaths a month"
    return f"probability of {1 / (1 + exp(-drivers.base)):.1%}"


def _moved(driver: Driver, drivers: Drivers) -> str:
    """Deaths are added; odds, and one plus the deaths, are multiplied."""
    if drivers.scale == "deaths":
        return f"{driver.contribution:+9,.1f}"
    return f"x{exp(driver.contribution):8,.2f}"
