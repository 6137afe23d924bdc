"""What became of a record once it was out: who was told, and what those who had it say of their copies."""

from django.db import models
from django.db.models import Q

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.network.public import Account, State
from rtopnet.sharing.deciding import DESK, MINE, NOW
from rtopnet.sharing.models.records import OfRecord

_MINE = f"body = ANY({MINE})"


class Telling(OfRecord):
    """A line of the owner's release ledger: somebody was told of the record; written by function alone."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    about = models.SlugField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(
                name="telling_read", command="SELECT", using=f"{DESK} OR account_id = {ACTING_ACCOUNT}"
            ),
            *OfRecord.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.account_id} told that {self.record_id} was {self.about}"


class Became(models.TextChoices):
    """What a recipient says became of the copies it had."""

    NONE_MADE = "none_made"
    DESTROYED = "destroyed"
    RETURNED = "returned"
    KEPT = "kept"


class Receipt(OfRecord):
    """A state or institution that had a recalled record is asked what became of its copies, and signs."""

    body = models.UUIDField()
    state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, related_name="+")
    institution = models.ForeignKey(
        "network.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )
    due_at = models.DateTimeField()
    became = models.CharField(
        max_length=12, choices=[(kind.value, kind.value) for kind in Became], blank=True
    )
    note = models.TextField(blank=True)
    signed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="receipt_read", command="SELECT", using=f"{DESK} OR {_MINE}"),
            RowPolicy(
                name="receipt_insert",
                command="INSERT",
                check=f"{DESK} AND {NOW} >= open_to AND signed_at IS NULL",
            ),
            RowPolicy(
                name="receipt_update",
                command="UPDATE",
                using=f"{_MINE} AND signed_at IS NULL",
                # That it stays with the body asked is the trigger's to see, before any check.
                check=f"signed_by_id = {ACTING_ACCOUNT}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "body"], name="receipt_once"),
            models.CheckConstraint(
                condition=Q(state__isnull=False, body=models.F("state"), institution__isnull=True)
                | Q(institution__isnull=False, body=models.F("institution"), state__isnull=True),
                name="receipt_of_one_body",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, became="")
                | Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(became=""),
                name="receipt_signed_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
