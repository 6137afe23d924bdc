"""Reads holidays.yaml: on which days offices of the region's states are closed, and who says so."""

from datetime import date

from yaml.nodes import Node

from rtopnet.network.region_pack.entries import Entry
from rtopnet.network.region_pack.faults import FaultBook, quoted
from rtopnet.network.region_pack.pack import Calendar, Holiday, Holidays, Region

FILE = "holidays.yaml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
USUAL_REST = (5, 6)


def holidays_from(node: Node, *, region: Region, faults: FaultBook) -> Holidays:
    """The calendars a document holds, held against the region's states and languages."""
    entry = Entry(node, what="the file", file=FILE, faults=faults)
    languages = (region.working_language, *(language.code for language in region.languages))
    found = tuple(
        _calendar(each, region, tuple(dict.fromkeys(languages)))
        for each in entry.entries("calendars", what="calendar")
    )
    entry.note_twice((one.line, f"a calendar of {one.state}") for one in found if one.state)
    holidays = Holidays(entry.text("source"), entry.day("as_of") or date.min, found)
    entry.close()
    return holidays


def _calendar(entry: Entry, region: Region, languages: tuple[str, ...]) -> Calendar:
    states = {state.iso3 for state in region.states}
    state = entry.text("state")
    if state and state not in states:
        entry.fault(f"state {quoted(state)} is not a state of this region", key="state", near=(state, states))
    days = tuple(_holiday(each, languages) for each in entry.entries("days", what="holiday"))
    entry.note_twice((one.line, f"{state} on {one.on}") for one in days if one.on)
    calendar = Calendar(state=state, rest_days=_rest_days(entry), days=days, line=entry.line)
    entry.close()
    return calendar


def _rest_days(entry: Entry) -> tuple[int, ...]:
    if not entry.has("rest_days"):
        return USUAL_REST
    words = entry.texts("rest_days")
    for word in words:
        if word not in WEEKDAYS:
            entry.fault(f"rest_days {quoted(word)} is no weekday", key="rest_days", near=(word, WEEKDAYS))
    return tuple(WEEKDAYS.index(word) for word in words if word in WEEKDAYS)


def _holiday(entry: Entry, languages: tuple[str, ...]) -> Holiday:
    holiday = Holiday(on=entry.day("on"), names=entry.names("names", languages), line=entry.line)
    entry.close()
    return holiday
