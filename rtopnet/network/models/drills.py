"""Readiness drills: the secretariat asks who is there, posts answer, the network sees how many."""

from django.db import models
from django.db.models import Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_DESKS, ACTING_REGION, RowPolicy, in_capacity
from rtopnet.network.models.members import Account, Post, Region, State

_INSTALLATION = in_capacity("installation")
_INSTALLATION_OR_LINK = in_capacity("installation", "sign_in")
SECRETARIAT = "(SELECT acting_secretariat())"
"""Whether the acting account holds a post of its region's secretariat now."""


class Drill(models.Model):
    """One drill; its result is worked out once, when it ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    title = models.CharField(max_length=120)
    message = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=now)
    called_off_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    states_called = models.PositiveSmallIntegerField(null=True)
    states_answered = models.PositiveSmallIntegerField(null=True)
    median_seconds = models.PositiveIntegerField(null=True)
    states_quick = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            # One that is planned is known to the secretariat alone, or it would drill nothing.
            RowPolicy(
                name="drill_read",
                command="SELECT",
                using=f"region_id = {ACTING_REGION} AND (sent_at IS NOT NULL OR {SECRETARIAT}) "
                f"OR {_INSTALLATION}",
            ),
            RowPolicy(
                name="drill_insert",
                command="INSERT",
                check=f"region_id = {ACTING_REGION} AND {SECRETARIAT} AND planned_by_id = {ACTING_ACCOUNT} "
                "AND sent_at IS NULL AND closed_at IS NULL",
            ),
            RowPolicy(
                name="drill_update",
                command="UPDATE",
                using=f"region_id = {ACTING_REGION} AND {SECRETARIAT} AND sent_at IS NULL OR {_INSTALLATION}",
            ),
            Ledgered(name="drill_ledgered"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="drill_ends_later"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DrillCall(models.Model):
    """One post asked in a drill; an answer says that somebody is there and nothing else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, related_name="calls")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    open_until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by_link = models.BooleanField(default=False)

    class Meta:
        constraints = [
            RowPolicy(
                name="drillcall_read",
                command="SELECT",
                using=f"region_id = {ACTING_REGION} AND (state_id = ANY({ACTING_DESKS}) OR {SECRETARIAT}) "
                f"OR {_INSTALLATION_OR_LINK}",
            ),
            RowPolicy(name="drillcall_insert", command="INSERT", check=_INSTALLATION),
            RowPolicy(
                name="drillcall_update",
                command="UPDATE",
                using=f"region_id = {ACTING_REGION} AND state_id = ANY({ACTING_DESKS}) "
                f"OR {_INSTALLATION_OR_LINK}",
            ),
            Ledgered(name="drillcall_ledgered"),
            models.UniqueConstraint(fields=["drill", "post"], name="drill_calls_a_post_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
