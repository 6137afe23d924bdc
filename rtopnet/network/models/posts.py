"""What belongs to a post: how it is reached, that this was confirmed, and how it was handed over."""

from django.db import models
from django.db.models import Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_REGION, RowPolicy, in_capacity
from rtopnet.network.models.members import POSTS_IN_HAND, Account, InRegion, Post

_MINE = f"post_id = ANY({POSTS_IN_HAND}) AND region_id = {ACTING_REGION}"
_INSTALLATION = in_capacity("installation")


class PostContact(InRegion):
    """How a post is reached, in office hours and outside them."""

    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="contact")
    time_zone = models.CharField(max_length=64)
    languages = models.JSONField(default=list)
    """Codes of the languages spoken there."""
    week = models.JSONField(default=list)
    """Seven entries from Monday: a pair of ``HH:MM``, or nothing where the office stays closed."""
    phone = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=200, blank=True)
    messenger = models.CharField(max_length=200, blank=True)
    phone_out_of_hours = models.CharField(max_length=120, blank=True)
    email_out_of_hours = models.CharField(max_length=200, blank=True)
    messenger_out_of_hours = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta(InRegion.Meta):
        constraints = [
            *InRegion.Meta.constraints,
            RowPolicy(name="postcontact_begun_in_hand", command="INSERT", check=_MINE),
            RowPolicy(name="postcontact_kept_in_hand", command="UPDATE", using=_MINE),
        ]

    def __str__(self) -> str:
        return str(self.post_id)


class ContactConfirmation(InRegion):
    """Whoever held the post said that its contact is right."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="confirmations")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta(InRegion.Meta):
        constraints = [
            *InRegion.Meta.constraints,
            RowPolicy(
                name="contactconfirmation_by_oneself",
                command="INSERT",
                check=f"{_MINE} AND account_id = {ACTING_ACCOUNT}",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.at:%Y-%m-%d}"


class ContactReminder(models.Model):
    """That a holder was reminded, so that nobody is reminded twice of the same."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    stage = models.SmallIntegerField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="contactreminder_all", command="ALL", using=_INSTALLATION),
            Ledgered(name="contactreminder_ledgered"),
            models.UniqueConstraint(
                fields=["post", "account", "due_on", "stage"], name="contact_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.stage}"


class Handover(models.Model):
    """That a post passes from one account to another at a set hour, and what the first leaves written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey("network.Region", on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="handovers")
    from_account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody, where the post stood empty."""
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # The note is for whoever holds the post; the one to come may read it beforehand.
            RowPolicy(
                name="handover_read",
                command="SELECT",
                using=f"{_MINE} OR region_id = {ACTING_REGION} AND to_account_id = {ACTING_ACCOUNT} "
                "AND at > statement_timestamp() AND cancelled_at IS NULL",
            ),
            RowPolicy(
                name="handover_insert",
                command="INSERT",
                check=f"{_MINE} AND made_by_id = {ACTING_ACCOUNT}",
            ),
            RowPolicy(name="handover_update", command="UPDATE", using=_MINE),
            Ledgered(name="handover_ledgered"),
            models.CheckConstraint(
                condition=~Q(from_account=models.F("to_account")), name="handover_between_two_accounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} at {self.at:%Y-%m-%dT%H:%MZ}"
