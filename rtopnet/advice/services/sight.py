"""What every verb of the room begins and ends with: what is in sight, the ledger, telling desks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from rtopnet.advice.models import Paper, Transmission
from rtopnet.advice.queries.courses import courses_of
from rtopnet.advice.queries.references import own_region
from rtopnet.advice.rules.course import Deed, expect, stage_of
from rtopnet.audit.public import record_deed
from rtopnet.network.public import acting_desks
from rtopnet.sharing.public import (
    OwnerDecidesError,
    RecordNotInSightError,
    acting_principals,
    tell_desks,
)

NOT_IN_SIGHT = "There is nothing like that which you may know of."
PAPER, SENT = "advice.paper", "advice.sent"


def not_in_sight() -> RecordNotInSightError:
    """What is absent and what is not for the acting account, in the same words."""
    return RecordNotInSightError(NOT_IN_SIGHT)


def drafted_paper(record: UUID, deed: Deed) -> Paper:
    """The paper, for whoever drafts it, where it stands so that ``deed`` can be done.

    Raises:
        RecordNotInSightError: there is none that the acting account drafts.
        StageRefusedError: it does not stand so.
    """
    row = Paper.objects.filter(record=record).first()
    if row is None or not (row.owner in acting_principals() or set(row.drafters) & acting_desks()):
        raise not_in_sight()
    expect(stage_of(courses_of([row], {})[record]), deed)
    return row


def own_paper(record: UUID, deed: Deed) -> Paper:
    """The paper, for its owner's desk, where it stands so that ``deed`` can be done.

    Raises:
        RecordNotInSightError: there is none to know of.
        OwnerDecidesError: the acting account does not decide for its owner.
        StageRefusedError: it does not stand so.
    """
    row = Paper.objects.filter(record=record).first()
    if row is None:
        raise not_in_sight()
    if row.desk not in acting_principals():
        raise OwnerDecidesError("Only the owner's focal point or deputy may do this.")
    sent = Transmission.objects.filter(paper=record).first()
    expect(stage_of(courses_of([row], {record: sent} if sent else {})[record]), deed)
    return row


def keep_deed(
    verb: str,
    row: Paper | Transmission,
    *,
    also: Collection[UUID] = (),
    detail: Mapping[str, str | int | None] | None = None,
) -> None:
    """Keep a deed in the books of the owner, of those who draft, and of those ``also`` in it."""
    row.refresh_from_db(fields=["desk"])
    drafters = row.drafters if isinstance(row, Paper) else []
    record_deed(
        verb=verb,
        kind=PAPER if isinstance(row, Paper) else SENT,
        subject=row.record_id,
        region=own_region().pk,
        detail=detail,
        books=sorted({one for one in (row.desk, *drafters, *also) if one}),
        in_own_books=False,
    )


def tell(
    about: str,
    bodies: Collection[UUID],
    row: Paper | Transmission,
    *,
    who: UUID | None = None,
    due_at: datetime | None = None,
) -> None:
    """Tell the desks of ``bodies`` what happened, by a notice that holds ids alone."""
    if bodies:
        tell_desks(
            kind=f"advice.{about}",
            bodies=bodies,
            region=own_region().pk,
            subject=row.record_id,
            subject_kind=PAPER if isinstance(row, Paper) else SENT,
            who=who or row.desk,
            due_at=due_at,
        )
