"""The right of reply: a state concerned is told before a record goes to the network, and answers."""

from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.events import publish
from rtopnet.sharing.events import ReplyGiven, StateConsulted
from rtopnet.sharing.models import Consultation, Reply, Waiver
from rtopnet.sharing.queries import acting_principals, database_now
from rtopnet.sharing.rules import CONSULTATION, NotConcernedError, RecordNotInSightError, TermsRefusedError
from rtopnet.sharing.services.sight import at_the_desk, expect_open, keep_deed
from rtopnet.sharing.services.telling import tell_desks


def name_concerned(*, by: UUID, record: UUID, states: frozenset[UUID]) -> None:
    """Say which states the record concerns; those already told stay.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with at_the_desk(by, record) as row:
        expect_open(row)
        untold = Consultation.objects.filter(record=row, told_at__isnull=True)
        untold.exclude(state_id__in=states).delete()
        known = set(Consultation.objects.filter(record=row).values_list("state_id", flat=True))
        for state in sorted(states - known - {row.owner_state_id}):
            Consultation.objects.create(record=row, state_id=state)
        keep_deed("named_concerned", row, {"states": len(states)})


def consult_state(*, by: UUID, record: UUID, state: UUID, words: str) -> None:
    """Tell a state concerned, in words that protect sources; its time to reply runs from now.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
        NotConcernedError: the record does not name the state as concerned, or it was told before.
    """
    with at_the_desk(by, record) as row:
        expect_open(row)
        if not words.strip():
            raise TermsRefusedError(
                "words: say what the state is to know; nothing else of the record is shown."
            )
        now = database_now()
        asked = Consultation.objects.filter(record=row, state_id=state, told_at__isnull=True).first()
        if asked is None:
            raise NotConcernedError("The record does not name this state, or it was told before.")
        due_at = now + CONSULTATION
        Consultation.objects.filter(pk=asked.pk).update(words=words, told_at=now, due_at=due_at)
        keep_deed("consulted", row, {"state": str(state)})
        tell_desks(
            kind="sharing.consulted",
            bodies=[state],
            region=row.region_id,
            subject=asked.pk,
            subject_kind="sharing.consultation",
            who=row.desk,
            due_at=due_at,
        )
        publish(StateConsulted(row.pk, by, state))


def waive_waiting(*, by: UUID, record: UUID, state: UUID, because: str) -> None:
    """Record why people would be endangered by waiting; the state can still reply.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
        NotConcernedError: the state was not told yet, or the wait was waived before.
        TermsRefusedError: no reason is given.
    """
    with at_the_desk(by, record) as row:
        if not because.strip():
            raise TermsRefusedError("reason: say who would be endangered by waiting, and how.")
        told = Consultation.objects.filter(
            record=row, state_id=state, told_at__isnull=False, waived_at__isnull=True
        )
        if not told.exists():
            raise NotConcernedError("Tell the state first; the wait can be waived once.")
        Waiver.objects.create(record=row, state_id=state, because=because)
        told.update(waived_at=database_now())
        keep_deed("waived_waiting", row, {"state": str(state)})


def reply_as_concerned(*, by: UUID, consultation: UUID, body: str) -> UUID:
    """Reply for a state concerned; the reply stays attached for every reader from then on.

    Raises:
        RecordNotInSightError: there is no such consultation for ``by`` to know of.
        NotConcernedError: ``by`` does not speak for the state.
        TermsRefusedError: the reply is empty.
    """
    with acting_as(by):
        asked = Consultation.objects.filter(pk=consultation).first()
        if asked is None:
            raise RecordNotInSightError("There is no such consultation that you may know of.")
        if asked.state_id not in acting_principals():
            raise NotConcernedError("Only the focal point or deputy of the state concerned may reply.")
        if not body.strip():
            raise TermsRefusedError("reply: write what your state has to say.")
        reply = Reply.objects.create(
            record_id=asked.record_id, state_id=asked.state_id, body=body, by_id=by, at=database_now()
        )
        record_deed(
            verb="replied",
            kind="sharing.record",
            subject=asked.record_id,
            books=[body for body in (asked.desk, asked.state_id) if body],
            in_own_books=False,
        )
        _tell_owner(asked)
        publish(ReplyGiven(asked.record_id, by, asked.state_id))
        return reply.pk


def _tell_owner(asked: Consultation) -> None:
    if asked.desk is None:
        return
    tell_desks(
        kind="sharing.replied",
        bodies=[asked.desk],
        region=asked.state.region_id,
        subject=asked.record_id,
        who=asked.state_id,
    )
