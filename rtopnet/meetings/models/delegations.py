"""What a state answers to an invitation; its own record, for the meeting's owner and host alone."""

from django.db import models

from rtopnet.kernel.clock import now
from rtopnet.meetings.models.meetings import Meeting
from rtopnet.meetings.models.policies import in_sight, kept_by_desk
from rtopnet.network.public import Account, State
from rtopnet.sharing.public import OfRecord, Shared


class Coming(models.TextChoices):
    """Whether a state takes part."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


class Delegation(Shared):
    """A state's answer; who could read it once and no more is the state's own matter."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    coming = models.CharField(max_length=10, choices=Coming)
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=now)

    class Meta(Shared.Meta):
        constraints = [
            *kept_by_desk(check=in_sight("meetings_meeting", "meeting_id")),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="delegation_once"),
        ]
        indexes = [models.Index(fields=["meeting"], name="delegation_meeting")]

    def __str__(self) -> str:
        return str(self.id)


class Delegate(Shared):
    """Somebody whom a state sends, as it names them; not necessarily of the network."""

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="delegates")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    credentials = models.CharField(max_length=120, blank=True)
    dietary = models.CharField(max_length=300, blank=True)
    access_needs = models.CharField(max_length=300, blank=True)

    class Meta(Shared.Meta):
        constraints = [*kept_by_desk(), *OfRecord.Meta.constraints]

    def __str__(self) -> str:
        return str(self.id)
