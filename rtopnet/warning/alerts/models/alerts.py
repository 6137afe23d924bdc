"""Warnings: what hangs on the record that a warning is, its line of time, and who signs with its owner."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_REGION, RowPolicy
from rtopnet.network.public import Account, State
from rtopnet.sharing.public import DESK, ENDED, MINE, OPEN_TO_ME, OWN, READ, OfRecord, Shared
from rtopnet.warning.alerts.rules.course import AnswerKind, Level, LinkKind, Mark, Outcome, Stage

LONG, SHORT = 20_000, 300
_DRAFT = f"{OWN} AND open_from IS NULL"
_SIGNED_IN = f"{ACTING_ACCOUNT} IS NOT NULL"
# Looked up once, for the one row written, and under the writer's own eyes.
_OPEN_ALERT = (
    "EXISTS (SELECT 1 FROM alerts_alert a WHERE a.record_id = {table}.record_id "
    "AND a.issued_at IS {issued} AND a.closed_at IS NULL)"
)
# Under the reader's own eyes: a link to what is not for them is no line for them, not even by its count.
_LINKED_IS_READ = "EXISTS (SELECT 1 FROM sharing_record linked_to WHERE linked_to.id = linked)"


class Alert(Shared):
    """A warning, from its first signal to its outcome; a missed one has a day instead of a course."""

    level = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Level])
    crimes = ArrayField(models.CharField(max_length=30), default=list)
    issued_at = models.DateTimeField(null=True)
    answers_due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    missed_on = models.DateField(null=True)
    """The day of what happened without a warning, of an entry made afterwards."""
    outcome = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Outcome])
    outcome_words = models.TextField(blank=True, max_length=LONG)
    lesson = models.TextField(blank=True, max_length=LONG)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="alert_read", command="SELECT", using=READ),
            RowPolicy(name="alert_insert", command="INSERT", check=f"{DESK} OR ({_DRAFT})"),
            RowPolicy(
                name="alert_update",
                command="UPDATE",
                using=f"{DESK} OR ({_DRAFT} AND issued_at IS NULL)",
                check=f"{DESK} OR ({_DRAFT} AND issued_at IS NULL AND closed_at IS NULL)",
            ),
            RowPolicy(name="alert_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="alert_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="alert_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, answers_due_at__isnull=True)
                | Q(issued_at__isnull=False, answers_due_at__gte=F("issued_at")) & ~Q(level=""),
                name="alert_issued_with_a_level",
            ),
            models.CheckConstraint(
                condition=Q(missed_on__isnull=True) & ~Q(outcome=Outcome.MISSED)
                | Q(missed_on__isnull=False, outcome=Outcome.MISSED, issued_at__isnull=True),
                name="alert_missed_or_made",
            ),
        ]
        indexes = [models.Index(fields=["owner"], condition=Q(closed_at__isnull=True), name="alert_open")]

    def __str__(self) -> str:
        return str(self.record_id)


# That somebody answered, or has not, tells of whom else was warned: of a warning to some, it is for its owner
# and for who answered. Where all were warned, it tells nothing.
_TELLS_OF_OTHERS = "kind IN ('response', 'escalated')"
_FOR_ALL = f"readers && ARRAY[{ACTING_REGION}, '00000000-0000-0000-0000-000000000000'::uuid]"


class Milestone(Shared):
    """A point on a warning's line of time: a stage it came to, a level set, an overrun told of."""

    kind = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in (*Stage, *Mark)], db_index=False
    )
    at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(null=True)
    body = models.UUIDField(null=True)
    """Which state or institution brought it there."""
    level = models.CharField(max_length=10, blank=True)
    about = models.CharField(max_length=12, blank=True)
    """Of an overrun: the stage that it was of."""
    words = models.TextField(blank=True, max_length=LONG)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(
                name="milestone_read",
                command="SELECT",
                using=f"({READ}) AND (NOT {_TELLS_OF_OTHERS} OR {OWN} OR body = ANY({MINE}) OR {_FOR_ALL})",
            ),
            # The first answer brings the warning to its response, whoever of those warned gives it.
            RowPolicy(
                name="milestone_insert",
                command="INSERT",
                check=f"{DESK} OR ({_DRAFT} AND kind = 'signal') OR (kind = 'response' AND "
                f"body = ANY({MINE}) AND words = '' AND {OPEN_TO_ME} AND "
                f"{_OPEN_ALERT.format(table='alerts_milestone', issued='NOT NULL')})",
            ),
            RowPolicy(name="milestone_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["record", "kind"],
                condition=Q(kind__in=[one.value for one in Stage]),
                name="milestone_to_each_stage_once",
            ),
            models.UniqueConstraint(
                fields=["record", "about"], condition=Q(kind=Mark.ESCALATED), name="milestone_escalated_once"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gte=F("at")), name="milestone_due_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["record", "at"], name="milestone_in_order")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind}"


