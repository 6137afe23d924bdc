"""What a proposal will say next: its drafters alone see it until it is circulated."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_DESKS, RowPolicy
from rtopnet.meetings.models.policies import DRAFT
from rtopnet.network.public import Account
from rtopnet.sharing.public import DESK, ENDED, OWN, READ, OfRecord

_DRAFTERS = f"drafters && {ACTING_DESKS}"


class WorkingText(OfRecord):
    """The words of the next version, written by the owner's people and the states drafting with them."""

    title = models.CharField(max_length=300)
    body = models.TextField()
    drafters = ArrayField(models.UUIDField(), default=list)
    """States whose desks draft as well; the owner's people always do."""
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="workingtext_read", command="SELECT", using=f"{OWN} OR {_DRAFTERS}"),
            RowPolicy(
                name="workingtext_insert",
                command="INSERT",
                check=f"{OWN} AND written_by_id = {ACTING_ACCOUNT}",
            ),
            # Who drafts is set by the owner's desk; a trigger keeps others from it.
            RowPolicy(
                name="workingtext_update",
                command="UPDATE",
                using=f"{OWN} OR {_DRAFTERS}",
                check=f"({OWN} OR {_DRAFTERS}) AND written_by_id = {ACTING_ACCOUNT}",
            ),
            RowPolicy(name="workingtext_delete", command="DELETE", using=DESK),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="working_text_once"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class Lifting(OfRecord):
    """The passage of minutes that a proposal was lifted from; whoever reads the proposal sees it."""

    passage = models.UUIDField()
    """It may be gone, and need not be in sight."""

    class Meta:
        constraints = [
            RowPolicy(name="lifting_read", command="SELECT", using=READ),
            RowPolicy(name="lifting_insert", command="INSERT", check=DRAFT),
            RowPolicy(name="lifting_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="lifted_once"),
        ]
        indexes = [models.Index(fields=["passage"], name="lifting_passage")]

    def __str__(self) -> str:
        return f"{self.record_id} from {self.passage}"
