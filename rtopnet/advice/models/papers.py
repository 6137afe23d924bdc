"""A paper on its way to a United Nations office: who drafts it, who clears it, where it goes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rtopnet.advice.models.policies import DRAFTS, in_sight, standing
from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import RowPolicy
from rtopnet.sharing.public import DESK, OWN, READ, OfRecord, Shared


class Paper(Shared):
    """What is known of a paper beside its words; its cleared text is its record's."""

    form = models.SlugField()
    """The layout that it is written in: which sections it has, and how it is set."""
    office = models.ForeignKey("network.Institution", on_delete=models.PROTECT, related_name="+")
    """Where it goes."""
    whole_network = models.BooleanField(default=True)
    states = ArrayField(models.UUIDField(), default=list)
    """Whose silence clears it."""
    chair = models.UUIDField()
    chair_is_state = models.BooleanField(default=False)
    about = ArrayField(models.UUIDField(), default=list)
    """States that it speaks of."""
    drafters = ArrayField(models.UUIDField(), default=list)
    """States and institutions whose desks draft it with the owner's people."""
    begun_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="paper_read", command="SELECT", using=f"{READ} OR {DRAFTS}"),
            RowPolicy(name="paper_insert", command="INSERT", check=f"{OWN} AND open_from IS NULL"),
            RowPolicy(
                name="paper_update",
                command="UPDATE",
                using=f"{DESK} AND withdrawn_at IS NULL AND NOT {standing('advice_paper')}",
                check=DESK,
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="paper_once"),
        ]
        indexes = [models.Index(fields=["-begun_at", "-id"], name="paper_latest")]

    def __str__(self) -> str:
        return str(self.record_id)


class ClearedStatement(Shared):
    """A statement as one version of the text holds it; only ever added, before the text is circulated."""

    version = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    section = models.SlugField()
    text = models.TextField()
    is_own_words = models.BooleanField()
    """It rests on nothing but the network's word."""

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="clearedstatement_read", command="SELECT", using=READ),
            RowPolicy(
                name="clearedstatement_insert",
                command="INSERT",
                check=f"{DESK} AND NOT {standing('advice_clearedstatement')}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "version", "number"], name="clearedstatement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.version}.{self.number}"


class ClearedReference(Shared):
    """What a statement of one version rests on: for whoever reads both, the paper and the record cited."""

    stated = models.ForeignKey(ClearedStatement, on_delete=models.PROTECT, related_name="references")
    number = models.PositiveIntegerField()
    """In the paper; the same record has the same number throughout."""
    cited = models.ForeignKey("sharing.Record", on_delete=models.PROTECT, related_name="+")
    shows = models.CharField(max_length=500)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(
                name="clearedreference_read",
                command="SELECT",
                using=f"({READ}) AND {in_sight('sharing_record', 'cited_id')}",
            ),
            RowPolicy(
                name="clearedreference_insert",
                command="INSERT",
                check=f"{DESK} AND NOT {standing('advice_clearedreference')}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["stated", "cited"], name="clearedreference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stated_id} {self.number}"
