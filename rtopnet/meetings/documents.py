"""What is printed of meetings: agendas, delegate packs, minutes; each holds what its reader reads, no more.

Nothing in them counts, numbers or times what is left out: items are numbered for the reader, and say how
long they take and not at which hour.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from django.utils.translation import gettext, ngettext, override, pgettext

from rtopnet.meetings.queries import (
    ActionLine,
    DelegationSheet,
    ItemLine,
    MeetingLine,
    MeetingSheet,
    MinutesSheet,
    Paper,
)
from rtopnet.network.public import name_in
from rtopnet.sharing.public import (
    DocumentSection,
    GatheredDocument,
    Marking,
    RecordSheet,
    record_sheet,
    strictest_marking,
)


@dataclass(frozen=True)
class Taker:
    """Who takes a document out, when, and in which language."""

    reader: str
    at: datetime
    language: str


def agenda_document(found: MeetingSheet, items: Iterable[ItemLine], taker: Taker) -> GatheredDocument:
    """The annotated agenda."""
    with override(taker.language):
        gathered = _Gathered(taker, [found.sheet])
        for item in items:
            gathered.add_item(item)
        return gathered.document(
            gettext("Annotated agenda: %(title)s") % {"title": found.line.title},
            _facts(found.line, found.sheet, taker.language),
            found.sheet.body,
        )


def delegate_pack(
    found: MeetingSheet,
    items: Iterable[ItemLine],
    answers: Iterable[DelegationSheet],
    taker: Taker,
) -> GatheredDocument:
    """Agenda, papers, what the host says and the reader's own delegation, in one."""
    with override(taker.language):
        gathered = _Gathered(taker, [found.sheet])
        kept = list(items)
        for item in kept:
            gathered.add_item(item)
        gathered.add_host(found)
        for answer in answers:
            gathered.add_answer(answer)
        for paper in _once(paper for item in kept for paper in item.papers):
            gathered.add_paper(paper)
        return gathered.document(
            gettext("Delegate pack: %(title)s") % {"title": found.line.title},
            _facts(found.line, found.sheet, taker.language),
            found.sheet.body,
        )


def minutes_document(
    title: str,
    several: Iterable[tuple[MeetingLine | None, MinutesSheet]],
    actions: Iterable[ActionLine],
    taker: Taker,
) -> GatheredDocument:
    """Minutes of one meeting or of a whole series, each under its meeting, with the actions that are open."""
    with override(taker.language):
        gathered = _Gathered(taker, [])
        for line, minutes in several:
            gathered.add_minutes(line, minutes)
        gathered.add_actions(actions)
        return gathered.document(title, [], "")


