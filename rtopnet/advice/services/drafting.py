"""Writing a paper, alone or with the desks of other bodies: frame, title, statements."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.advice.layouts import layouts_of
from rtopnet.advice.models import Paper, PaperReference, PaperStatement, PaperTitle
from rtopnet.advice.queries import layout_of, own_region
from rtopnet.advice.rules.course import Deed
from rtopnet.advice.services.sight import drafted_paper, keep_deed, not_in_sight, own_paper, tell
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.public import Circle, merged
from rtopnet.network.public import institutions
from rtopnet.sharing.public import (
    Marking,
    RecordChangedError,
    Terms,
    Words,
    database_now,
    draft_record,
)

STEP = 10
UN_OFFICE = "un_office"


class FrameRefusedError(RuleBrokenError):
    """The form, the office or the circle is none that there is."""


@dataclass(frozen=True)
class Frame:
    """Which form a paper has, where it goes, who clears it, whom it speaks of, who drafts it."""

    office: UUID
    circle: Circle
    about: frozenset[UUID] = frozenset()
    drafters: frozenset[UUID] = frozenset()
    """States and institutions whose desks draft it with the owner's people."""


def begin_paper(
    *,
    by: UUID,
    form: str,
    title: str,
    frame: Frame,
    state: UUID | None = None,
    institution: UUID | None = None,
) -> UUID:
    """Begin a paper of a state or an institution; its record. Those who draft it alone know of it.

    Raises:
        OwnerDecidesError: ``by`` is not of the owner's people, or names no owner or two.
        FrameRefusedError: there is no such form or office, or nobody is asked to clear it.
    """
    with acting_as(by):
        layout = layouts_of(own_region().slug).get(form)
        if layout is None:
            raise FrameRefusedError("form: there is no such form of paper.")
        _expect_sound(frame)
        record = draft_record(
            by=by,
            terms=Terms(layout.kind, Marking.AMBER),
            words=Words(title, ""),
            state=state,
            institution=institution,
        )
        row = Paper.objects.create(
            record_id=record, form=form, begun_at=database_now(), **_columns(frame, state or institution)
        )
        PaperTitle.objects.create(record_id=record, title=title, written_by_id=by, written_at=database_now())
        keep_deed("drafted", row)
        tell("drafting", row.drafters, row)
        return record


def set_frame(*, by: UUID, record: UUID, frame: Frame) -> None:
    """Say anew where the paper goes, who clears it and who drafts it.

    Raises:
        RecordNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` is not the owner's desk.
        StageRefusedError: it is not a draft.
        FrameRefusedError: there is no such office, or nobody is asked to clear it.
    """
    with acting_as(by):
        row = own_paper(record, Deed.WRITE)
        _expect_sound(frame)
        before = set(row.drafters)
        Paper.objects.filter(pk=row.pk).update(**_columns(frame, row.desk))
        row.refresh_from_db()
        keep_deed("changed", row, also=before)
        tell("drafting", set(row.drafters) - before, row)


def write_title(*, by: UUID, record: UUID, title: str, seen: datetime | None = None) -> None:
    """Write the title of the next version.

    Raises:
        RecordNotInSightError: there is none that ``by`` drafts.
        StageRefusedError: it is not a draft.
        RecordChangedError: somebody else wrote it since ``seen``.
    """
    with acting_as(by):
        row = drafted_paper(record, Deed.WRITE)
        rows = PaperTitle.objects.filter(record=record)
        if seen is not None:
            rows = rows.filter(written_at=seen)
        if not rows.update(title=title, written_by_id=by, written_at=database_now()):
            raise RecordChangedError("Somebody else changed the title meanwhile; look at it again.")
        keep_deed("revised", row)


