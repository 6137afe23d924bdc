"""One paper as who looks may see it: those who draft its next words, those who read what was circulated."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from rtopnet.advice.layouts import Layout, layouts_of
from rtopnet.advice.models import (
    ClearedReference,
    ClearedStatement,
    Paper,
    PaperStatement,
    PaperTitle,
    Transmission,
)
from rtopnet.advice.queries.courses import courses_of
from rtopnet.advice.queries.references import (
    ReferenceInSight,
    own_region,
    references_of,
    statements_unseen,
)
from rtopnet.advice.rules.course import Course, Span, Stage, spans, stage_of
from rtopnet.advice.rules.text import numbered
from rtopnet.meetings.public import ProposalPage, proposal_page
from rtopnet.network.public import acting_desks, names_of
from rtopnet.sharing.public import Record, RecordSheet, acting_principals, record_sheet, titles_in_sight

Names = dict[str, str]


@dataclass(frozen=True)
class StatementInSight:
    """A statement of the draft; ``rests_on_unseen``: on something that the reader cannot read."""

    id: UUID
    section: str
    number: int
    text: str
    is_own_words: bool
    edits: int
    references: tuple[ReferenceInSight, ...]
    rests_on_unseen: bool

    @property
    def is_unsupported(self) -> bool:
        """It names nothing that it rests on, and is not marked as the network's own word."""
        return not (self.is_own_words or self.references or self.rests_on_unseen)

    @property
    def blocks(self) -> bool:
        """Whether it keeps the text from being circulated."""
        barred = any(reference.bars for reference in self.references)
        return barred or self.rests_on_unseen or self.is_unsupported


@dataclass(frozen=True)
class SectionInSight:
    """A section of the draft with its statements."""

    key: str
    title: str
    is_needed: bool
    statements: tuple[StatementInSight, ...]

    @property
    def is_missing(self) -> bool:
        """It must say something, and does not."""
        return self.is_needed and not self.statements


