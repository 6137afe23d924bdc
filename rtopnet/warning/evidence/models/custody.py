"""The chain of custody: who had an item and what was done with it; nothing in it is changed or deleted."""

from django.db import models
from django.db.models import Q

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.network.public import Account
from rtopnet.sharing.public import DESK, OPEN_TO_ME, OWN, OfRecord
from rtopnet.warning.evidence.rules.words import Step

_SHORT, _LONG, _SHA256 = 200, 2_000, 64
_MINE = f"by_id = {ACTING_ACCOUNT}"


class CustodyStep(OfRecord):
    """One step; the owner's people read it, a reader those that they made themselves.

    No policy lets anybody change or delete one.
    """

    what = models.CharField(max_length=11, choices=[(one.value, one.value) for one in Step])
    item = models.UUIDField(null=True)
    """A file of the record, or nothing where the step is about the report itself."""
    sha256 = models.CharField(max_length=_SHA256, blank=True)
    holder = models.CharField(max_length=_SHORT, blank=True)
    """In whose hands it was: a post or a body, never a person who must not be named."""
    note = models.CharField(max_length=_LONG, blank=True)
    happened_on = models.DateField(null=True)
    """Where the step was taken before it was written down."""
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            # Who opened or took it out is for the desk alone, as in the release ledger.
            RowPolicy(
                name="custody_read",
                command="SELECT",
                using=f"{DESK} OR ({OWN} AND (what NOT IN ('opened', 'exported') OR {_MINE})) "
                f"OR ({_MINE} AND {OPEN_TO_ME})",
            ),
            RowPolicy(
                name="custody_insert",
                command="INSERT",
                check=f"{_MINE} AND ({OWN} OR what IN ('opened', 'exported') AND {OPEN_TO_ME})",
            ),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(what__in=[one.value for one in Step]), name="custody_step_known"
            ),
            models.CheckConstraint(
                condition=~Q(what=Step.HASHED.value) | Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="custody_hash_where_hashed",
            ),
        ]
        indexes = [models.Index(fields=["record", "at"], name="custody_of_record")]

    def __str__(self) -> str:
        return f"{self.what} {self.record_id}"
