"""What an assessment is about, who makes it, how far it has come, and what was concluded."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import RowPolicy
from rtopnet.network.public import Account, State
from rtopnet.sharing.public import MINE, OWN, OfRecord, Shared
from rtopnet.warning.assessments.rules.changes import Contrast
from rtopnet.warning.assessments.rules.course import FIRST, MOST_ASSESSORS, SECOND

DRAFT = f"{OWN} AND open_from IS NULL"
TURNS = [(FIRST, "first"), (SECOND, "second")]
LONG = 20_000


class Assessment(Shared):
    """What is judged, when and by which wording of the Framework; it stays so once scoring has begun."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    """A first-level region of the state; empty: the whole of it."""
    crimes = ArrayField(models.SlugField())
    starts_on = models.DateField()
    ends_on = models.DateField()
    closes_at = models.DateTimeField()
    framework_sha256 = models.CharField(max_length=64)
    framework_label = models.CharField(max_length=200)
    framework = models.JSONField()
    """The wording it was made with, whatever becomes of the region's file."""
    bodies = ArrayField(models.UUIDField(), default=list)
    """States and institutions that the assessors come from, in no order that tells who is who."""
    panel_size = models.PositiveSmallIntegerField(default=0)

    class Meta(Shared.Meta):
        constraints = [
            *Shared.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="assessment_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="assessment_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(panel_size__lte=MOST_ASSESSORS), name="assessment_panel_not_too_large"
            ),
        ]
        indexes = [models.Index(fields=["state"], name="assessment_state")]

    def __str__(self) -> str:
        return str(self.record_id)


class Assessor(OfRecord):
    """Somebody who scores; others than the owner and themselves are not told who it is."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    """Drawn at random; all that readers see of who said what."""

    class Meta:
        constraints = [
            RowPolicy(name="assessor_read", command="SELECT", using=f"{OWN} OR account_id = ANY({MINE})"),
            RowPolicy(name="assessor_insert", command="INSERT", check=DRAFT),
            RowPolicy(name="assessor_delete", command="DELETE", using=DRAFT),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "account"], name="assessor_once"),
            models.UniqueConstraint(fields=["record", "number"], name="assessor_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Turn(Shared):
    """A turn of scoring that was opened, and until when scores are waited for."""

    number = models.PositiveSmallIntegerField(choices=TURNS)
    opened_at = models.DateTimeField(default=now)
    closes_at = models.DateTimeField()

    class Meta(Shared.Meta):
        constraints = [
            *Shared.Meta.constraints,
            models.UniqueConstraint(fields=["record", "number"], name="turn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} turn {self.number}"


class Conclusion(Shared):
    """What the owner concludes; ``levels`` are those of the profiles by crime, as the rule read them."""

    words = models.TextField(max_length=LONG)
    turn = models.PositiveSmallIntegerField(choices=TURNS)
    levels = models.JSONField(default=dict)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta(Shared.Meta):
        constraints = [
            *Shared.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="conclusion_once"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class OutlookNote(Shared):
    """Why the judgement and the statistical outlook of that day differ, in the owner's words."""

    contrast = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Contrast])
    level = models.CharField(max_length=20)
    direction = models.CharField(max_length=20)
    origin = models.DateField()
    words = models.TextField(max_length=LONG)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta(Shared.Meta):
        pass

    def __str__(self) -> str:
        return str(self.id)
