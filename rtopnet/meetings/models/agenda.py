"""What a meeting is to talk about: each item is a record of its own and as closed as its owner wants."""

from django.db import models

from rtopnet.kernel.rowsecurity import RowPolicy
from rtopnet.meetings.models.meetings import Meeting
from rtopnet.meetings.models.policies import KEPT, in_sight, kept_by_desk
from rtopnet.network.public import POSTS_IN_HAND
from rtopnet.sharing.public import MINE, OPEN_TO_ME, OWN, READ, OfRecord, Record, Shared

_MEETING_SEEN = in_sight("meetings_meeting", "meeting_id")
_CHAIRED = (
    f"{OPEN_TO_ME} AND EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = meeting_id "  # noqa: S608 -- our own words
    f"AND m.desk = ANY({MINE}))"
)
_RESPONSIBLE = (
    f"{OPEN_TO_ME} AND EXISTS (SELECT 1 FROM meetings_action a "  # noqa: S608 -- as above
    f"WHERE a.record_id = meetings_enclosure.record_id AND a.post_id = ANY({POSTS_IN_HAND}))"
)


class ItemKind(models.TextChoices):
    """What an item is for."""

    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"


class AgendaItem(Shared):
    """An item of a meeting's agenda; whoever does not read the meeting reads no item of it.

    The meeting's owner orders the items that it reads; a trigger keeps all else for the item's owner.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.IntegerField()
    """Orders the items and is never shown: a gap would tell of an item out of sight."""
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(
                name="agendaitem_read",
                command="SELECT",
                using=f"{OWN} OR {OPEN_TO_ME} AND {_MEETING_SEEN}",
            ),
            RowPolicy(name="agendaitem_insert", command="INSERT", check=f"({KEPT}) AND {_MEETING_SEEN}"),
            RowPolicy(name="agendaitem_update", command="UPDATE", using=f"{KEPT} OR {_CHAIRED}"),
            RowPolicy(name="agendaitem_delete", command="DELETE", using=KEPT),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="agenda_item_once"),
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0, minutes__lte=24 * 60), name="agenda_item_takes_time"
            ),
        ]
        indexes = [models.Index(fields=["meeting"], name="agenda_item_meeting")]

    def __str__(self) -> str:
        return str(self.id)


class Enclosure(OfRecord):
    """A record that goes with an item or an action: shown only to who reads both."""

    paper = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            *kept_by_desk(
                f"({READ}) AND {in_sight('sharing_record', 'paper_id')}",
                check=in_sight("sharing_record", "paper_id"),
            ),
            RowPolicy(
                name="enclosure_of_the_responsible",
                command="INSERT",
                check=f"{_RESPONSIBLE} AND {in_sight('sharing_record', 'paper_id')}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "paper"], name="enclosure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} with {self.record_id}"
