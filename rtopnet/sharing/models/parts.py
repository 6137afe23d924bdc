"""Parts of a record with a narrower audience: a source, a name, an exact place."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rtopnet.kernel.rowsecurity import RowPolicy
from rtopnet.sharing.deciding import DESK, NOW, OWN, READ_PART, content_policies
from rtopnet.sharing.models.records import Group, Named, OfRecord, Versioned
from rtopnet.sharing.rules import Marking, Reach
from rtopnet.sharing.searched import Searched


class RecordPart(Versioned):
    """A part of one version; read by those of the record's readers who are named for it."""

    slot = models.PositiveSmallIntegerField()
    """Its place in the record, the same from version to version."""
    label = models.CharField(max_length=120)
    body = models.TextField()
    marking = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in Marking])
    part_readers = ArrayField(models.UUIDField(), editable=False, default=list)

    class Meta(Versioned.Meta):
        constraints = [
            *content_policies(
                READ_PART, delete=f"{DESK} AND {NOW} >= open_to OR {OWN} AND open_from IS NULL"
            ),
            *OfRecord.Meta.constraints,
            Searched(name="recordpart_searched"),
            models.UniqueConstraint(fields=["record", "version", "slot"], name="record_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} version {self.version} part {self.slot}"


class PartAddressee(Named, OfRecord):
    """One line of a part's audience, which the record's owner alone sees."""

    part = models.ForeignKey(RecordPart, on_delete=models.CASCADE, related_name="addressees")
    reach = models.PositiveSmallIntegerField(choices=[(reach.value, reach.name) for reach in Reach])
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            RowPolicy(name="part_addressee_read", command="SELECT", using=OWN),
            RowPolicy(name="part_addressee_insert", command="INSERT", check=DESK),
            RowPolicy(name="part_addressee_delete", command="DELETE", using=DESK),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["part", "reach", "account", "state", "institution", "group"],
                name="part_addressee_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
