"""The silence procedure: opening a round on a record, and what those who take part do in it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.events import publish
from rtopnet.kernel.jobs import defer_job
from rtopnet.meetings.models import ChairStatement, Procedure, SilentNote
from rtopnet.meetings.queries.rounds import capitals_for, last_round_on
from rtopnet.meetings.rules import (
    END_OF_DAY,
    Act,
    Deed,
    NoReservationError,
    expect_may_circulate,
    expect_period,
    expect_statement,
    extended_from,
    last_day_from,
    reservations,
)
from rtopnet.meetings.services.refusals import in_words
from rtopnet.meetings.services.rounds import (
    HeldRound,
    held_round,
    keep_act,
    keep_round_deed,
    tell_bodies,
)
from rtopnet.meetings.silence_events import (
    ProcedureBroken,
    ProcedureExtended,
    ProcedureOpened,
    ProcedureWithdrawn,
)
from rtopnet.sharing.public import (
    OwnerDecidesError,
    Record,
    RecordChangedError,
    RecordNotInSightError,
    database_now,
    record_sheet,
)

ADOPT_DUE = "meetings.adopt_due"


def open_procedure(
    *,
    by: UUID,
    record: UUID,
    participants: frozenset[UUID],
    chair: UUID,
    day: date,
    hour: int = END_OF_DAY,
    short_because: str = "",
) -> UUID:
    """Put a released record in silence before ``participants``; the round's id.

    From now on nobody changes or takes back the record, until the silence is broken or it is withdrawn from
    it; once adopted, never. The deadline is the end of ``hour`` on the first day from ``day`` on that is a
    working day in every capital, and falls when it has passed in the last of them.

    Args:
        by: of the owner's desk.
        record: of any kind; those who take part and the chair must be able to read it.
        participants: states whose silence agrees; the owner, where it is a state, is added.
        chair: a participant, or an institution of the region; tells all how it ended.
        day: the last day wished for.
        hour: 1 to 24, local in each capital; 24 is the day's end.
        short_because: why capitals get less than ten days; all who take part read it.

    Raises:
        RecordNotInSightError: there is no such record for ``by`` to know of.
        OwnerDecidesError: ``by`` is not the owner's desk.
        RoundOpenError: it is in silence, or adopted.
        NextVersionNeededError: the silence on its newest version was broken.
        CircleCannotReadError: somebody asked to agree, or the chair, does not read it.
        PeriodRefusedError: there is too little time, or too much.
        ReasonMissingError: less than ten days without a reason.
    """
    with acting_as(by), in_words():
        sheet = record_sheet(record)
        if sheet is None:
            raise RecordNotInSightError("There is no such record that you may know of.")
        if not sheet.decides:
            raise OwnerDecidesError("Only the owner's focal point or deputy may circulate it.")
        region = Record.objects.get(pk=record).region_id
        everyone = participants | ({sheet.owner} if _is_state(region, sheet.owner) else frozenset())
        now, last = database_now(), last_round_on(record)
        expect_may_circulate(last[1] if last else None, sheet.version, now)
        found = last_day_from(day, hour, capitals_for(region, everyone, "en"))
        expect_period(now, found.at, short_because)
        row = Procedure.objects.create(
            record_id=record,
            region_id=region,
            round=0,
            version=0,
            participants=sorted(everyone),
            whole_network=False,
            chair=chair,
            opened_by_id=by,
            opened_at=now,
            last_day=found.day,
            last_hour=hour,
            first_deadline=found.at,
            deadline=found.at,
            short_because=short_because.strip(),
        )
        row.refresh_from_db()
        concerned = everyone | {sheet.owner, chair}
        keep_round_deed("opened_silence", row, concerned)
        tell_bodies(
            "meetings.circulated", row, concerned - {sheet.owner}, who=sheet.owner, due_at=row.deadline
        )
        defer_job(ADOPT_DUE, at=row.deadline)
        publish(ProcedureOpened(row.pk, record))
        return row.pk


def break_silence(*, by: UUID, procedure: UUID, reason: str) -> None:
    """End the round for all: the state does not agree, and says why; the text goes back to its drafter.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` does not decide for a state that takes part.
        SilenceOverError: the round has ended.
        DrafterWithdrawsError: it is the state's own text.
        ReasonMissingError: no reason is given.
    """
    with held_round(by, procedure, among="states") as held:
        keep_act(by, held, Deed.BREAK, reason)
        tell_bodies("meetings.broken", held.row, held.bodies - {held.body}, who=held.body)
        publish(ProcedureBroken(held.row.pk, held.row.record_id))


def ask_for_more_time(*, by: UUID, procedure: UUID, reason: str = "") -> None:
    """Move the deadline by five days, and on to a working day of all; once for all states together.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` does not decide for a state that takes part.
        SilenceOverError: the round has ended.
        ExtendedBeforeError: some state asked before.
    """
    with held_round(by, procedure, among="states") as held:
        row = held.row
        capitals = capitals_for(row.region_id, held.about.participants, "en")
        later = extended_from(row.last_day, row.last_hour, capitals)
        keep_act(by, held, Deed.EXTENSION, reason, until=later.at)
        tell_bodies("meetings.extended", row, held.bodies - {held.body}, who=held.body, due_at=later.at)
        defer_job(ADOPT_DUE, at=later.at)
        publish(ProcedureExtended(row.pk, row.record_id))


def join_with_reservation(*, by: UUID, procedure: UUID, words: str, seen: str | None = None) -> None:
    """Agree, with words that are printed with the decision; a later wording replaces the earlier.

    Args:
        by: of the state's desk.
        procedure: the round.
        words: the reservation.
        seen: the wording that was replaced knowingly, empty for none; another one meanwhile refuses this.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` does not decide for a state that takes part.
        SilenceOverError: the round has ended.
        DrafterWithdrawsError: it is the state's own text.
        ReasonMissingError: it says nothing.
        RecordChangedError: a colleague changed the state's reservation meanwhile.
    """
    with held_round(by, procedure, among="states") as held:
        if seen is not None and seen != (_standing(held) or ""):
            raise RecordChangedError("A colleague changed your state's reservation meanwhile; look again.")
        keep_act(by, held, Deed.RESERVATION, words)
        tell_bodies("meetings.reserved", held.row, {held.about.drafter, held.about.chair}, who=held.body)


def take_back_reservation(*, by: UUID, procedure: UUID) -> None:
    """Agree without the state's reservation after all.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` does not decide for a state that takes part.
        SilenceOverError: the round has ended.
        NoReservationError: the state has none.
    """
    with held_round(by, procedure, among="states") as held:
        if _standing(held) is None:
            raise NoReservationError("Your state has no reservation to take back.")
        keep_act(by, held, Deed.RETRACTION)


def comment_on_round(*, by: UUID, procedure: UUID, words: str) -> None:
    """Say something to all who read the text, without breaking the silence.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` decides for nobody whom the round concerns.
        SilenceOverError: the round has ended.
        ReasonMissingError: it says nothing.
    """
    with held_round(by, procedure) as held:
        keep_act(by, held, Deed.COMMENT, words)
        concerned = {held.about.drafter, held.about.chair} - {held.body}
        tell_bodies("meetings.commented", held.row, concerned, who=held.body)


def withdraw_from_silence(*, by: UUID, procedure: UUID, reason: str = "") -> None:
    """Take one's own text out of silence; it is free to be changed, recalled or circulated again.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` does not decide for the drafter.
        SilenceOverError: the round has ended.
    """
    with held_round(by, procedure, among="drafter") as held:
        keep_act(by, held, Deed.WITHDRAWAL, reason)
        tell_bodies("meetings.withdrawn", held.row, held.bodies - {held.body}, who=held.body)
        publish(ProcedureWithdrawn(held.row.pk, held.row.record_id))


def stay_silent(*, by: UUID, procedure: UUID) -> None:
    """Note for one's own desk alone that the state means to stay silent: nothing reminds it any more.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` does not decide for a state that takes part.
        SilenceOverError: the round has ended.
    """
    with held_round(by, procedure, among="states") as held:
        if SilentNote.objects.filter(procedure=held.row, body=held.body).exists():
            return
        SilentNote.objects.create(
            procedure=held.row,
            record_id=held.row.record_id,
            body=held.body,
            by_id=by,
            at=database_now(),
        )
        keep_round_deed("noted_silence", held.row, {held.body})


def look_again(*, by: UUID, procedure: UUID) -> None:
    """Take the note back that the state means to stay silent.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` does not decide for a state that takes part.
    """
    with held_round(by, procedure, among="states") as held:
        notes = SilentNote.objects.filter(procedure=held.row, body=held.body)
        if notes.delete()[0]:
            keep_round_deed("took_back_note", held.row, {held.body})


def add_statement(*, by: UUID, procedure: UUID, words: str) -> None:
    """Add the chair's statement to what was adopted, once; it is printed with the decision.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` does not decide for the chair.
        NotAdoptedError: the text is not adopted, or was long ago.
        ReasonMissingError: it says nothing.
        RecordChangedError: the chair has made its statement.
    """
    with held_round(by, procedure, among="chair") as held:
        expect_statement(held.about, held.body, words, database_now())
        if ChairStatement.objects.filter(procedure=held.row).exists():
            raise RecordChangedError("The chair has made its statement; it stays as it is.")
        with transaction.atomic():
            ChairStatement.objects.create(
                procedure=held.row,
                record_id=held.row.record_id,
                body=held.body,
                by_id=by,
                at=database_now(),
                words=words.strip(),
            )
        keep_round_deed("stated", held.row, held.bodies)
        tell_bodies("meetings.stated", held.row, held.bodies - {held.body}, who=held.body)


def _standing(held: HeldRound) -> str | None:
    own: list[Act] = [act for act in reservations(held.about) if act.body == held.body]
    return own[0].words if own else None


def _is_state(region: UUID, body: UUID) -> bool:
    return bool(capitals_for(region, {body}, "en"))
