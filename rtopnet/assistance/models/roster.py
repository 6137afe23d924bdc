"""What a state or institution can send: experts as posts or persons, and standing offers; its own to see."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from rtopnet.assistance.rules.words import Aid
from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.network.public import Account
from rtopnet.sharing.public import DESK, ENDED, OPEN_TO_ME, OWN, READ, OfRecord, Shared

_SHORT, _LONG = 200, 20_000
_WRITTEN_BY = f"{DESK} OR ({OWN} AND open_from IS NULL)"


class Entry(Shared):
    """An expert, or something else that its keeper could offer at any time.

    ``levels`` and ``skills_until`` go with ``skills``, place by place. ``periods`` is a list of pairs of
    days, ``clearances`` of names with the day on which they expire. ``first_day`` and ``last_day`` bound the
    periods, so that a look-up by days finds them.
    """

    aid = models.CharField(max_length=10, choices=[(aid.value, aid.value) for aid in Aid])
    post_title = models.CharField(max_length=_SHORT)
    person = models.CharField(max_length=_SHORT, blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    skills = ArrayField(models.SlugField(), default=list)
    levels = ArrayField(models.PositiveSmallIntegerField(), default=list)
    skills_until = ArrayField(models.DateField(null=True), default=list)
    languages = ArrayField(models.CharField(max_length=35), default=list)
    experience_years = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField(default=1)
    periods = models.JSONField(default=list)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    clearances = models.JSONField(default=list)
    asks_again_on = models.DateField(null=True)
    """The first day on which a clearance or a skill runs out."""
    asked_again_at = models.DateTimeField(null=True)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="entry_read", command="SELECT", using=READ),
            RowPolicy(name="entry_insert", command="INSERT", check=_WRITTEN_BY),
            RowPolicy(name="entry_update", command="UPDATE", using=_WRITTEN_BY),
            RowPolicy(name="entry_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="entry_once"),
            models.CheckConstraint(
                condition=Q(levels__len=models.F("skills__len")) | Q(skills=[], levels=[]),
                name="entry_has_a_level_for_each_skill",
            ),
        ]
        indexes = [
            GinIndex(fields=["skills"], name="entry_skills", fastupdate=False),
            models.Index(fields=["owner"], name="entry_owner"),
            models.Index(
                fields=["asks_again_on"], condition=Q(asks_again_on__isnull=False), name="entry_asks_again"
            ),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class Correction(OfRecord):
    """An expert says what of their entry is wrong, or asks to be forgotten; the keeper settles it."""

    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    forget = models.BooleanField(default=False)
    words = models.TextField(blank=True, max_length=_LONG)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    taken_over = models.BooleanField(null=True)
    answer = models.TextField(blank=True, max_length=_LONG)

    class Meta:
        constraints = [
            RowPolicy(name="correction_read", command="SELECT", using=f"{OWN} OR by_id = {ACTING_ACCOUNT}"),
            RowPolicy(
                name="correction_insert",
                command="INSERT",
                check=f"by_id = {ACTING_ACCOUNT} AND {OPEN_TO_ME} AND settled_at IS NULL",
            ),
            RowPolicy(
                name="correction_update", command="UPDATE", using=f"{DESK} AND settled_at IS NULL", check=DESK
            ),
            RowPolicy(name="correction_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, taken_over__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False, taken_over__isnull=False),
                name="correction_settled_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


# Looked up once, for the one row written, and under the writer's own eyes.
_OF_THE_EXPERT = (
    "account_id IS NOT DISTINCT FROM (SELECT held.account_id FROM assistance_entry held "
    "WHERE held.record_id = assistance_consent.record_id)"
)
_MINE_TO_GIVE = f"(account_id = {ACTING_ACCOUNT} OR account_id IS NULL AND {DESK})"


class Consent(OfRecord):
    """An expert is asked whether they agree to one deployment, in words that say what it is.

    Of an expert without an account the keeper writes down what they said.
    """

    deployment = models.UUIDField()
    words = models.TextField(max_length=_LONG)
    starts_on = models.DateField()
    ends_on = models.DateField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    given = models.BooleanField(null=True)
    note = models.TextField(blank=True, max_length=_LONG)
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="consent_read", command="SELECT", using=f"{OWN} OR account_id = {ACTING_ACCOUNT}"),
            RowPolicy(
                name="consent_insert",
                command="INSERT",
                check=f"{DESK} AND asked_by_id = {ACTING_ACCOUNT} AND given IS NULL AND {_OF_THE_EXPERT}",
            ),
            RowPolicy(
                name="consent_update",
                command="UPDATE",
                using=f"{_MINE_TO_GIVE} AND given IS NULL",
                check=f"{_MINE_TO_GIVE} AND answered_by_id = {ACTING_ACCOUNT}",
            ),
            RowPolicy(name="consent_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "deployment"], name="consent_asked_once"),
            models.CheckConstraint(
                condition=Q(given__isnull=True, answered_at__isnull=True, answered_by__isnull=True)
                | Q(given__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="consent_answered_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
