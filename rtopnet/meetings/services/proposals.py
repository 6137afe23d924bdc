"""Drafting a proposal, alone or with other states, and circulating it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.meeting_rules import MeetingNotInSightError
from rtopnet.meetings.models import Lifting, Passage, WorkingText
from rtopnet.meetings.queries.rounds import last_round_on
from rtopnet.meetings.rules import END_OF_DAY, expect_may_circulate
from rtopnet.meetings.services.rounds import PROPOSAL
from rtopnet.meetings.services.silence import open_procedure
from rtopnet.network.public import acting_desks, desk_accounts, give_notice
from rtopnet.sharing.public import (
    Audience,
    Marking,
    OwnerDecidesError,
    Record,
    RecordChangedError,
    RecordNotInSightError,
    RecordSheet,
    Terms,
    Words,
    address_record,
    database_now,
    draft_record,
    record_sheet,
    release_record,
    revise_record,
    set_terms,
)

KIND = "proposal"
NO_SUCH_TEXT = "There is no such proposal that you may know of."


@dataclass(frozen=True)
class Circle:
    """To whom a proposal goes: the network, or some states; the chair reads it too."""

    chair: UUID
    chair_is_state: bool
    states: frozenset[UUID] = frozenset()
    """Those that take part; for the network, all of them."""
    network: bool = False

    @property
    def marking(self) -> Marking:
        """How the text is marked while it goes no further than this."""
        return Marking.GREEN if self.network else Marking.AMBER

    @property
    def audience(self) -> Audience:
        """The circle as a record's audience."""
        if self.network:
            return Audience(network=True)
        chair = frozenset({self.chair})
        return Audience(
            states=self.states | (chair if self.chair_is_state else frozenset()),
            institutions=frozenset() if self.chair_is_state else chair,
        )


def draft_proposal(
    *,
    by: UUID,
    title: str,
    body: str,
    state: UUID | None = None,
    institution: UUID | None = None,
    drafters: frozenset[UUID] = frozenset(),
    passage: UUID | None = None,
) -> UUID:
    """Begin a proposal of a state or an institution; the desks of ``drafters`` write it with the owner's.

    ``passage`` is the passage of minutes that it was lifted from.

    Raises:
        MeetingNotInSightError: there is no such passage to know of.
        OwnerDecidesError: ``by`` is not of the owner's desk, or names no owner or two.
    """
    with acting_as(by):
        if passage and not Passage.objects.filter(pk=passage).exists():
            raise MeetingNotInSightError("There is no such passage that you may know of.")
        record = draft_record(
            by=by,
            terms=Terms(KIND, Marking.AMBER),
            words=Words(title, body),
            state=state,
            institution=institution,
        )
        WorkingText.objects.create(
            record_id=record,
            title=title,
            body=body,
            drafters=sorted(drafters - {state}),
            written_by_id=by,
            written_at=database_now(),
        )
        if passage:
            Lifting.objects.create(record_id=record, passage=passage)
        _keep("drafted", record, drafters)
        _invite(record, drafters - {state})
        return record


def write_proposal(*, by: UUID, record: UUID, title: str, body: str, seen: datetime | None = None) -> None:
    """Write what the proposal will say next; only its drafters see it before it is circulated.

    Args:
        by: of the desk of the owner, or of a state that drafts.
        record: the proposal.
        title: its title.
        body: its text.
        seen: when the words were written that are replaced; others meanwhile refuse this.

    Raises:
        RecordNotInSightError: there is no such proposal that ``by`` drafts.
        RoundOpenError: it is in silence, or adopted.
        RecordChangedError: somebody else wrote meanwhile.
    """
    with acting_as(by):
        text = _working_text(record)
        last = last_round_on(record)
        expect_may_circulate(last[1] if last else None, _ANY_VERSION, database_now())
        rows = WorkingText.objects.filter(pk=text.pk)
        if seen is not None:
            # Of two who write at once, the second finds words that it had not seen.
            rows = rows.filter(written_at=seen)
        written = {"title": title, "body": body, "written_by_id": by, "written_at": database_now()}
        if not rows.update(**written):
            raise RecordChangedError("Somebody else changed the text meanwhile; look at it again.")
        _keep("drafted", record, frozenset(text.drafters))


