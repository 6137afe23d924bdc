"""Speech that may be incitement, and how it is judged by the Rabat Plan of Action's threshold test."""

from django.db import models
from django.db.models import Q

from rtopnet.kernel.clock import now
from rtopnet.network.public import Account
from rtopnet.sharing.public import ENDED, OfRecord, Searched, Shared
from rtopnet.warning.evidence.models.reports import DRAFT, kept_policies
from rtopnet.warning.evidence.rules.words import RABAT_GRADES, RabatPart

_SHORT, _LONG = 200, 20_000


class Speech(Shared):
    """What was said, in its own language and in translation; its speaker's name is a protected part."""

    original = models.TextField(max_length=_LONG)
    language = models.CharField(max_length=35, blank=True)
    translation = models.TextField(blank=True, max_length=_LONG)
    channel = models.CharField(max_length=_SHORT)
    speaker_role = models.CharField(max_length=_SHORT)
    call = models.CharField(max_length=_SHORT, blank=True)
    """What the speech calls for."""

    class Meta(Shared.Meta):
        constraints = [
            *kept_policies("speech", delete=f"{ENDED} OR ({DRAFT})"),
            *OfRecord.Meta.constraints,
            Searched(name="speech_searched"),
            models.UniqueConstraint(fields=["record"], name="speech_once"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class RabatGrade(Shared):
    """One of the six parts, graded with the reason."""

    part = models.CharField(max_length=10, choices=[(one.value, one.value) for one in RabatPart])
    grade = models.PositiveSmallIntegerField(choices=[(grade, str(grade)) for grade in RABAT_GRADES])
    reason = models.TextField(max_length=_LONG)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta(Shared.Meta):
        constraints = [
            *kept_policies("rabat_grade", delete=f"{ENDED} OR ({DRAFT})"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "part"], name="rabat_part_once"),
            models.CheckConstraint(
                condition=Q(part__in=[one.value for one in RabatPart]), name="rabat_part_known"
            ),
            models.CheckConstraint(condition=Q(grade__in=RABAT_GRADES), name="rabat_grade_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="rabat_grade_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.record_id}"
