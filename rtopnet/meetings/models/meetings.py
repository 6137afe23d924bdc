"""Series of meetings, meetings, what their hosts say, and who was invited."""

from django.db import models
from django.db.models import F, Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_REGION, RowPolicy, in_capacity
from rtopnet.meetings.models.policies import kept_by_desk
from rtopnet.network.public import Account, State
from rtopnet.sharing.public import DESK, MINE, READ, OfRecord, Owned, Shared

_KEEPER = f"coalesce(owner_state_id, owner_institution_id) = ANY({MINE})"
_HOST = (
    "EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.record_id = meetings_hostpack.record_id "  # noqa: S608 -- our own words
    f"AND m.host_state_id = ANY({MINE}))"
)


class MeetingForm(models.TextChoices):
    """Where people meet."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Series(Owned):
    """Meetings that follow one another; a matter of who keeps it, others see its meetings."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    rhythm = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            RowPolicy(
                name="series_kept",
                command="ALL",
                using=_KEEPER,
                check=f"{_KEEPER} AND region_id = {ACTING_REGION}",
            ),
            Ledgered(name="series_ledgered"),
            models.CheckConstraint(
                condition=Q(owner_state__isnull=False) ^ Q(owner_institution__isnull=False),
                name="series_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Meeting(Shared):
    """When and where a meeting is; its record says who is invited and in which words."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="+")
    series_name = models.CharField(max_length=200, blank=True)
    """Its series as invitees know it; the series itself is its keeper's."""
    number = models.PositiveSmallIntegerField(null=True)
    """The owner's word, like the title: nothing counts meetings that a reader does not see."""
    form = models.CharField(max_length=10, choices=MeetingForm)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    place = models.CharField(max_length=300, blank=True)
    join_link = models.CharField(max_length=500, blank=True)
    """How to join from afar; who reads the meeting is invited to it."""
    host_state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, related_name="+")
    chair_state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, related_name="+")
    sequence = models.PositiveIntegerField(default=0)
    """Counts changes of time and place, as calendars need it."""
    changed_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True)

    class Meta(Shared.Meta):
        constraints = [
            *kept_by_desk(),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="meeting_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_takes_time"),
        ]
        indexes = [models.Index(fields=["-starts_at"], name="meeting_latest")]

    def __str__(self) -> str:
        return str(self.id)


class HostPack(OfRecord):
    """What the host says of venue, programme and logistics, to whoever reads the meeting."""

    venue = models.TextField(blank=True)
    programme = models.TextField(blank=True)
    logistics = models.TextField(blank=True)
    changed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="hostpack_read", command="SELECT", using=READ),
            RowPolicy(name="hostpack_insert", command="INSERT", check=f"{DESK} OR {_HOST}"),
            RowPolicy(name="hostpack_update", command="UPDATE", using=f"{DESK} OR {_HOST}"),
            RowPolicy(name="hostpack_delete", command="DELETE", using=DESK),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="host_pack_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SentInvitation(OfRecord):
    """That somebody was sent an invitation, a change or a cancellation; written by the program."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=7, choices=[(one, one) for one in ("REQUEST", "CANCEL")])
    sequence = models.PositiveIntegerField()
    sent_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(
                name="sentinvitation_read",
                command="SELECT",
                using=f"{DESK} OR account_id = {ACTING_ACCOUNT} OR {in_capacity('installation')}",
            ),
            RowPolicy(name="sentinvitation_insert", command="INSERT", check=in_capacity("installation")),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["record", "account", "method", "sequence"], name="sent_invitation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.method} {self.sequence}"