class Sponsor(OfRecord):
    """A state that was asked to sign a warning with its owner; it signs, and leaves, for itself."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    signed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True, max_length=LONG)

    class Meta:
        constraints = [
            RowPolicy(
                name="sponsor_read",
                command="SELECT",
                using=f"{OWN} OR (({OPEN_TO_ME}) AND (state_id = ANY({MINE}) "
                f"OR signed_at IS NOT NULL AND left_at IS NULL AND {_SIGNED_IN}))",
            ),
            RowPolicy(name="sponsor_insert", command="INSERT", check=f"{DESK} AND signed_at IS NULL"),
            # Once a warning is issued, who signed it stands on it for good.
            RowPolicy(
                name="sponsor_update",
                command="UPDATE",
                using=f"state_id = ANY({MINE}) AND {OPEN_TO_ME} AND "
                f"{_OPEN_ALERT.format(table='alerts_sponsor', issued='NULL')}",
            ),
            RowPolicy(name="sponsor_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "state"], name="sponsor_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True)
                | Q(signed_at__isnull=True)
                | Q(left_at__gte=F("signed_at")),
                name="sponsor_signed_before_leaving",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AskedBody(OfRecord):
    """That a state or institution was warned and is asked to answer by a due time.

    Where the warning went to the whole network, who was asked and has answered is everybody's to see.
    """

    body = models.UUIDField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    openly = models.BooleanField(default=False)

    class Meta:
        constraints = [
            RowPolicy(
                name="askedbody_read",
                command="SELECT",
                using=f"{OWN} OR (({OPEN_TO_ME}) AND (body = ANY({MINE}) OR openly AND {_SIGNED_IN}))",
            ),
            RowPolicy(name="askedbody_insert", command="INSERT", check=f"{DESK} AND answered_at IS NULL"),
            RowPolicy(
                name="askedbody_update",
                command="UPDATE",
                using=f"body = ANY({MINE}) AND {OPEN_TO_ME} AND answered_at IS NULL",
                check=f"body = ANY({MINE}) AND {OPEN_TO_ME}",
            ),
            RowPolicy(name="askedbody_delete", command="DELETE", using=ENDED),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "body"], name="askedbody_once"),
        ]
        indexes = [
            models.Index(fields=["body"], condition=Q(answered_at__isnull=True), name="askedbody_open")
        ]

    def __str__(self) -> str:
        return str(self.id)


class AlertAnswer(OfRecord):
    """What somebody who was warned does about it, for the owner, or for all who read the warning."""

    body = models.UUIDField()
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in AnswerKind])
    words = models.TextField(max_length=LONG)
    openly = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            RowPolicy(
                name="alert_answer_read",
                command="SELECT",
                using=f"{OWN} OR body = ANY({MINE}) OR (openly AND {_SIGNED_IN} AND {OPEN_TO_ME})",
            ),
            RowPolicy(
                name="alert_answer_insert",
                command="INSERT",
                check=f"body = ANY({MINE}) AND by_id = {ACTING_ACCOUNT} AND {OPEN_TO_ME} AND "
                f"{_OPEN_ALERT.format(table='alerts_alertanswer', issued='NOT NULL')}",
            ),
            *OfRecord.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="alert_answer_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AlertLink(OfRecord):
    """A record that a warning rests on, or that answers it; seen by those who read both."""

    linked = models.UUIDField()
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in LinkKind])
    body = models.UUIDField()
    """Who added it."""
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(
                name="alert_link_read",
                command="SELECT",
                using=f"({OWN} OR body = ANY({MINE}) OR {OPEN_TO_ME}) AND {_LINKED_IS_READ}",
            ),
            RowPolicy(
                name="alert_link_insert",
                command="INSERT",
                check=f"{_LINKED_IS_READ} AND ({DESK} AND body = desk OR ({_DRAFT} AND body = desk) OR "
                f"kind = 'answer' AND body = ANY({MINE}) AND {OPEN_TO_ME} AND "
                f"{_OPEN_ALERT.format(table='alerts_alertlink', issued='NOT NULL')})",
            ),
            RowPolicy(name="alert_link_delete", command="DELETE", using=f"{DESK} OR body = ANY({MINE})"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "linked", "body"], name="alert_link_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
