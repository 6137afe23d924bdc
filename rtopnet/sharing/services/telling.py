"""Telling people what happened to records: in the release ledger, and by notices that hold ids alone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.jobs import defer_job
from rtopnet.network.public import desk_accounts, give_notice
from rtopnet.sharing.models import Record
from rtopnet.sharing.queries import database_now
from rtopnet.sharing.rules import Marking

RECORD = "sharing.record"
TELL_READERS = "sharing.tell_readers"


def plan_telling(row: Record, about: str) -> None:
    """Have the record's addressees told, once they may read it; for the verb that changes it to call."""
    row.refresh_from_db(fields=["open_from"])
    is_later = row.open_from is not None and row.open_from > database_now()
    defer_job(TELL_READERS, at=row.open_from if is_later else None, record=str(row.pk), about=about)


def tell_readers(*, record: UUID, about: str) -> int:
    """Tell everybody who reads (or, once it ended, could read) the record what became of it; how many."""
    with acting_for(Capacity.INSTALLATION):
        with connection.cursor() as cursor:
            cursor.execute("SELECT told, region, desk, marking FROM sharing_tell(%s, %s)", [record, about])
            told, region, desk, marking = cursor.fetchone()
        if not told:
            return 0
        record_deed(
            verb="told",
            kind=RECORD,
            subject=record,
            region=region,
            detail={"about": about, "accounts": len(told)},
            books=[desk],
        )
        give_notice(
            kind=f"sharing.{about}",
            accounts=told,
            region=region,
            subject_kind=RECORD,
            subject=record,
            who=desk,
            may_name=marking >= Marking.GREEN,
        )
        return len(told)


def tell_desks(
    *,
    kind: str,
    bodies: Collection[UUID],
    region: UUID,
    subject: UUID,
    subject_kind: str = RECORD,
    who: UUID | None = None,
    due_at: datetime | None = None,
) -> None:
    """Tell the desks of ``bodies`` of something about the record that waits for them or came back to them."""
    accounts = [account for desk in desk_accounts(bodies).values() for account in desk]
    give_notice(
        kind=kind,
        accounts=accounts,
        region=region,
        subject_kind=subject_kind,
        subject=subject,
        who=who,
        due_at=due_at,
    )
