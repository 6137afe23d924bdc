"""Acting in a round: held still, decided by the rules, written, kept in the ledger, and told."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.models import Procedure, ProcedureAct
from rtopnet.meetings.queries.rounds import round_in_sight
from rtopnet.meetings.rules import Act, Deed, NotTakingPartError, Round, enter
from rtopnet.meetings.services.refusals import in_words
from rtopnet.network.public import acting_desks, desk_accounts, give_notice
from rtopnet.sharing.public import Marking, Record, RecordNotInSightError, database_now

ROUND = "meetings.round"
PROPOSAL = "meetings.proposal"
NO_SUCH_ROUND = "There is no such round that you may know of."


@dataclass(frozen=True)
class HeldRound:
    """A round that stands still until the transaction ends, and the body that the account acts for."""

    row: Procedure
    about: Round
    body: UUID

    @property
    def bodies(self) -> frozenset[UUID]:
        """Everybody whom the round concerns: those who take part, the drafter and the chair."""
        return self.about.participants | {self.about.drafter, self.about.chair}


@contextmanager
def held_round(by: UUID, procedure: UUID, *, among: str = "all") -> Iterator[HeldRound]:
    """Act in a round as ``by``, alone until the transaction ends.

    Raises:
        RecordNotInSightError: there is no such round for ``by`` to know of.
        NotTakingPartError: ``by`` decides for nobody whom the round concerns.
    """
    with acting_as(by), in_words():
        with connection.cursor() as cursor:
            cursor.execute("SELECT meetings_hold_still(%s)", [procedure])
        found = round_in_sight(procedure)
        if found is None:
            raise RecordNotInSightError(NO_SUCH_ROUND)
        row, about = found
        held = HeldRound(row, about, UUID(int=0))
        yield HeldRound(row, about, body_acting(_bodies(held, among)))


def body_acting(bodies: Collection[UUID]) -> UUID:
    """The one of ``bodies``, in their order, that the acting account decides for.

    Raises:
        NotTakingPartError: it decides for none of them.
    """
    mine = acting_desks()
    body = next((one for one in bodies if one in mine), None)
    if body is None:
        raise NotTakingPartError("Only the desk of a state that takes part may do this.")
    return body


def keep_act(by: UUID, held: HeldRound, deed: Deed, words: str = "", until: datetime | None = None) -> Round:
    """Enter an act by the rules, write it, and keep it in the ledger of all whom the round concerns."""
    act = Act(deed, held.body, database_now(), words.strip(), until)
    after = enter(held.about, act)
    ProcedureAct.objects.create(
        procedure=held.row,
        record_id=held.row.record_id,
        body=act.body,
        by_id=by,
        at=act.at,
        deed=deed.value,
        words=act.words,
        until=until,
    )
    keep_round_deed(_VERBS[deed], held.row, held.bodies)
    return after


def keep_round_deed(verb: str, row: Procedure, bodies: Collection[UUID]) -> None:
    """Keep a deed on a round in the books of all whom it concerns."""
    record_deed(
        verb=verb,
        kind=ROUND,
        subject=row.pk,
        region=row.region_id,
        detail={"record": str(row.record_id)},
        books=sorted(bodies),
        in_own_books=False,
    )


def tell_bodies(
    kind: str,
    row: Procedure,
    bodies: Collection[UUID],
    *,
    who: UUID | None = None,
    due_at: datetime | None = None,
) -> None:
    """Give the desks of ``bodies`` a notice about the text in this round."""
    accounts = {account for desk in desk_accounts(bodies).values() for account in desk}
    marking = Record.objects.filter(pk=row.record_id).values_list("marking", flat=True).first()
    give_notice(
        kind=kind,
        accounts=accounts,
        region=row.region_id,
        subject_kind=PROPOSAL,
        subject=row.record_id,
        who=who,
        may_name=marking is not None and marking >= Marking.GREEN,
        due_at=due_at,
    )


_VERBS = {
    Deed.BREAK: "broke_silence",
    Deed.EXTENSION: "asked_for_time",
    Deed.RESERVATION: "reserved",
    Deed.RETRACTION: "took_back_reservation",
    Deed.COMMENT: "commented",
    Deed.WITHDRAWAL: "withdrew_from_silence",
}


def _bodies(held: HeldRound, among: str) -> list[UUID]:
    about = held.about
    chosen = {
        "states": sorted(about.participants),
        "drafter": [about.drafter],
        "chair": [about.chair],
        "all": [*sorted(about.participants), about.drafter, about.chair],
    }
    return chosen[among]