def set_drafters(*, by: UUID, record: UUID, drafters: frozenset[UUID]) -> None:
    """Say which states draft the proposal with its owner; those left out no longer see what is drafted.

    Raises:
        RecordNotInSightError: there is no such proposal that ``by`` drafts.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        text = _working_text(record)
        if text.desk not in acting_desks():
            raise OwnerDecidesError("Only the owner's desk says who drafts with it.")
        new = drafters - {text.desk} - set(text.drafters)
        WorkingText.objects.filter(pk=text.pk).update(
            drafters=sorted(drafters - {text.desk}), written_by_id=by, written_at=text.written_at
        )
        _keep("set_drafters", record, drafters | frozenset(text.drafters))
        _invite(record, new)


def circulate_proposal(
    *,
    by: UUID,
    record: UUID,
    circle: Circle,
    day: date,
    hour: int = END_OF_DAY,
    short_because: str = "",
    seen: datetime | None = None,
) -> UUID:
    """Put what was drafted in silence before the circle, as the proposal's next version; the round's id.

    Args:
        by: of the owner's desk.
        record: the proposal.
        circle: who is asked; after the first round it is no narrower than before.
        day: the last day wished for, see ``open_procedure``.
        hour: 1 to 24, local in each capital.
        short_because: why capitals get less than ten days.
        seen: when the words were written that were looked at; others meanwhile refuse this.

    Raises:
        RecordNotInSightError: there is no such proposal that ``by`` drafts.
        OwnerDecidesError: ``by`` is not the owner's desk.
        RecordChangedError: somebody wrote since ``seen``.
        RoundOpenError: it is in silence, or adopted.
        NextVersionNeededError: nothing was changed since its silence was broken.
        PeriodRefusedError: there is too little time, or too much.
        ReasonMissingError: less than ten days without a reason.
        ConsultationOpenError: a state concerned by it has not been heard.
    """
    with acting_as(by):
        text = _working_text(record)
        if seen is not None and text.written_at != seen:
            raise RecordChangedError("Somebody else changed the text meanwhile; look at it again.")
        sheet = record_sheet(record)
        if sheet is None or not sheet.decides:
            raise OwnerDecidesError("Only the owner's desk circulates it.")
        _bring_up(by, sheet, text)
        _address(by, sheet, circle)
        return open_procedure(
            by=by,
            record=record,
            participants=circle.states,
            chair=circle.chair,
            day=day,
            hour=hour,
            short_because=short_because,
        )


def _bring_up(by: UUID, sheet: RecordSheet, text: WorkingText) -> None:
    """Make what was drafted the record's newest version; before its release it replaces the draft."""
    is_new = (text.title, text.body) != (sheet.title, sheet.body)
    last = last_round_on(sheet.id)
    expect_may_circulate(last[1] if last else None, sheet.version + is_new, database_now())
    if is_new:
        revise_record(by=by, record=sheet.id, words=Words(text.title, text.body))


def _address(by: UUID, sheet: RecordSheet, circle: Circle) -> None:
    terms = Terms(sheet.kind, circle.marking, sheet.chatham_house)
    if sheet.audience == circle.audience and sheet.marking == circle.marking and sheet.released_at:
        return
    # The wider marking first, or the audience on its way would go further than it allows.
    if circle.marking >= sheet.marking:
        set_terms(by=by, record=sheet.id, terms=terms)
        address_record(by=by, record=sheet.id, audience=circle.audience)
    else:
        address_record(by=by, record=sheet.id, audience=circle.audience)
        set_terms(by=by, record=sheet.id, terms=terms)
    if sheet.released_at is None:
        release_record(by=by, record=sheet.id)


def _working_text(record: UUID) -> WorkingText:
    text = WorkingText.objects.filter(record=record).first()
    if text is None or not ({text.desk, *text.drafters} & acting_desks()):
        raise RecordNotInSightError(NO_SUCH_TEXT)
    return text


def _keep(verb: str, record: UUID, drafters: frozenset[UUID]) -> None:
    text = WorkingText.objects.get(record=record)
    record_deed(
        verb=verb,
        kind=PROPOSAL,
        subject=record,
        region=None,
        books=sorted({body for body in (text.desk, *drafters) if body}),
        in_own_books=False,
    )


def _invite(record: UUID, drafters: frozenset[UUID]) -> None:
    if not drafters:
        return
    row = Record.objects.get(pk=record)
    give_notice(
        kind="meetings.drafting",
        accounts={account for desk in desk_accounts(drafters).values() for account in desk},
        region=row.region_id,
        subject_kind=PROPOSAL,
        subject=record,
        who=row.desk,
    )


_ANY_VERSION = 1_000_000
"""What is drafted after a broken silence is a later version, whatever its number will be."""
