"""After a recall: who had the record says what became of its copies, and signs."""

from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.events import publish
from rtopnet.network.public import Account
from rtopnet.sharing.events import ReceiptSigned
from rtopnet.sharing.models import Became, Receipt, Record
from rtopnet.sharing.queries import acting_principals, bodies_that_had, database_now
from rtopnet.sharing.rules import (
    SIGN_WITHIN,
    OwnerDecidesError,
    ReceiptSignedError,
    RecordNotInSightError,
    TermsRefusedError,
)
from rtopnet.sharing.services.telling import tell_desks


def ask_for_receipts(row: Record) -> None:
    """Ask each state and institution that could read the record; once the recall is written."""
    due_at = database_now() + SIGN_WITHIN
    for body in bodies_that_had(row):
        column = "state_id" if body.is_state else "institution_id"
        asked = Receipt.objects.create(record=row, body=body.id, due_at=due_at, **{column: body.id})
        tell_desks(
            kind="sharing.receipt_asked",
            bodies=[body.id],
            region=row.region_id,
            subject=asked.pk,
            subject_kind="sharing.receipt",
            who=row.desk,
            due_at=due_at,
        )


def sign_receipt(*, by: UUID, receipt: UUID, became: Became, note: str = "") -> None:
    """Say for one's state or institution what became of the copies it had.

    Raises:
        RecordNotInSightError: there is no such receipt for ``by`` to know of.
        OwnerDecidesError: ``by`` does not speak for who is asked.
        ReceiptSignedError: it was signed before.
        TermsRefusedError: copies are kept and nothing says why.
    """
    with acting_as(by):
        asked = Receipt.objects.filter(pk=receipt).first()
        if asked is None:
            raise RecordNotInSightError("There is no such receipt that you may know of.")
        if asked.body not in acting_principals():
            raise OwnerDecidesError("Only the desk of the state or institution asked may sign.")
        if became == Became.KEPT and not note.strip():
            raise TermsRefusedError("note: say where copies are kept, and why.")
        signed = {"became": became.value, "note": note, "signed_by_id": by, "signed_at": database_now()}
        if not Receipt.objects.filter(pk=receipt, signed_at__isnull=True).update(**signed):
            raise ReceiptSignedError("The receipt was signed before.")
        record_deed(
            verb="signed",
            kind="sharing.receipt",
            subject=receipt,
            books=[body for body in (asked.desk, asked.body) if body],
            in_own_books=False,
        )
        if asked.desk:
            region = Account.objects.get(pk=by).region_id
            tell_desks(
                kind="sharing.receipt_signed",
                bodies=[asked.desk],
                region=region,
                subject=asked.record_id,
                who=asked.body,
            )
        publish(ReceiptSigned(asked.record_id, by, asked.body))
