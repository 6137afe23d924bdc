"""Clearing a paper by the silence procedure, and withdrawing what is not cleared."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from rtopnet.advice.layouts import Layout
from rtopnet.advice.models import (
    ClearedReference,
    ClearedStatement,
    Paper,
    PaperStatement,
    PaperTitle,
)
from rtopnet.advice.queries import (
    ReferenceInSight,
    circle_of,
    layout_of,
    own_region,
    references_of,
    statements_in_order,
    statements_unseen,
)
from rtopnet.advice.rules.course import Deed
from rtopnet.advice.rules.text import Part, Said, body_of, missing_sections
from rtopnet.advice.rules.travel import (
    ReferenceBlocksError,
    SectionMissingError,
    UnsupportedStatementError,
)
from rtopnet.advice.services.sight import keep_deed, not_in_sight, own_paper
from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.public import END_OF_DAY, last_rounds, open_procedure, withdraw_from_silence
from rtopnet.network.public import bodies_of
from rtopnet.sharing.public import (
    Audience,
    RecordSheet,
    Terms,
    Words,
    address_record,
    database_now,
    recall_record,
    record_sheet,
    release_record,
    revise_record,
    set_terms,
)


@dataclass(frozen=True)
class _Text:
    """What will be circulated: statements in order, each with its references and their numbers."""

    title: str
    body: str
    statements: tuple[tuple[PaperStatement, tuple[tuple[int, ReferenceInSight], ...]], ...]


def circulate_paper(
    *,
    by: UUID,
    record: UUID,
    day: date,
    hour: int = END_OF_DAY,
    short_because: str = "",
) -> UUID:
    """Put the draft in silence before those who clear it, as the paper's next version; the round's id.

    Args:
        by: of the owner's desk.
        record: the paper.
        day: the last day wished for, see ``meetings.public.open_procedure``.
        hour: 1 to 24, local in each capital.
        short_because: why capitals get less than ten days.

    Raises:
        RecordNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` is not the owner's desk.
        StageRefusedError: it is not a draft.
        SectionMissingError: a section that the form needs says nothing.
        UnsupportedStatementError: a statement names nothing that it rests on.
        ReferenceBlocksError: a statement rests on what may not travel.
        NextVersionNeededError: nothing was changed since its silence was broken.
        PeriodRefusedError: there is too little time, or too much.
        ReasonMissingError: less than ten days without a reason.
    """
    with acting_as(by):
        row = own_paper(record, Deed.CIRCULATE)
        sheet = record_sheet(record)
        if sheet is None:
            raise not_in_sight()
        text = _text_of(row)
        version = _bring_up(by, sheet, text)
        _keep_statements(record, version, text)
        _address(by, sheet, row)
        procedure = open_procedure(
            by=by,
            record=record,
            participants=frozenset(row.states),
            chair=row.chair,
            day=day,
            hour=hour,
            short_because=short_because,
        )
        keep_deed("circulated", row)
        return procedure


def withdraw_paper(*, by: UUID, record: UUID, reason: str = "") -> None:
    """End a paper that is not cleared; whoever read it in silence no longer does.

    Raises:
        RecordNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` is not the owner's desk.
        StageRefusedError: it is cleared, or withdrawn already.
    """
    with acting_as(by):
        row = own_paper(record, Deed.WITHDRAW)
        last = last_rounds([record]).get(record)
        if last is not None and last.returned_at is None:
            withdraw_from_silence(by=by, procedure=last.procedure, reason=reason)
        sheet = record_sheet(record)
        Paper.objects.filter(pk=row.pk).update(withdrawn_at=database_now())
        keep_deed("withdrew", row)
        if sheet is not None and sheet.released_at is not None:
            recall_record(by=by, record=record)


def audience_with(row: Paper, *, office: bool = False) -> Audience:
    """Those who clear the paper and those who draft it, and with ``office`` those whom it goes to."""
    audience = circle_of(row).audience
    known = {body.id: body for body in bodies_of(own_region().pk)}
    drafters = [known[one] for one in row.drafters if one in known]
    states = frozenset(body.id for body in drafters if body.is_state)
    bodies = frozenset(body.id for body in drafters if not body.is_state)
    return replace(
        audience,
        states=audience.states if audience.network else audience.states | states,
        institutions=audience.institutions | bodies | (frozenset({row.office_id}) if office else frozenset()),
    )


def _text_of(row: Paper) -> _Text:
    """The text as it would be circulated, in the region's working language.

    Raises:
        SectionMissingError: a section that the form needs says nothing.
        UnsupportedStatementError: a statement names nothing that it rests on.
        ReferenceBlocksError: a statement rests on what may not travel.
    """
    region = own_region()
    layout = layout_of(row, region.slug)
    rows = statements_in_order(
        layout, list(PaperStatement.objects.filter(record=row.record_id, is_struck=False))
    )
    references = references_of(row)
    with translation.override(region.working_language):
        titles = {one.key: one.title(region.working_language) for one in layout.sections}
        _expect_sections(layout, rows, titles)
        _expect_support(row, rows, references)
        numbers: dict[UUID, int] = {}
        listed = []
        for one in rows:
            given = references.get(one.pk, ())
            for reference in given:
                numbers.setdefault(reference.cited, len(numbers) + 1)
            listed.append((one, tuple((numbers[reference.cited], reference) for reference in given)))
        body = body_of(_parts(layout, titles, listed), _("stated by the network itself"))
        title = PaperTitle.objects.get(record=row.record_id).title
    return _Text(title, body, tuple(listed))


def _parts(
    layout: Layout,
    titles: dict[str, str],
    listed: list[tuple[PaperStatement, tuple[tuple[int, ReferenceInSight], ...]]],
) -> list[Part]:
    said = [
        (row.section, Said(number, row.text, row.is_own_words, tuple(sorted({at for at, _ref in cited}))))
        for number, (row, cited) in enumerate(listed, start=1)
    ]
    return [
        Part(one.key, titles[one.key], tuple(line for key, line in said if key == one.key))
        for one in layout.sections
    ]


def _expect_sections(layout: Layout, rows: list[PaperStatement], titles: dict[str, str]) -> None:
    needed = [one.key for one in layout.sections if one.is_needed]
    if missing := missing_sections(needed, [row.section for row in rows], titles):
        raise SectionMissingError(f"These sections say nothing yet: {', '.join(missing)}.")


def _expect_support(
    row: Paper, rows: list[PaperStatement], references: dict[UUID, tuple[ReferenceInSight, ...]]
) -> None:
    unseen = statements_unseen(row.record_id)
    for number, one in enumerate(rows, start=1):
        given = references.get(one.pk, ())
        if one.pk in unseen:
            raise ReferenceBlocksError(
                f"Statement {number} rests on something that you cannot read. "
                "Whoever named it can take it out."
            )
        if any(reference.bars for reference in given):
            raise ReferenceBlocksError(
                f"Statement {number} rests on a record that may not go where the text goes."
            )
        if not given and not one.is_own_words:
            raise UnsupportedStatementError(
                f"Statement {number} names nothing that it rests on: name a record, "
                "or say that the network itself states it."
            )


def expect_all_travels(row: Paper) -> None:
    """Refuse while something that the cleared text rests on may not go where it goes any more.

    Raises:
        ReferenceBlocksError: it was recalled, has expired, or its readers were narrowed.
    """
    barred = any(one.bars for lines in references_of(row).values() for one in lines)
    if barred or statements_unseen(row.record_id):
        raise ReferenceBlocksError(
            "Something that the text rests on was taken back, or may not go there any more. "
            "Ask its owner, or begin a paper that does without it."
        )


def _bring_up(by: UUID, sheet: RecordSheet, text: _Text) -> int:
    """Make what was drafted the record's newest version; before its release it replaces the draft."""
    if (text.title, text.body) == (sheet.title, sheet.body) and _is_as_kept(sheet, text):
        return sheet.version
    return revise_record(by=by, record=sheet.id, words=Words(text.title, text.body))