@dataclass(frozen=True)
class DraftInSight:
    """What the paper will say next, for those who draft it."""

    title: str
    written_at: datetime
    sections: tuple[SectionInSight, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether it cannot be circulated as it stands."""
        blocked = any(one.blocks for section in self.sections for one in section.statements)
        return blocked or any(section.is_missing for section in self.sections)


@dataclass(frozen=True)
class ReferenceRead:
    """A record that a circulated statement rests on, for who reads both."""

    number: int
    cited: UUID
    kind: str
    title: str
    owner_names: Names
    shows: str
    released_at: datetime | None


@dataclass(frozen=True)
class StatementRead:
    """A statement as it was circulated."""

    number: int
    section: str
    text: str
    is_own_words: bool
    references: tuple[ReferenceRead, ...]


@dataclass(frozen=True)
class PaperPage:
    """A paper with all of it that the acting account sees, and what it may do with it."""

    record: UUID
    layout: Layout
    title: str
    office: UUID
    office_names: Names
    owner: UUID
    owner_names: Names
    whole_network: bool
    states: tuple[Names, ...]
    state_ids: frozenset[UUID]
    chair: UUID
    chair_names: Names
    about: tuple[Names, ...]
    about_ids: frozenset[UUID]
    drafters: frozenset[UUID]
    drafter_names: tuple[Names, ...]
    is_own: bool
    decides: bool
    drafts: bool
    sheet: RecordSheet | None
    """None for those who draft it without reading it."""
    course: Course
    spans: tuple[Span, ...]
    round: ProposalPage | None
    draft: DraftInSight | None
    circulated: tuple[tuple[str, tuple[StatementRead, ...]], ...]
    """Sections by title, as they were put in silence last."""
    reference: str
    sent: UUID | None
    """The record of its transmission."""

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(self.course)

    @property
    def needs_next_version(self) -> bool:
        """Its silence was broken: what is circulated next must say something else."""
        return self.round is not None and self.round.stage == "broken"


def paper_page(record: UUID) -> PaperPage | None:
    """The paper, or None where the acting account sees nothing of it."""
    row = Paper.objects.filter(record=record).first()
    if row is None:
        return None
    language = get_language() or "en"
    layout = layout_of(row, own_region().slug)
    sent = Transmission.objects.filter(paper=record).first()
    course = courses_of([row], {record: sent} if sent else {})[record]
    principals, desks = acting_principals(), acting_desks()
    drafts = row.owner in principals or bool(set(row.drafters) & desks)
    sheet = record_sheet(record)
    title = PaperTitle.objects.filter(record=record).first() if drafts else None
    page = proposal_page(record) if sheet and course.circulated_at else None
    names = names_of(
        {row.desk or row.office_id, row.office_id, row.chair, *row.states, *row.about, *row.drafters}
    )
    return PaperPage(
        record=record,
        layout=layout,
        title=_title(course, title, sheet),
        office=row.office_id,
        office_names=names.get(row.office_id, {}),
        owner=row.desk or UUID(int=0),
        owner_names=names.get(row.desk, {}) if row.desk else {},
        whole_network=row.whole_network,
        states=_named(row.states, names),
        state_ids=frozenset(row.states),
        chair=row.chair,
        chair_names=names.get(row.chair, {}),
        about=_named(row.about, names),
        about_ids=frozenset(row.about),
        drafters=frozenset(row.drafters),
        drafter_names=_named(row.drafters, names),
        is_own=row.owner in principals,
        decides=row.desk in principals,
        drafts=drafts,
        sheet=sheet,
        course=course,
        spans=spans(course),
        round=page,
        draft=_draft(row, layout, title, language) if title and stage_of(course) is Stage.DRAFT else None,
        circulated=_circulated(row, layout, page, language) if page and page.is_read else (),
        reference=page.reference if page else "",
        sent=sent.record_id if sent else None,
    )


def layout_of(row: Paper, slug: str) -> Layout:
    """The layout that the paper is written in; where its region gave it up, ours for the situation."""
    known = layouts_of(slug)
    return known.get(row.form) or known["situation"]


def statements_in_order(layout: Layout, rows: Collection[PaperStatement]) -> list[PaperStatement]:
    """Statements in the order of the layout's sections and of their places in these."""
    given = list(rows)
    order = numbered([one.key for one in layout.sections], [(row.section, row.position) for row in given])
    return [given[at] for at in order]


def statements_read(record: UUID, version: int) -> list[StatementRead]:
    """The statements of one version, with what they rest on as far as the acting account reads it."""
    rows = list(ClearedStatement.objects.filter(record=record, version=version).order_by("number"))
    cited = list(ClearedReference.objects.filter(stated__in=rows).order_by("number"))
    seen = {row.pk: row for row in Record.objects.filter(pk__in={one.cited_id for one in cited})}
    titles, names = titles_in_sight(list(seen)), names_of({row.desk for row in seen.values() if row.desk})
    by_statement: dict[UUID, list[ReferenceRead]] = {}
    for one in cited:
        row = seen[one.cited_id]
        read = ReferenceRead(
            number=one.number,
            cited=one.cited_id,
            kind=row.kind,
            title=titles.get(row.pk, ""),
            owner_names=names.get(row.desk, {}) if row.desk else {},
            shows=one.shows,
            released_at=row.released_at,
        )
        by_statement.setdefault(one.stated_id, []).append(read)
    return [
        StatementRead(
            row.number, row.section, row.text, row.is_own_words, tuple(by_statement.get(row.pk, ()))
        )
        for row in rows
    ]


def in_sections(
    layout: Layout, statements: Collection[StatementRead], language: str
) -> tuple[tuple[str, tuple[StatementRead, ...]], ...]:
    """Statements under the titles of their sections; sections that say nothing are left out."""
    titles = {one.key: one.title(language) for one in layout.sections}
    keys = dict.fromkeys([*titles, *(one.section for one in statements)])
    found = ((key, tuple(one for one in statements if one.section == key)) for key in keys)
    return tuple((titles.get(key, key), several) for key, several in found if several)


def _circulated(
    row: Paper, layout: Layout, page: ProposalPage, language: str
) -> tuple[tuple[str, tuple[StatementRead, ...]], ...]:
    return in_sections(layout, statements_read(row.record_id, page.version), language)


def _draft(row: Paper, layout: Layout, title: PaperTitle, language: str) -> DraftInSight:
    rows = statements_in_order(
        layout, list(PaperStatement.objects.filter(record=row.record_id, is_struck=False))
    )
    references, unseen = references_of(row), statements_unseen(row.record_id)
    lines = [
        StatementInSight(
            id=one.pk,
            section=one.section,
            number=number,
            text=one.text,
            is_own_words=one.is_own_words,
            edits=one.number,
            references=references.get(one.pk, ()),
            rests_on_unseen=one.pk in unseen,
        )
        for number, one in enumerate(rows, start=1)
    ]
    sections = tuple(
        SectionInSight(
            one.key,
            one.title(language),
            one.is_needed,
            tuple(line for line in lines if line.section == one.key),
        )
        for one in layout.sections
    )
    return DraftInSight(title.title, title.written_at, sections)


def _title(course: Course, title: PaperTitle | None, sheet: RecordSheet | None) -> str:
    if title is not None and stage_of(course) in {Stage.DRAFT, Stage.WITHDRAWN}:
        return title.title
    return sheet.title if sheet else title.title if title else ""


def _named(bodies: Collection[UUID], names: Mapping[UUID, Names]) -> tuple[Names, ...]:
    return tuple(names[body] for body in bodies if body in names)


def statement_in_sight(statement: UUID) -> tuple[UUID, StatementInSight] | None:
    """The record of the paper and one statement of its draft, for who drafts it."""
    row = PaperStatement.objects.filter(pk=statement, is_struck=False).first()
    page = paper_page(row.record_id) if row else None
    if row is None or page is None or page.draft is None:
        return None
    lines = (one for section in page.draft.sections for one in section.statements)
    found = next((one for one in lines if one.id == statement), None)
    return (row.record_id, found) if found else None
