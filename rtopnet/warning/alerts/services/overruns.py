"""What happens when a stage takes longer than agreed: whom the network agreed on is told, and it shows."""

from collections.abc import Collection
from uuid import UUID

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.network.public import bodies_of, desk_accounts, give_notice, institutions, regions
from rtopnet.sharing.public import acting_principals, database_now
from rtopnet.warning.alerts.models import Alert, AskedBody, Milestone
from rtopnet.warning.alerts.queries.courses import latest, moments_of
from rtopnet.warning.alerts.rules.course import Mark, Stage
from rtopnet.warning.alerts.services.sight import keep_deed, own_alert, tell, terms_of


def escalate_overruns() -> int:
    """Put every overrun on its warning's line of time, once, and tell whom the network agreed on; how many.

    Each owner's desk is acted as in turn: nothing else may look into what a state has not shared.
    """
    return sum(escalate_of(desk) for desk in _desks())


def escalate_of(by: UUID) -> int:
    """The same for the warnings that one desk decides on."""
    with acting_as(by):
        rows = Alert.objects.filter(closed_at__isnull=True, desk__in=acting_principals())
        records = list(rows.values_list("record_id", flat=True))
        told = _told(records)
        moments = moments_of(records)
        found = 0
        for record in records:
            stage = latest(moments[record])
            due = next((one.due_at for one in moments[record] if one.stage is stage), None)
            if due is not None and due < now() and (record, stage.value) not in told:
                _escalate(record, stage)
                found += 1
        return found


def _told(records: Collection[UUID]) -> set[tuple[UUID, str]]:
    rows = Milestone.objects.filter(record__in=records, kind=Mark.ESCALATED.value)
    return set(rows.values_list("record_id", "about"))


def _escalate(record: UUID, stage: Stage) -> None:
    row = own_alert(record)
    Milestone.objects.create(
        record_id=record, kind=Mark.ESCALATED.value, at=database_now(), body=row.desk, about=stage.value
    )
    late = set(
        AskedBody.objects.filter(record_id=record, answered_at__isnull=True).values_list("body", flat=True)
    )
    keep_deed("escalated", row, detail={"stage": stage.value})
    if stage is Stage.ISSUED:
        tell("answer_overdue", late, row)
    tell("overrun", [row.desk] if row.desk else [], row)
    _tell_agreed(row, set(terms_of(row).escalate_to))


def _tell_agreed(row: Alert, keys: Collection[str]) -> None:
    bodies = {one.id for one in institutions() if one.key in keys and one.id != row.desk}
    accounts = [account for desk in desk_accounts(bodies).values() for account in desk]
    reading = [account for account in accounts if _reads(account, row.record_id)]
    give_notice(
        kind="alerts.overrun",
        accounts=reading,
        region=row.record.region_id,
        subject_kind="alerts.warning",
        subject=row.record_id,
        who=row.desk,
    )


def _reads(account: UUID, record: UUID) -> bool:
    """Nobody is told of an overrun who may not know of the warning."""
    with acting_as(account):
        return Alert.objects.filter(record_id=record).exists()


def _desks() -> list[UUID]:
    with acting_for(Capacity.INSTALLATION):
        bodies = [body.id for region in regions() for body in bodies_of(region.id)]
        return sorted({accounts[0] for accounts in desk_accounts(bodies).values()})