class _Gathered:
    """Collects sections and, with each, the marking that the whole has to bear."""

    def __init__(self, taker: Taker, sheets: list[RecordSheet]) -> None:
        self._taker = taker
        self._sections: list[DocumentSection] = []
        self._markings = [sheet.marking for sheet in sheets]
        self._chatham = any(sheet.chatham_house for sheet in sheets)
        self.records: list[UUID] = []

    def document(self, title: str, facts: list[tuple[str, str]], body: str) -> GatheredDocument:
        return GatheredDocument(
            title=title,
            marking=strictest_marking(self._markings or [Marking.CLEAR]),
            chatham_house=self._chatham,
            reader=self._taker.reader,
            exported_at=self._taker.at,
            facts=tuple(facts),
            body=body,
            sections=tuple(self._sections),
            records=tuple(self.records),
        )

    def add_item(self, item: ItemLine) -> None:
        sheet = self._take(item.record)
        papers = [paper.title for paper in item.papers]
        body = sheet.body if sheet else ""
        if papers:
            body = "\n\n".join(
                [body, gettext("Papers:") + "\n" + "\n".join(f"• {title}" for title in papers)]
            )
        self._add(f"{item.number}. {item.title}", body, note=self._of_item(item))

    def add_host(self, found: MeetingSheet) -> None:
        says = found.host_says
        for title, text in (
            (gettext("Venue"), says.venue if says else ""),
            (gettext("Programme"), says.programme if says else ""),
            (gettext("Travel, visas, hotel, security"), says.logistics if says else ""),
        ):
            if text:
                self._add(title, text)

    def add_answer(self, answer: DelegationSheet) -> None:
        sheet = self._take(answer.record)
        people = [
            ", ".join(
                word for word in (one.name, one.role, one.credentials, one.dietary, one.access_needs) if word
            )
            for one in answer.delegates
        ]
        body = "\n\n".join([sheet.body if sheet else "", "\n".join(people)])
        title = gettext("Delegation of %(state)s") % {
            "state": name_in(answer.state_names, self._taker.language)
        }
        self._add(title, body)

    def add_paper(self, paper: Paper) -> None:
        sheet = self._take(paper.record)
        if sheet is None:
            return
        self._add(sheet.title, sheet.body, note=_bearing(sheet, self._taker.language))
        for part in sheet.parts:
            self._markings.append(part.marking)
            self._add(part.label, part.body, level=3)

    def add_minutes(self, line: MeetingLine | None, minutes: MinutesSheet) -> None:
        sheet = self._take(minutes.record)
        if sheet is None:
            return
        when = moment_there(line.starts_at, self._taker.language) if line else ""
        self._add(sheet.title, "", note=when)
        for passage in minutes.passages:
            if passage.marking is not None:
                self._markings.append(passage.marking)
            self._add(passage.heading, passage.text, level=3)

    def add_actions(self, actions: Iterable[ActionLine]) -> None:
        lines = []
        for action in actions:
            self._take(action.record)
            language = self._taker.language
            who = f"{name_in(action.post_titles, language)}, {name_in(action.body_names, language)}"
            due = day(action.due_on, language) if action.due_on else ""
            lines.append(" · ".join(word for word in (action.title, who, due) if word))
        if lines:
            self._add(pgettext("in a document", "Actions"), "\n".join(lines))

    def _take(self, record: UUID) -> RecordSheet | None:
        sheet = record_sheet(record)
        if sheet is not None:
            self._markings.append(sheet.marking)
            self._chatham = self._chatham or sheet.chatham_house
            if not sheet.is_own:
                self.records.append(record)
        return sheet

    def _of_item(self, item: ItemLine) -> str:
        kinds = {
            "information": pgettext("an agenda item is", "For information"),
            "discussion": pgettext("an agenda item is", "For discussion"),
            "decision": pgettext("an agenda item is", "For decision"),
        }
        long = ngettext("%(count)d minute", "%(count)d minutes", item.minutes) % {"count": item.minutes}
        owner = name_in(item.owner_names, self._taker.language)
        return " · ".join([kinds[item.kind], long, owner, _tlp(item.marking)])

    def _add(self, title: str, text: str, *, note: str = "", level: int = 2) -> None:
        self._sections.append(DocumentSection(title=title, text=text, note=note, level=level))


def _facts(line: MeetingLine, sheet: RecordSheet, language: str) -> list[tuple[str, str]]:
    start, end = moment_there(line.starts_at, language), moment_there(line.ends_at, language)
    facts = [
        (gettext("Begins"), f"{start} ({line.zone})"),
        (gettext("Ends"), f"{end} ({line.zone})"),
        (gettext("Place"), line.place),
        (gettext("Host"), name_in(line.host_names, language) if line.host_names else ""),
        (gettext("Chair"), name_in(line.chair_names, language) if line.chair_names else ""),
        (gettext("Called by"), name_in(sheet.owner_names, language)),
    ]
    return [(label, text) for label, text in facts if text]


def moment_there(at: datetime, language: str) -> str:
    """``3 March 2026, 14:05`` in the time zone that the instant carries."""
    locale = _locale(language)
    return f"{format_date(at, 'long', locale=locale)}, {format_datetime(at, 'HH:mm', locale=locale)}"


def day(on: date, language: str) -> str:
    """``3 March 2026``."""
    return format_date(on, "long", locale=_locale(language))


def _bearing(sheet: RecordSheet, language: str) -> str:
    return f"{name_in(sheet.owner_names, language)} · {_tlp(sheet.marking)}"


def _tlp(marking: Marking) -> str:
    return f"TLP:{marking.name.replace('_', '+')}"


def _once(papers: Iterable[Paper]) -> list[Paper]:
    return list({paper.record: paper for paper in papers}.values())


def _locale(language: str) -> Locale:
    try:
        return Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en-GB", sep="-")
