"""The chain of custody, for the owner's people; a reader sees their own steps."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.network.public import Account
from rtopnet.sharing.public import attachments_of
from rtopnet.warning.evidence.models import CustodyStep
from rtopnet.warning.evidence.rules.words import Step


@dataclass(frozen=True)
class StepInSight:
    """One step of the chain."""

    id: UUID
    what: Step
    item: UUID | None
    item_name: str
    sha256: str
    holder: str
    note: str
    happened_on: date | None
    by: UUID
    by_name: str
    at: datetime


def custody_of(record: UUID) -> list[StepInSight]:
    """The steps that the acting account may see, in the order in which they were written down."""
    rows = list(CustodyStep.objects.filter(record_id=record).order_by("at", "pk"))
    if not rows:
        return []
    files = {file.id: file.name for file in attachments_of(record)}
    names = dict(Account.objects.filter(pk__in={row.by_id for row in rows}).values_list("pk", "name"))
    return [
        StepInSight(
            id=row.pk,
            what=Step(row.what),
            item=row.item,
            item_name=files.get(row.item, "") if row.item else "",
            sha256=row.sha256,
            holder=row.holder,
            note=row.note,
            happened_on=row.happened_on,
            by=row.by_id,
            by_name=names.get(row.by_id, ""),
            at=row.at,
        )
        for row in rows
    ]
