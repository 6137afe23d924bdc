"""Minutes, written by several people at once; a passage on an item is read by who reads the item."""

from django.db import models

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.meetings.models.agenda import AgendaItem
from rtopnet.meetings.models.meetings import Meeting
from rtopnet.meetings.models.policies import KEPT, in_sight
from rtopnet.network.public import Account
from rtopnet.sharing.public import DESK, ENDED, MINE, NOW, OWN, READ, OfRecord, Shared


def _writes_by_name(record: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM meetings_minuteswriter w WHERE w.record_id = {record} "  # noqa: S608 -- our own words
        f"AND w.account_id = {ACTING_ACCOUNT})"
    )


def _writes(table: str) -> str:
    """Who writes now: the owner's people and who is named, until the minutes are closed."""
    return (
        f"EXISTS (SELECT 1 FROM meetings_minutes n WHERE n.record_id = {table}.record_id "  # noqa: S608 -- as above
        f"AND n.closed_at IS NULL AND (n.owner = ANY({MINE}) OR {_writes_by_name('n.record_id')}))"
    )


_ITEM_SEEN = f"(item_id IS NULL OR {in_sight('meetings_agendaitem', 'item_id')})"
# A writer reads from the beginning, as long as they read the meeting and nothing was taken back.
_WRITER = (
    f"{_writes_by_name('meetings_minutes.record_id')} AND {in_sight('meetings_meeting', 'meeting_id')} "
    f"AND (open_to IS NULL OR {NOW} < open_to)"
)


class Minutes(Shared):
    """The minutes of a meeting; their record's text is what stands before the passages."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    """From then on nobody writes."""

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="minutes_read", command="SELECT", using=f"{READ} OR {_WRITER}"),
            RowPolicy(
                name="minutes_insert",
                command="INSERT",
                check=f"({KEPT}) AND {in_sight('meetings_meeting', 'meeting_id')}",
            ),
            RowPolicy(name="minutes_update", command="UPDATE", using=KEPT),
            RowPolicy(name="minutes_delete", command="DELETE", using=KEPT),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="minutes_once"),
        ]
        indexes = [models.Index(fields=["meeting"], name="minutes_meeting")]

    def __str__(self) -> str:
        return str(self.id)


class MinutesWriter(OfRecord):
    """Somebody beside the owner's people who writes along."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            RowPolicy(
                name="minuteswriter_read", command="SELECT", using=f"{OWN} OR account_id = {ACTING_ACCOUNT}"
            ),
            RowPolicy(name="minuteswriter_insert", command="INSERT", check=DESK),
            RowPolicy(name="minuteswriter_delete", command="DELETE", using=DESK),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "account"], name="minutes_writer_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Passage(OfRecord):
    """What was said on an item, or under a heading of its own, as it stands now."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="+")
    heading = models.CharField(max_length=300, blank=True)
    position = models.IntegerField()
    text = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=1)
    """How often it was written."""
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(
                name="passage_read",
                command="SELECT",
                using=f"{in_sight('meetings_minutes', 'meetings_passage.record_id', 'record_id')} "
                f"AND {_ITEM_SEEN}",
            ),
            RowPolicy(
                name="passage_insert",
                command="INSERT",
                check=f"written_by_id = {ACTING_ACCOUNT} AND {_writes('meetings_passage')} AND {_ITEM_SEEN}",
            ),
            RowPolicy(
                name="passage_update",
                command="UPDATE",
                using=f"{_writes('meetings_passage')} AND {_ITEM_SEEN}",
            ),
            RowPolicy(name="passage_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
        ]

    def __str__(self) -> str:
        return str(self.id)


class PassageText(OfRecord):
    """What somebody saved, kept for those who write: nothing that was typed is lost."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="texts")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField()
    """Of the passage that it became; of a text set aside, of the one it began from."""
    text = models.TextField(blank=True)
    set_aside = models.BooleanField(default=False)
    """It met another's change of the same lines and waits to be reconciled."""
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(
                name="passagetext_read",
                command="SELECT",
                using=f"({OWN} OR {_writes_by_name('meetings_passagetext.record_id')} AND "
                f"{in_sight('meetings_minutes', 'meetings_passagetext.record_id', 'record_id')}) "
                f"AND {_ITEM_SEEN}",
            ),
            RowPolicy(
                name="passagetext_insert",
                command="INSERT",
                check=f"written_by_id = {ACTING_ACCOUNT} AND {_writes('meetings_passagetext')} "
                f"AND {_ITEM_SEEN}",
            ),
            RowPolicy(name="passagetext_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.number}"
