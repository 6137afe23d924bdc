"""States concerned by a record: that they were told, and what they replied."""

from django.db import models
from django.db.models import F, Q

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.network.public import Account, State
from rtopnet.sharing.deciding import DESK, MINE, OPEN_TO_ME, OWN
from rtopnet.sharing.models.records import OfRecord

_CONCERNED = f"state_id = ANY({MINE})"
# Looked up once, for the one row written, and under the writer's own eyes.
_CONSULTED = (
    "EXISTS (SELECT 1 FROM sharing_consultation asked WHERE asked.record_id = sharing_reply.record_id "
    "AND asked.state_id = sharing_reply.state_id)"
)


class Consultation(OfRecord):
    """A state concerned is told of a record in words its owner chose, and has time to reply."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    waived_at = models.DateTimeField(null=True)
    """Since when the record need not wait for a reply; why is the owner's own, in ``Waiver``."""

    class Meta:
        constraints = [
            RowPolicy(
                name="consultation_read",
                command="SELECT",
                using=f"{OWN} OR told_at IS NOT NULL AND {_CONCERNED}",
            ),
            RowPolicy(name="consultation_insert", command="INSERT", check=DESK),
            RowPolicy(name="consultation_update", command="UPDATE", using=DESK),
            RowPolicy(name="consultation_delete", command="DELETE", using=f"{DESK} AND told_at IS NULL"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "state"], name="consultation_once"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, due_at__isnull=True)
                | Q(told_at__isnull=False, due_at__gte=F("told_at")),
                name="consultation_has_time",
            ),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True) | Q(told_at__isnull=False),
                name="consultation_waived_once_told",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Waiver(OfRecord):
    """Why people would be endangered by waiting for a state's reply: its owner's people alone read it."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()

    class Meta:
        constraints = [
            RowPolicy(name="waiver_read", command="SELECT", using=OWN),
            RowPolicy(name="waiver_insert", command="INSERT", check=DESK),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "state"], name="waiver_once"),
            models.CheckConstraint(condition=~Q(because=""), name="waiver_with_reason"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Reply(OfRecord):
    """What a state concerned has to say; it stays attached for every reader from then on."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="reply_read", command="SELECT", using=f"{OWN} OR {_CONCERNED} OR {OPEN_TO_ME}"),
            RowPolicy(
                name="reply_insert",
                command="INSERT",
                check=f"{_CONCERNED} AND {_CONSULTED} AND by_id = {ACTING_ACCOUNT}",
            ),
            *OfRecord.Meta.constraints,
        ]

    def __str__(self) -> str:
        return str(self.id)
