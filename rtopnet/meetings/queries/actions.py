"""What was promised, and what happened, as far as the acting account may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from rtopnet.kernel.clock import today
from rtopnet.meetings.meeting_rules import is_overdue
from rtopnet.meetings.models import Action, ActionNote, Became, Meeting
from rtopnet.meetings.queries.agenda import Paper, papers_with
from rtopnet.network.public import posts_in_hand
from rtopnet.sharing.public import RecordSheet, acting_principals, record_sheet, titles_in_sight

ACTIONS_ON_A_PAGE = 50
Shown = Literal["open", "done", "all"]
_OPEN = Q(done=False)


@dataclass(frozen=True)
class ActionLine:
    """An action in a list."""

    record: UUID
    title: str
    post: UUID
    post_titles: dict[str, str]
    body_names: dict[str, str]
    due_on: date | None
    is_done: bool
    is_overdue: bool
    is_draft: bool
    meeting: UUID | None
    meeting_title: str
    """Empty for who does not read the meeting."""
    last_note: str
    last_noted_at: datetime | None
    is_mine: bool
    """The acting account answers for it."""


@dataclass(frozen=True)
class NoteLine:
    """What somebody told of an action."""

    became: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ActionSheet:
    """An action as its page shows it."""

    line: ActionLine
    sheet: RecordSheet
    notes: tuple[NoteLine, ...]
    papers: tuple[Paper, ...]
    tells: bool
    """Whether the acting account may tell what became of it."""


def actions_in_sight(
    *, shown: Shown = "all", limit: int = ACTIONS_ON_A_PAGE, start: int = 0
) -> tuple[list[ActionLine], bool]:
    """Actions by their due day, those without one last; and whether there are more.

    Args:
        shown: those that are open, done, or all.
        limit: how many.
        start: how many to pass over.
    """
    rows = _with_state(Action.objects.all())
    if shown != "all":
        rows = rows.filter(Q(done=shown == "done"))
    found = list(_ordered(rows)[start : start + limit + 1])
    return lines_of_actions(found[:limit]), len(found) > limit


def actions_of_meeting(meeting: UUID) -> list[ActionLine]:
    """What was promised at a meeting (by its record)."""
    return lines_of_actions(_ordered(_with_state(Action.objects.filter(meeting__record=meeting))))


def actions_carried_to(meeting: UUID) -> list[ActionLine]:
    """What was promised at earlier meetings of the same series and is open: it runs on."""
    row = Meeting.objects.filter(record=meeting).first()
    if row is None or row.series_id is None:
        return []
    earlier = Action.objects.filter(meeting__series=row.series_id, meeting__starts_at__lt=row.starts_at)
    return lines_of_actions(_ordered(_with_state(earlier).filter(_OPEN)))


def actions_due_by_me() -> list[ActionLine]:
    """Shared actions that the acting account answers for and that are open, soonest first."""
    mine = Action.objects.filter(post__in=posts_in_hand(), open_from__isnull=False)
    return lines_of_actions(_ordered(_with_state(mine).filter(_OPEN)))


def action_sheet(record: UUID) -> ActionSheet | None:
    """One action, where the acting account reads it."""
    row = _with_state(Action.objects.filter(record=record)).first()
    sheet = record_sheet(record) if row else None
    if row is None or sheet is None:
        return None
    line = lines_of_actions([row])[0]
    notes = ActionNote.objects.filter(record=record).select_related("by").order_by("-at")
    return ActionSheet(
        line=line,
        sheet=sheet,
        notes=tuple(NoteLine(note.became, note.text, note.by.name, note.at) for note in notes),
        papers=papers_with([record]).get(record, ()),
        tells=row.desk in acting_principals() or line.is_mine,
    )


def lines_of_actions(rows: Iterable[Action]) -> list[ActionLine]:
    """Rows as lines, in their order; as many questions however many rows."""
    found = list(rows)
    if not found:
        return []
    titles = titles_in_sight(
        {row.record_id for row in found} | {row.meeting.record_id for row in found if row.meeting}
    )
    hand, day = posts_in_hand(), today()
    return [_line(row, titles, hand, day) for row in found]


def _line(row: Action, titles: Mapping[UUID, str], hand: frozenset[UUID], day: date) -> ActionLine:
    body = row.post.state or row.post.institution
    done = bool(getattr(row, "done", False))
    return ActionLine(
        record=row.record_id,
        title=titles.get(row.record_id, ""),
        post=row.post_id,
        post_titles=row.post.titles,
        body_names=body.names if body else {},
        due_on=row.due_on,
        is_done=done,
        is_overdue=is_overdue(row.due_on, is_done=done, today=day),
        is_draft=row.open_from is None,
        meeting=row.meeting.record_id if row.meeting else None,
        meeting_title=titles.get(row.meeting.record_id, "") if row.meeting else "",
        last_note=getattr(row, "last_text", "") or "",
        last_noted_at=getattr(row, "last_at", None),
        is_mine=row.post_id in hand,
    )


def _with_state(rows: QuerySet[Action]) -> QuerySet[Action]:
    notes = ActionNote.objects.filter(record=OuterRef("record")).order_by("-at")
    turned = notes.exclude(became=Became.PROGRESS)
    is_done = Case(When(became=Became.DONE, then=True), default=False, output_field=BooleanField())
    return rows.select_related("post__state", "post__institution", "meeting").annotate(
        done=Coalesce(Subquery(turned.values(done=is_done)[:1]), False),
        last_text=Subquery(notes.values("text")[:1]),
        last_at=Subquery(notes.values("at")[:1]),
    )


def _ordered(rows: QuerySet[Action]) -> QuerySet[Action]:
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")