def add_statement(*, by: UUID, record: UUID, section: str, text: str, is_own_words: bool = False) -> UUID:
    """Add a statement at the end of a section; its id.

    Args:
        by: who drafts.
        record: the paper.
        section: by its key in the paper's layout.
        text: one paragraph.
        is_own_words: it rests on nothing but the network's word, and the paper says so.

    Raises:
        RecordNotInSightError: there is none that ``by`` drafts, or no such section.
        StageRefusedError: it is not a draft.
    """
    with acting_as(by):
        row = drafted_paper(record, Deed.WRITE)
        if section not in {one.key for one in layout_of(row, own_region().slug).sections}:
            raise not_in_sight()
        last = PaperStatement.objects.filter(record=record).order_by("-position").first()
        made = PaperStatement.objects.create(
            record_id=record,
            section=section,
            position=(last.position if last else 0) + STEP,
            text=_one_paragraph(text),
            is_own_words=is_own_words,
            written_by_id=by,
            written_at=database_now(),
        )
        keep_deed("revised", row)
        return made.pk


def change_statement(
    *, by: UUID, statement: UUID, text: str, is_own_words: bool, base: str | None = None
) -> None:
    """Write a statement anew; another's change of other lines meanwhile is taken in.

    Args:
        by: who drafts.
        statement: its id.
        text: what it says from now on.
        is_own_words: it rests on nothing but the network's word.
        base: the words that ``by`` began from; None overwrites whatever stands there.

    Raises:
        RecordNotInSightError: there is none that ``by`` drafts.
        StageRefusedError: the paper is not a draft.
        RecordChangedError: somebody else changed the same lines meanwhile.
    """
    with acting_as(by):
        row, paper = _statement(statement)
        mine = _one_paragraph(text)
        both = mine if base is None else merged(_one_paragraph(base), row.text, mine)
        if both is None:
            raise RecordChangedError(
                f"Somebody else changed the same lines meanwhile. It now reads: {row.text}"
            )
        PaperStatement.objects.filter(pk=row.pk).update(
            text=both,
            is_own_words=is_own_words,
            number=row.number + 1,
            written_by_id=by,
            written_at=database_now(),
        )
        keep_deed("revised", paper)


def strike_statement(*, by: UUID, statement: UUID) -> None:
    """Take a statement out of the text, with what it rests on.

    Raises:
        RecordNotInSightError: there is none that ``by`` drafts.
        StageRefusedError: the paper is not a draft.
    """
    with acting_as(by):
        row, paper = _statement(statement)
        PaperReference.objects.filter(statement=row).delete()
        PaperStatement.objects.filter(pk=row.pk).update(
            is_struck=True, written_by_id=by, written_at=database_now()
        )
        keep_deed("revised", paper)


def statement_at_hand(statement: UUID) -> tuple[PaperStatement, Paper]:
    """A statement that stands, locked, and its paper, for whoever drafts it.

    Raises:
        RecordNotInSightError: there is none that the acting account drafts.
        StageRefusedError: the paper is not a draft.
    """
    return _statement(statement)


def _statement(statement: UUID) -> tuple[PaperStatement, Paper]:
    found = PaperStatement.objects.filter(pk=statement, is_struck=False).first()
    if found is None:
        raise not_in_sight()
    paper = drafted_paper(found.record_id, Deed.WRITE)
    # Two who write at once take turns.
    return PaperStatement.objects.select_for_update().get(pk=statement), paper


def _one_paragraph(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n")]
    return "\n".join(line for line in lines if line)


def _columns(frame: Frame, owner: UUID | None) -> dict[str, object]:
    circle = frame.circle
    return {
        "office_id": frame.office,
        "whole_network": circle.network,
        "states": sorted(circle.states),
        "chair": circle.chair,
        "chair_is_state": circle.chair_is_state,
        "about": sorted(frame.about),
        "drafters": sorted(frame.drafters - {owner}),
    }


def _expect_sound(frame: Frame) -> None:
    offices = {body.id for body in institutions() if body.state is None and body.kind == UN_OFFICE}
    if frame.office not in offices:
        raise FrameRefusedError("office: it goes to a United Nations office that the region names.")
    if not frame.circle.states:
        raise FrameRefusedError("circle: at least one state clears it.")
