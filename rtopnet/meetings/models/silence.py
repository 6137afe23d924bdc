"""Rounds of the silence procedure, what was done in them, and what was adopted; none of it is changed.

Rows are inserted under their policies and completed by triggers, which hold the round still, go by the
database's clock and refuse what comes too late. Only functions end a round or adopt.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_DESKS, RowPolicy
from rtopnet.meetings.rules import NEED_WORDS, Deed
from rtopnet.network.public import Account, Region
from rtopnet.sharing.public import DESK, OPEN_TO_ME, READ, OfRecord

_MINE = f"body = ANY({ACTING_DESKS})"


class Procedure(OfRecord):
    """One round: a record in one version, before certain states, until a deadline."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    participants = ArrayField(models.UUIDField())
    """States whose silence agrees, by id; the owner's among them."""
    whole_network = models.BooleanField()
    chair = models.UUIDField()
    """A state or institution."""
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    last_day = models.DateField()
    last_hour = models.PositiveSmallIntegerField()
    first_deadline = models.DateTimeField()
    deadline = models.DateTimeField()
    short_because = models.TextField(blank=True)
    extended_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(null=True)
    """Hours before the deadline of the last reminder given."""

    class Meta:
        constraints = [
            RowPolicy(name="procedure_read", command="SELECT", using=READ),
            RowPolicy(
                name="procedure_insert",
                command="INSERT",
                check=f"{DESK} AND opened_by_id = {ACTING_ACCOUNT}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "round"], name="procedure_round_once"),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(broken_at__isnull=True, withdrawn_at__isnull=True),
                name="procedure_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(broken_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="procedure_ends_one_way",
            ),
            models.CheckConstraint(
                condition=Q(deadline=F("first_deadline"), extended_at__isnull=True)
                | Q(deadline__gt=F("first_deadline"), extended_at__isnull=False),
                name="procedure_later_when_extended",
            ),
            models.CheckConstraint(
                condition=Q(last_hour__gte=1, last_hour__lte=24), name="procedure_hour_of_a_day"
            ),
        ]
        indexes = [models.Index(fields=["deadline"], name="procedure_deadline")]

    def __str__(self) -> str:
        return f"{self.record_id} round {self.round}"


class OfProcedure(OfRecord):
    """Something that happened in a round."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="%(class)ss")
    body = models.UUIDField()
    """The state or institution whose desk did it."""
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class ProcedureAct(OfProcedure):
    """What a desk did in the round; read by all who read the record."""

    deed = models.CharField(max_length=12, choices=[(deed.value, deed.value) for deed in Deed])
    words = models.TextField(blank=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            RowPolicy(name="act_read", command="SELECT", using=f"{READ} OR {_MINE}"),
            RowPolicy(
                name="act_insert",
                command="INSERT",
                check=f"{_MINE} AND by_id = {ACTING_ACCOUNT} AND ({DESK} OR {OPEN_TO_ME})",
            ),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(words="") | ~Q(deed__in=sorted(NEED_WORDS)), name="act_has_its_words"
            ),
            models.CheckConstraint(
                condition=Q(deed="extension", until__isnull=False)
                | ~Q(deed="extension") & Q(until__isnull=True),
                name="act_of_extension_says_until",
            ),
        ]
        indexes = [models.Index(fields=["procedure", "at"], name="act_in_order")]

    def __str__(self) -> str:
        return f"{self.deed} in {self.procedure_id}"


class SilentNote(OfProcedure):
    """That a state's desk means to stay silent: for its own people alone, so that nothing reminds them."""

    class Meta:
        constraints = [
            RowPolicy(name="silentnote_read", command="SELECT", using=_MINE),
            RowPolicy(
                name="silentnote_insert", command="INSERT", check=f"{_MINE} AND by_id = {ACTING_ACCOUNT}"
            ),
            RowPolicy(name="silentnote_delete", command="DELETE", using=_MINE),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["procedure", "body"], name="silent_note_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ChairStatement(OfProcedure):
    """What the chair states on the adoption, once; printed with the decision."""

    words = models.TextField()

    class Meta:
        constraints = [
            RowPolicy(name="statement_read", command="SELECT", using=READ),
            RowPolicy(
                name="statement_insert", command="INSERT", check=f"{_MINE} AND by_id = {ACTING_ACCOUNT}"
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["procedure"], name="statement_once"),
            models.CheckConstraint(condition=~Q(words=""), name="statement_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.procedure_id)


class Decision(OfRecord):
    """That a text was adopted, and its reference; written by function alone."""

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="decision")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField()
    circle = models.CharField(max_length=8, blank=True)
    """Random letters for a narrower circle than the network; each circle counts for itself."""
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=80)

    class Meta:
        constraints = [
            RowPolicy(name="decision_read", command="SELECT", using=READ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="decision_once"),
            models.UniqueConstraint(
                fields=["region", "year", "circle", "number"], name="decision_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
