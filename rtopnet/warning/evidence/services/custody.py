"""The chain of custody: what people add to it, what reading adds, and the end of a report."""

from datetime import date, timedelta
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.sharing.public import acting_principals, attachments_of, database_now, note_reading
from rtopnet.warning.evidence.models import CustodyStep, FieldReport, RabatGrade, Speech
from rtopnet.warning.evidence.rules.facts import ReportRefusedError
from rtopnet.warning.evidence.rules.words import Step
from rtopnet.warning.evidence.services.sight import keep_deed, keep_step, own_report, report_row

BY_HAND = (Step.COLLECTED, Step.RECEIVED, Step.HANDED_OVER, Step.TRANSLATED)
"""What people write down themselves; the rest the program writes as it happens."""
NOTED_FOR = timedelta(hours=1)


def add_step(
    *,
    by: UUID,
    record: UUID,
    what: Step,
    holder: str,
    note: str = "",
    item: UUID | None = None,
    happened_on: date | None = None,
) -> None:
    """Write down who had the report or one of its files, and what was done; it is never changed.

    Raises:
        RecordNotInSightError: the report is not in sight, or another's.
        ReportRefusedError: the program writes such steps itself, nobody had it, or it lies ahead.
    """
    with acting_as(by):
        row = own_report(record)
        if what not in BY_HAND:
            raise ReportRefusedError("what: the program writes down such steps itself.")
        if not holder.strip():
            raise ReportRefusedError("holder: say in whose hands it was, by post or body.")
        if happened_on is not None and happened_on > today():
            raise ReportRefusedError("happened_on: it lies ahead.")
        files = {file.id: file.sha256 for file in attachments_of(record)}
        if item is not None and item not in files:
            raise ReportRefusedError("item: there is no such file.")
        keep_step(
            record,
            what,
            item=item,
            sha256=files[item] if item else "",
            holder=holder.strip(),
            note=note.strip(),
            happened_on=happened_on,
        )
        keep_deed("noted_custody", row, detail={"what": what.value})


def note_files(*, by: UUID, record: UUID) -> int:
    """Write down the hash of each file that is not in the chain yet; how many. Nothing for addressees."""
    with acting_as(by):
        row = report_row(record)
        if row.owner not in acting_principals():
            return 0
        hashed = set(
            CustodyStep.objects.filter(record_id=record, what=Step.HASHED).values_list("item", flat=True)
        )
        found = [file for file in attachments_of(record) if file.id not in hashed]
        for file in found:
            keep_step(record, Step.HASHED, item=file.id, sha256=file.sha256)
        if found:
            keep_deed("hashed", row, detail={"files": len(found)})
        return len(found)


def note_opened(*, by: UUID, record: UUID) -> None:
    """Write down that an addressee opened the report: in the owner's ledger, and once an hour in the chain.

    Raises:
        RecordNotInSightError: it is not in sight.
    """
    with acting_as(by):
        row = report_row(record)
        if row.owner in acting_principals():
            return
        # Of what goes to the network or the public nobody keeps who read it.
        if not note_reading(by=by, record=record):
            return
        since = database_now() - NOTED_FOR
        if CustodyStep.objects.filter(record_id=record, by=by, what=Step.OPENED, at__gt=since).exists():
            return
        keep_step(record, Step.OPENED)
        keep_deed("opened", row)


def forget_facts(*, by: UUID, record: UUID) -> None:
    """Delete what a report said, once its owner has withdrawn it; the owner keeps the chain of custody."""
    with acting_as(by):
        row = FieldReport.objects.filter(record_id=record).select_related("record").first()
        if row is None:
            return
        for model in (RabatGrade, Speech, FieldReport):
            model.objects.filter(record_id=record).delete()
        keep_deed("forgot", row)
