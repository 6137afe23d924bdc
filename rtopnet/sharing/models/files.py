"""Files of records, and what was found out about each."""

from django.db import models

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy, in_capacity
from rtopnet.network.public import Account
from rtopnet.sharing.deciding import DESK, OPEN_TO_ME, OWN, READ
from rtopnet.sharing.models.records import OfRecord, Shared
from rtopnet.sharing.searched import Searched

_DRAFT = f"{OWN} AND open_from IS NULL"
_REMOVED_BY = f"{DESK} OR ({_DRAFT})"


class Attachment(Shared):
    """A file of a record, read by whoever reads the record; no policy lets anybody change it."""

    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    detected_type = models.CharField(max_length=127)
    declared_type = models.CharField(max_length=127)
    storage_key = models.UUIDField(unique=True, editable=False)
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    cleaned_from = models.UUIDField(null=True)
    """The attachment that this is a copy of without what it told about its making; it may be gone."""

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="attachment_read", command="SELECT", using=READ),
            RowPolicy(
                name="attachment_insert",
                command="INSERT",
                check=f"uploaded_by_id = {ACTING_ACCOUNT} AND ({_REMOVED_BY})",
            ),
            RowPolicy(name="attachment_delete", command="DELETE", using=_REMOVED_BY),
            *OfRecord.Meta.constraints,
            Searched(name="attachment_searched"),
        ]
        indexes = [models.Index(fields=["record"], name="attachment_record")]

    def __str__(self) -> str:
        return str(self.id)


class AttachmentFinding(OfRecord):
    """One thing found out about a file by the program; the newest of its kind holds.

    What a file tells about its making (``metadata``) is for its owner alone.
    """

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(
        max_length=10, choices=[(kind, kind) for kind in ("stamp", "scan", "preview", "metadata")]
    )
    outcome = models.CharField(max_length=10)
    detail = models.JSONField(default=dict)
    token = models.BinaryField(null=True)
    """The answer of the time-stamping authority, in DER."""
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(
                name="finding_read",
                command="SELECT",
                using=f"{OWN} OR (kind <> 'metadata' AND {OPEN_TO_ME})",
            ),
            RowPolicy(name="finding_insert", command="INSERT", check=in_capacity("installation")),
            RowPolicy(name="finding_delete", command="DELETE", using=_REMOVED_BY),
            *OfRecord.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.attachment_id}: {self.outcome}"
