"""A state's answer to an invitation: its own record, for the meeting's owner and host alone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.meetings.meeting_rules import NotInvitedError
from rtopnet.meetings.models import Delegate, Delegation, Meeting
from rtopnet.meetings.services.deeds import expect_to_come, keep_deed, meeting_in_sight
from rtopnet.network.public import acting_desks, states_of
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    address_record,
    draft_record,
    release_record,
    revise_record,
)


@dataclass(frozen=True)
class DelegateWords:
    """Somebody whom a state sends, as it names them."""

    name: str
    role: str = ""
    credentials: str = ""
    dietary: str = ""
    access_needs: str = ""


@dataclass(frozen=True)
class AnswerWords:
    """What a state answers."""

    coming: str
    title: str
    note: str = ""
    delegates: Sequence[DelegateWords] = ()


def answer_invitation(*, by: UUID, meeting: UUID, state: UUID, answer: AnswerWords) -> UUID:
    """Answer for a state, or answer anew; the meeting's owner and its host read it, and no other state.

    Returns:
        The id of the answer's record.

    Raises:
        MeetingNotInSightError: there is none to know of.
        NotInvitedError: ``by`` does not decide for the state.
        MeetingOverError: it was cancelled, or is over.
    """
    with acting_as(by):
        row = meeting_in_sight(meeting)
        expect_to_come(row)
        if state not in acting_desks() or row.open_from is None:
            raise NotInvitedError("Only the focal point or deputy of a state that is invited answers for it.")
        delegation = standing_answer(row, state)
        words = Words(answer.title, answer.note)
        if delegation is None:
            delegation = _begin(by, row, state, words, answer.coming)
        else:
            revise_record(by=by, record=delegation.record_id, words=words)
            Delegation.objects.filter(pk=delegation.pk).update(
                coming=answer.coming, answered_by_id=by, answered_at=now()
            )
        _address(by, delegation, row)
        _name(delegation, answer.delegates)
        keep_deed("answered", delegation, "meetings.delegation")
        return delegation.record_id


def standing_answer(meeting: Meeting, state: UUID) -> Delegation | None:
    """The state's answer as far as it was not taken back."""
    found = Delegation.objects.filter(
        meeting=meeting, state_id=state, record__recalled_at__isnull=True, record__withdrawn_at__isnull=True
    )
    return found.order_by("-answered_at").first()


def _begin(by: UUID, meeting: Meeting, state: UUID, words: Words, coming: str) -> Delegation:
    terms = Terms("delegation", Marking.AMBER_STRICT)
    record = draft_record(by=by, terms=terms, words=words, state=state)
    return Delegation.objects.create(
        record_id=record, meeting=meeting, state_id=state, coming=coming, answered_by_id=by
    )


def _address(by: UUID, delegation: Delegation, meeting: Meeting) -> None:
    row = delegation.record
    readers = {meeting.desk, meeting.host_state_id} - {None, delegation.state_id}
    if not readers:
        return
    states = {state.id for state in states_of(row.region_id)}
    audience = Audience(
        states=frozenset(one for one in readers if one in states),
        institutions=frozenset(one for one in readers if one is not None and one not in states),
    )
    address_record(by=by, record=row.pk, audience=audience)
    if row.released_at is None:
        release_record(by=by, record=row.pk)


def _name(delegation: Delegation, delegates: Sequence[DelegateWords]) -> None:
    Delegate.objects.filter(delegation=delegation).delete()
    for place, person in enumerate(delegates):
        Delegate.objects.create(
            record_id=delegation.record_id, delegation=delegation, place=place, **asdict(person)
        )
