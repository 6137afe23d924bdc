"""What is promised, and what becomes of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.meetings.meeting_rules import MeetingNotInSightError, NotResponsibleError
from rtopnet.meetings.models import Action, ActionNote, Enclosure, Passage
from rtopnet.meetings.services.deeds import expect_desk, keep_deed, meeting_in_sight
from rtopnet.network.public import posts_in_hand
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    acting_principals,
    address_record,
    draft_record,
)

ACTION = "action"


@dataclass(frozen=True)
class Promise:
    """What is promised, who answers for it, and by when."""

    title: str
    body: str
    post: UUID
    due_on: date | None = None


def promise_action(
    *,
    by: UUID,
    promise: Promise,
    marking: Marking,
    audience: Audience,
    state: UUID | None = None,
    institution: UUID | None = None,
    meeting: UUID | None = None,
    passage: UUID | None = None,
) -> UUID:
    """Draft an action of a state or institution; whoever answers for it is always addressed.

    Args:
        by: the acting account.
        promise: what is promised.
        marking: how far it may go.
        audience: who reads it besides.
        state: whose record it is, or
        institution: whose record it is.
        meeting: the record of the meeting where it was promised.
        passage: the passage of the minutes that it was lifted from.

    Returns:
        The id of its record.

    Raises:
        MeetingNotInSightError: there is no such meeting, passage or post to know of.
        OwnerDecidesError: ``by`` does not draft for the owner.
        MarkingTooNarrowError: the marking does not let it go so far.
    """
    with acting_as(by):
        row = meeting_in_sight(meeting) if meeting else None
        found = Passage.objects.filter(pk=passage).first() if passage else None
        if passage and found is None:
            raise MeetingNotInSightError("There is no such passage that you may know of.")
        record = draft_record(
            by=by,
            terms=Terms(ACTION, marking),
            words=Words(promise.title, promise.body),
            state=state,
            institution=institution,
        )
        action = Action.objects.create(
            record_id=record,
            meeting=row,
            passage=found.pk if found else None,
            post_id=promise.post,
            due_on=promise.due_on,
        )
        readers = _with_responsible(action, audience, owner=state or institution)
        address_record(by=by, record=record, audience=readers)
        keep_deed("lifted" if found else "drafted", action, "meetings.action")
        return record


def set_action(*, by: UUID, action: UUID, post: UUID, due_on: date | None) -> None:
    """Name who answers for the action from now on, and by when it is due.

    Raises:
        MeetingNotInSightError: there is none to know of.
        OwnerDecidesError: ``by`` does not decide for its owner.
    """
    with acting_as(by):
        row = _action(action)
        expect_desk(row)
        Action.objects.filter(pk=row.pk).update(post_id=post, due_on=due_on)
        keep_deed("changed", row, "meetings.action")


def note_progress(
    *, by: UUID, action: UUID, became: str, text: str = "", papers: Collection[UUID] = ()
) -> None:
    """Tell what became of an action; ``papers`` are records that show it, for who reads them.

    Raises:
        MeetingNotInSightError: there is none to know of.
        NotResponsibleError: ``by`` neither keeps it nor answers for it.
    """
    with acting_as(by):
        row = _action(action)
        if row.desk not in acting_principals() and row.post_id not in posts_in_hand():
            raise NotResponsibleError("Only its keeper and who answers for it tell what became of an action.")
        ActionNote.objects.create(record_id=action, text=text, became=became, by_id=by, at=now())
        have = set(Enclosure.objects.filter(record=action).values_list("paper_id", flat=True))
        for paper in set(papers) - have:
            Enclosure.objects.create(record_id=action, paper_id=paper)
        keep_deed("noted", row, "meetings.action")


def _with_responsible(action: Action, audience: Audience, *, owner: UUID | None) -> Audience:
    post = action.post
    if audience.network or {post.state_id, post.institution_id} & {owner}:
        return audience
    if post.state_id:
        return replace(audience, states=audience.states | {post.state_id})
    if post.institution_id:
        return replace(audience, institutions=audience.institutions | {post.institution_id})
    return audience


def _action(record: UUID) -> Action:
    row = Action.objects.filter(record=record).first()
    if row is None:
        raise MeetingNotInSightError("There is no such action that you may know of.")
    return row