def _is_as_kept(sheet: RecordSheet, text: _Text) -> bool:
    """Whether that version, if it was circulated before, rested on the same; that never changes."""
    rows = ClearedReference.objects.filter(record=sheet.id, stated__version=sheet.version)
    kept = sorted(rows.values_list("stated__number", "number", "cited_id", "shows"))
    if not ClearedStatement.objects.filter(record=sheet.id, version=sheet.version).exists():
        return True
    return kept == sorted(
        (number, at, reference.cited, reference.shows)
        for number, (_row, cited) in enumerate(text.statements, start=1)
        for at, reference in cited
    )


def _keep_statements(record: UUID, version: int, text: _Text) -> None:
    if ClearedStatement.objects.filter(record=record, version=version).exists():
        return  # taken out of silence and circulated again as it was
    for number, (row, cited) in enumerate(text.statements, start=1):
        stated = ClearedStatement.objects.create(
            record_id=record,
            version=version,
            number=number,
            section=row.section,
            text=row.text,
            is_own_words=row.is_own_words,
        )
        for at, reference in cited:
            ClearedReference.objects.create(
                record_id=record,
                stated=stated,
                number=at,
                cited_id=reference.cited,
                shows=reference.shows,
            )


def _address(by: UUID, sheet: RecordSheet, row: Paper) -> None:
    audience, marking = audience_with(row), circle_of(row).marking
    if sheet.audience != audience or sheet.marking != marking:
        terms = Terms(sheet.kind, marking, sheet.chatham_house)
        # The wider marking first, or the audience on its way would go further than it allows.
        if marking >= sheet.marking:
            set_terms(by=by, record=sheet.id, terms=terms)
            address_record(by=by, record=sheet.id, audience=audience)
        else:
            address_record(by=by, record=sheet.id, audience=audience)
            set_terms(by=by, record=sheet.id, terms=terms)
    if sheet.released_at is None:
        release_record(by=by, record=sheet.id)
