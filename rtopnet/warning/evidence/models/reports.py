"""What happened, where, when, to whom, by whom: the open facts of a report."""

from django.db import models
from django.db.models import F, Q

from rtopnet.kernel.rowsecurity import RowPolicy
from rtopnet.network.public import Account, State
from rtopnet.sharing.public import DESK, ENDED, OWN, READ, OfRecord, Shared
from rtopnet.warning.evidence.rules.words import (
    HARMS,
    INFORMATION_GRADES,
    MOST_PEOPLE,
    ActorKind,
    Ground,
    PlacePrecision,
    Precision,
    SourceGrade,
)

DRAFT = f"{OWN} AND open_from IS NULL"
WRITTEN_BY = f"{DESK} OR ({DRAFT})"
_SHORT = 200
LAST_HOUR = 23


def kept_policies(name: str, *, delete: str = "") -> list[RowPolicy]:
    """Read as the record; written by the owner's desk, and as a draft by its people."""
    return [
        RowPolicy(name=f"{name}_read", command="SELECT", using=READ),
        RowPolicy(name=f"{name}_insert", command="INSERT", check=WRITTEN_BY),
        RowPolicy(name=f"{name}_update", command="UPDATE", using=WRITTEN_BY),
        RowPolicy(name=f"{name}_delete", command="DELETE", using=delete or ENDED),
    ]


def _sound_harm(harm: str) -> models.CheckConstraint:
    low, best = f"{harm}_low", f"{harm}_best"
    return models.CheckConstraint(
        condition=Q(**{f"{low}__isnull": True, f"{best}__isnull": True})
        | Q(
            **{
                f"{low}__isnull": False,
                f"{best}__isnull": False,
                f"{low}__lte": F(best),
                f"{best}__lte": MOST_PEOPLE,
            }
        ),
        name=f"field_report_{harm}_low_to_best",
    )


class FieldReport(Shared):
    """The facts that whoever reads the record reads; the place is no finer than a first-level region.

    Source, names and the exact place are parts of the record with readers of their own.
    """

    act = models.SlugField()
    occurred_from = models.DateField()
    occurred_to = models.DateField()
    """The last day, included."""
    occurred_hour = models.PositiveSmallIntegerField(null=True)
    """Of the first day, where it happened, if the hour is known."""
    time_precision = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Precision])
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    region_name = models.CharField(max_length=_SHORT, blank=True)
    """A first-level region as the region pack names it, or empty."""
    place_precision = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in PlacePrecision]
    )
    target_group = models.CharField(max_length=_SHORT, blank=True)
    target_ground = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Ground])
    actor_kind = models.CharField(max_length=14, choices=[(one.value, one.value) for one in ActorKind])
    actor_name = models.CharField(max_length=_SHORT, blank=True)
    killed_low = models.PositiveIntegerField(null=True)
    killed_best = models.PositiveIntegerField(null=True)
    injured_low = models.PositiveIntegerField(null=True)
    injured_best = models.PositiveIntegerField(null=True)
    displaced_low = models.PositiveIntegerField(null=True)
    displaced_best = models.PositiveIntegerField(null=True)
    source_grade = models.CharField(
        max_length=1, choices=[(one.value, one.value) for one in SourceGrade], blank=True
    )
    information_grade = models.PositiveSmallIntegerField(
        null=True, choices=[(grade, str(grade)) for grade in INFORMATION_GRADES]
    )
    writer = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    sent_as = models.UUIDField(null=True)
    """The sender's own mark of one submission, so that what is sent twice is kept once."""

    class Meta(Shared.Meta):
        constraints = [
            *kept_policies("field_report", delete=f"{ENDED} OR ({DRAFT})"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="field_report_once"),
            models.UniqueConstraint(fields=["writer", "sent_as"], name="field_report_sent_once"),
            models.CheckConstraint(
                condition=Q(occurred_to__gte=F("occurred_from")), name="field_report_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(
                    time_precision=Precision.HOUR.value,
                    occurred_hour__isnull=False,
                    occurred_hour__lte=LAST_HOUR,
                )
                | ~Q(time_precision=Precision.HOUR.value) & Q(occurred_hour__isnull=True),
                name="field_report_hour_where_known",
            ),
            models.CheckConstraint(
                condition=Q(place_precision=PlacePrecision.STATE.value) | ~Q(region_name=""),
                name="field_report_region_where_known",
            ),
            models.CheckConstraint(
                condition=Q(source_grade__in=["", *(one.value for one in SourceGrade)]),
                name="field_report_source_grade_known",
            ),
            models.CheckConstraint(
                condition=Q(information_grade__isnull=True) | Q(information_grade__in=INFORMATION_GRADES),
                name="field_report_information_grade_known",
            ),
            models.CheckConstraint(
                condition=Q(time_precision__in=[one.value for one in Precision]),
                name="field_report_time_precision_known",
            ),
            models.CheckConstraint(
                condition=Q(place_precision__in=[one.value for one in PlacePrecision]),
                name="field_report_place_precision_known",
            ),
            models.CheckConstraint(
                condition=Q(target_ground__in=[one.value for one in Ground]), name="field_report_ground_known"
            ),
            models.CheckConstraint(
                condition=Q(actor_kind__in=[one.value for one in ActorKind]),
                name="field_report_actor_kind_known",
            ),
            *(_sound_harm(harm) for harm in HARMS),
        ]
        indexes = [
            models.Index(fields=["-occurred_from", "record"], name="field_report_latest"),
            models.Index(fields=["state", "occurred_from"], name="field_report_of_state"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)
