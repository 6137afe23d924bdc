"""What was promised, who answers for it, and what became of it."""

from django.db import models
from django.db.models import Q

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.meetings.models.meetings import Meeting
from rtopnet.meetings.models.policies import kept_by_desk
from rtopnet.network.public import POSTS_IN_HAND, Account
from rtopnet.sharing.public import DESK, ENDED, OPEN_TO_ME, READ, OfRecord, Shared

_RESPONSIBLE = (
    f"{OPEN_TO_ME} AND EXISTS (SELECT 1 FROM meetings_action a "  # noqa: S608 -- our own words
    f"WHERE a.record_id = meetings_actionnote.record_id AND a.post_id = ANY({POSTS_IN_HAND}))"
)


class Action(Shared):
    """Something promised: its words are its record's, its progress is told in notes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+")
    """Where it was promised."""
    passage = models.UUIDField(null=True)
    """The passage of minutes that it was lifted from; that may be gone, and need not be in sight."""
    post = models.ForeignKey("network.Post", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)

    class Meta(Shared.Meta):
        constraints = [
            *kept_by_desk(),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="action_once"),
        ]
        indexes = [models.Index(fields=["due_on"], name="action_due")]

    def __str__(self) -> str:
        return str(self.id)


class Became(models.TextChoices):
    """What a note says of an action."""

    PROGRESS = "progress"
    DONE = "done"
    REOPENED = "reopened"


class ActionNote(OfRecord):
    """What happened, told by who answers for the action or keeps it; notes stay as they are."""

    text = models.TextField(blank=True)
    became = models.CharField(max_length=10, choices=Became)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="actionnote_read", command="SELECT", using=READ),
            RowPolicy(
                name="actionnote_insert",
                command="INSERT",
                check=f"by_id = {ACTING_ACCOUNT} AND ({DESK} OR {_RESPONSIBLE})",
            ),
            RowPolicy(name="actionnote_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(became=Became.PROGRESS) | ~Q(text=""), name="action_note_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.became}"
