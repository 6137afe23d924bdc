"""Watch rules and what they found; both are their maker's, or those of the body whose desk made them."""

from django.db import models
from django.db.models import Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_REGION, RowPolicy
from rtopnet.network.public import Account, Region
from rtopnet.sharing.public import MINE
from rtopnet.warning.alerts.rules.watching import Test

_THEIRS = f"account_id = {ACTING_ACCOUNT} OR body = ANY({MINE})"
_WRITES = f"{_THEIRS} AND region_id = {ACTING_REGION}"


class Kept(models.Model):
    """Something of an account, and of a body as well where its desk wants to see it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    body = models.UUIDField(null=True)

    class Meta:
        abstract = True
        constraints = [
            RowPolicy(name="%(class)s_read", command="SELECT", using=_THEIRS),
            RowPolicy(
                name="%(class)s_insert",
                command="INSERT",
                check=f"account_id = {ACTING_ACCOUNT} AND (body IS NULL OR body = ANY({MINE})) "
                f"AND region_id = {ACTING_REGION}",
            ),
            RowPolicy(name="%(class)s_update", command="UPDATE", using=_WRITES),
            RowPolicy(name="%(class)s_delete", command="DELETE", using=_WRITES),
            Ledgered(name="%(class)s_ledgered"),
        ]


class WatchRule(Kept):
    """When to tell its owner: a measure at a place, held against a number or the place's own history."""

    title = models.CharField(max_length=300)
    measure = models.CharField(max_length=40)
    place = models.CharField(max_length=200)
    detail = models.CharField(max_length=40, blank=True)
    """What of the place is counted, where the measure has several: an outcome, a factor."""
    test = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Test])
    limit = models.FloatField()
    """A number of the measure's unit, or the quantile of the place's trailing months."""
    least = models.FloatField(default=1)
    """What is below it fires nothing, however unusual it is."""
    budget = models.PositiveSmallIntegerField(default=2)
    """How many false alarms a year its owner bears."""
    is_on = models.BooleanField(default=False)
    tried_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=now)

    class Meta(Kept.Meta):
        constraints = [
            *Kept.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(tried_at__isnull=False), name="watchrule_tried_before_it_is_on"
            ),
            models.CheckConstraint(
                condition=Q(limit__gte=0) & Q(least__gte=0), name="watchrule_limits_are_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Firing(Kept):
    """That a rule found its month's figure beyond its limit; a rule fires once a month at most."""

    rule = models.ForeignKey(WatchRule, on_delete=models.CASCADE, related_name="firings")
    month = models.DateField()
    value = models.FloatField()
    limit = models.FloatField()
    found_at = models.DateTimeField(default=now)
    alert = models.UUIDField(null=True)
    """The record of the warning that was begun from it."""

    class Meta(Kept.Meta):
        constraints = [
            *Kept.Meta.constraints,
            models.UniqueConstraint(fields=["rule", "month"], name="firing_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.month:%Y-%m}"
