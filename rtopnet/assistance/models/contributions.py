"""Money and goods that a state or institution gives for a request, step by step."""

from django.db import models
from django.db.models import Q

from rtopnet.assistance.rules.words import Flow
from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import RowPolicy
from rtopnet.sharing.public import DESK, ENDED, OWN, READ, OfRecord, Record, Shared

_DRAFT = f"{OWN} AND open_from IS NULL"
# Looked up once, for the one row written, and under the writer's own eyes.
_FOR_A_REQUEST = (
    "EXISTS (SELECT 1 FROM assistance_request asked "
    "WHERE asked.record_id = assistance_contribution.request_id)"
)


class Contribution(Shared):
    """What its owner gives for a request; read by the asking state, and by whom the owner adds."""

    request = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="contribution_read", command="SELECT", using=READ),
            RowPolicy(
                name="contribution_insert",
                command="INSERT",
                check=f"{_DRAFT} AND {DESK} AND {_FOR_A_REQUEST}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="contribution_once"),
        ]
        indexes = [models.Index(fields=["request"], name="contribution_of_request")]

    def __str__(self) -> str:
        return str(self.record_id)


class Step(Shared):
    """One step of a contribution: so much was pledged, committed, disbursed or given in kind on a day."""

    flow = models.CharField(max_length=10, choices=[(flow.value, flow.value) for flow in Flow])
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    value_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="step_read", command="SELECT", using=READ),
            RowPolicy(name="step_insert", command="INSERT", check=DESK),
            RowPolicy(name="step_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="step_of_something"),
        ]

    def __str__(self) -> str:
        return str(self.id)
