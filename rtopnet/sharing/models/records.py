"""Records, to whom they are addressed, and what is in them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_REGION, RowPolicy
from rtopnet.network.public import Account, Region, State
from rtopnet.sharing.deciding import (
    DESK,
    MINE,
    NOW,
    OPEN_TO_ME,
    OWN,
    READ,
    READ_VERSION,
    Deciding,
    FollowsRecord,
    content_policies,
)
from rtopnet.sharing.rules import Marking, Reach
from rtopnet.sharing.searched import Searched

_ONE_OWNER = Q(owner_state__isnull=False) ^ Q(owner_institution__isnull=False)
# Looked up once, for the one row written, and under the asker's own eyes.
_KNOWN = (
    "EXISTS (SELECT 1 FROM sharing_existence known WHERE known.record_id = sharing_releaserequest.record_id)"
)
_KEEPER = f"keeper = ANY({MINE})"


class Owned(models.Model):
    """Something of one state or one institution of a region."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    owner_state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, related_name="+")
    owner_institution = models.ForeignKey(
        "network.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True


class Record(Owned, Deciding):
    """The envelope of something that a state or institution can share; what is inside points at it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.SlugField()
    marking = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in Marking])
    chatham_house = models.BooleanField(default=False)
    open_to_contributors = models.BooleanField(default=False)
    existence_only = models.BooleanField(default=False)
    embargo_until = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    oldest_version = models.PositiveIntegerField(default=1)
    """The earliest version that addressees still read; what is older the owner has taken back."""
    drafted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="record_read", command="SELECT", using=READ),
            RowPolicy(
                name="record_insert",
                command="INSERT",
                check=f"{OWN} AND drafted_by_id = {ACTING_ACCOUNT} AND region_id = {ACTING_REGION} "
                "AND released_at IS NULL",
            ),
            RowPolicy(name="record_update", command="UPDATE", using=DESK),
            Ledgered(name="record_ledgered"),
            Searched(name="record_searched"),
            models.CheckConstraint(condition=_ONE_OWNER, name="record_has_one_owner"),
            models.CheckConstraint(condition=Q(marking__lte=Marking.CLEAR), name="record_marking_known"),
            models.CheckConstraint(
                condition=Q(embargo_until__isnull=True)
                | Q(expires_at__isnull=True)
                | Q(expires_at__gt=models.F("embargo_until")),
                name="record_expires_after_its_embargo",
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], name="record_owner"),
            models.Index(fields=["-drafted_at", "-id"], name="record_latest"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OfRecord(Deciding):
    """Something that points at a record and follows what decides about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True
        constraints = [FollowsRecord(name="%(class)s_follows"), Ledgered(name="%(class)s_ledgered")]


class Shared(OfRecord):
    """Content: whoever reads the record reads it, and nobody else; upper rooms build on it too."""

    class Meta(OfRecord.Meta):
        abstract = True
        constraints = [*content_policies(), *OfRecord.Meta.constraints]


class Versioned(OfRecord):
    """Something of one version of a record; ``past`` is kept by trigger."""

    version = models.PositiveIntegerField()
    past = models.BooleanField(editable=False, default=False)

    class Meta(OfRecord.Meta):
        abstract = True


class RecordText(Versioned):
    """One version of a record's words; a version that was released stays as it was."""

    title = models.CharField(max_length=300)
    body = models.TextField()
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta(Versioned.Meta):
        constraints = [
            *content_policies(READ_VERSION),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "version"], name="record_text_version_once"),
        ]
        indexes = [models.Index(fields=["owner"], name="recordtext_owner")]

    def __str__(self) -> str:
        return f"{self.record_id} version {self.version}"


class Group(Owned):
    """A named set of addressees that a state or institution keeps for its own records."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    keeper = models.UUIDField(editable=False, null=True)

    class Meta:
        constraints = [
            RowPolicy(name="group_all", command="ALL", using=_KEEPER),
            Ledgered(name="group_ledgered"),
            models.CheckConstraint(condition=_ONE_OWNER, name="group_has_one_owner"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Named(models.Model):
    """An account, a state or an institution, as member or addressee."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, related_name="+")
    institution = models.ForeignKey(
        "network.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True


class Member(Named):
    """That an account, a state or an institution is in a group."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    keeper = models.UUIDField(editable=False, null=True)

    class Meta:
        constraints = [
            RowPolicy(name="member_all", command="ALL", using=_KEEPER),
            Ledgered(name="member_ledgered"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Addressee(Named, OfRecord):
    """One line of a record's audience, which its owner alone sees."""

    reach = models.PositiveSmallIntegerField(choices=[(reach.value, reach.name) for reach in Reach])
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            RowPolicy(name="addressee_read", command="SELECT", using=OWN),
            RowPolicy(name="addressee_insert", command="INSERT", check=DESK),
            RowPolicy(name="addressee_delete", command="DELETE", using=DESK),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["record", "reach", "account", "state", "institution", "group"],
                name="addressee_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Existence(models.Model):
    """That a record exists: what may be known of it without reading it; written by trigger alone."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    owner_state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, related_name="+")
    owner_institution = models.ForeignKey(
        "network.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.SlugField()
    released_on = models.DateField(null=True)
    recalled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    owner = models.UUIDField(editable=False)
    knowers = ArrayField(models.UUIDField(), editable=False, default=list)
    known_from = models.DateTimeField(editable=False, null=True)

    class Meta:
        constraints = [
            RowPolicy(
                name="existence_read",
                command="SELECT",
                using=f"{OWN} OR knowers && {MINE} AND {NOW} >= known_from",
            ),
            Ledgered(name="existence_ledgered"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class Reading(OfRecord):
    """A line of the owner's release ledger: an addressee opened or exported the record."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    how = models.CharField(max_length=10, choices=[("opened", "opened"), ("exported", "exported")])

    class Meta:
        constraints = [
            RowPolicy(
                name="reading_read", command="SELECT", using=f"{DESK} OR account_id = {ACTING_ACCOUNT}"
            ),
            RowPolicy(
                name="reading_insert",
                command="INSERT",
                check=f"account_id = {ACTING_ACCOUNT} AND {OPEN_TO_ME}",
            ),
            *OfRecord.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.how} {self.record_id}"


class ReleaseRequest(OfRecord):
    """Somebody who knows of a record asks its owner to read it."""

    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    reason = models.TextField()
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            RowPolicy(
                name="request_read", command="SELECT", using=f"{DESK} OR asked_by_id = {ACTING_ACCOUNT}"
            ),
            RowPolicy(
                name="request_insert",
                command="INSERT",
                check=f"asked_by_id = {ACTING_ACCOUNT} AND {_KNOWN}",
            ),
            RowPolicy(name="request_update", command="UPDATE", using=DESK),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(granted__isnull=True, answered_at__isnull=True, answered_by__isnull=True)
                | Q(granted__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="request_answered_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
