"""Notices and how they are passed on. A notice holds ids and kinds; its words are found when it is shown."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_REGION, RowPolicy, in_capacity
from rtopnet.network.models.members import Account, Region
from rtopnet.network.notice_rules import Channel, Rhythm

_INSTALLATION = in_capacity("installation")
_OWN = f"account_id = {ACTING_ACCOUNT}"
_OF_A_POST_STILL_HELD = "(posts = '{}' OR posts && (SELECT acting_posts())::uuid[])"
_IN_SIGHT = f"{_OWN} AND region_id = {ACTING_REGION} AND {_OF_A_POST_STILL_HELD} OR {_INSTALLATION}"


class Notice(models.Model):
    """That something concerns an account.

    ``posts`` are those that the account held when the notice was given: once it holds none of them any more,
    the notice is gone for it. Without any, it is about the person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    posts = ArrayField(models.UUIDField(), default=list)
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    who = models.UUIDField(null=True)
    may_name = models.BooleanField(default=False)
    given_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="notice_read", command="SELECT", using=_IN_SIGHT),
            RowPolicy(name="notice_insert", command="INSERT", check=_INSTALLATION),
            RowPolicy(name="notice_update", command="UPDATE", using=_IN_SIGHT),
            RowPolicy(name="notice_delete", command="DELETE", using=_INSTALLATION),
            Ledgered(name="notice_ledgered"),
        ]
        indexes = [
            models.Index(fields=["account", "-given_at"], name="notice_of_account"),
            models.Index(
                fields=["account"],
                condition=Q(read_at__isnull=True, cleared_at__isnull=True),
                name="notice_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.account_id}"


class NoticeDelivery(models.Model):
    """That a notice is to go out by a channel, not before an hour, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    channel = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Channel])
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="notice_delivery_read", command="SELECT", using=f"{_OWN} OR {_INSTALLATION}"),
            RowPolicy(name="notice_delivery_insert", command="INSERT", check=_INSTALLATION),
            RowPolicy(name="notice_delivery_update", command="UPDATE", using=_INSTALLATION),
            RowPolicy(name="notice_delivery_delete", command="DELETE", using=_INSTALLATION),
            Ledgered(name="notice_delivery_ledgered"),
            models.UniqueConstraint(fields=["notice", "channel"], name="notice_delivered_once_a_channel"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True)
                | Q(outcome__in=["sent", "failed", "dropped"], settled_at__isnull=False),
                name="notice_delivery_settled_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(settled_at__isnull=True), name="notice_delivery_waiting"
            ),
            models.Index(fields=["account", "channel", "-settled_at"], name="notice_delivery_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.outcome or 'waiting'}"


class NoticeHabits(models.Model):
    """When an account wants to be told outside the product."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True)
    rhythm = models.CharField(
        max_length=10, default=Rhythm.AT_ONCE.value, choices=[(one.value, one.value) for one in Rhythm]
    )
    digest_hour = models.PositiveSmallIntegerField(default=8)
    digest_weekday = models.PositiveSmallIntegerField(default=0)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    urgent_passes = models.BooleanField(default=False)

    class Meta:
        constraints = [
            RowPolicy(name="notice_habits_all", command="ALL", using=f"{_OWN} OR {_INSTALLATION}"),
            Ledgered(name="notice_habits_ledgered"),
            models.CheckConstraint(
                condition=Q(digest_hour__lte=23, digest_weekday__lte=6), name="notice_habits_digest_exists"
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notice_habits_quiet_from_and_until",
            ),
        ]

    def __str__(self) -> str:
        return self.rhythm


class NoticeRefusal(models.Model):
    """That an account does not want a kind of notice by a channel; whatever is not refused comes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Channel])

    class Meta:
        constraints = [
            RowPolicy(name="notice_refusal_all", command="ALL", using=f"{_OWN} OR {_INSTALLATION}"),
            Ledgered(name="notice_refusal_ledgered"),
            models.UniqueConstraint(fields=["account", "kind", "channel"], name="notice_refused_once"),
        ]

    def __str__(self) -> str:
        return f"no {self.kind} by {self.channel}"


class PushSubscription(models.Model):
    """A browser that an account lets be woken: where its push service is, and the keys to encrypt for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.BinaryField(max_length=65)
    auth = models.BinaryField(max_length=16)
    browser = models.CharField(max_length=40)
    added_at = models.DateTimeField(default=now)
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            RowPolicy(name="push_subscription_all", command="ALL", using=f"{_OWN} OR {_INSTALLATION}"),
            Ledgered(name="push_subscription_ledgered"),
            models.CheckConstraint(
                condition=Q(endpoint__startswith="https://"), name="push_subscription_by_https"
            ),
        ]

    def __str__(self) -> str:
        return self.browser
