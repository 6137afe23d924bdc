"""Help that is under way: who takes part, what both sides saw to, what they report and how they judge it."""

from django.db import models
from django.db.models import F, Q

from rtopnet.assistance.rules.words import Aid
from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.network.public import Account
from rtopnet.sharing.public import DESK, ENDED, MINE, OPEN_TO_ME, OWN, READ, OfRecord, Record, Shared

_SHORT, _LONG = 200, 20_000
_DRAFT = f"{OWN} AND open_from IS NULL"
_BY_A_SIDE = f"body = ANY({MINE}) AND by_id = {ACTING_ACCOUNT} AND ({DESK} OR {OPEN_TO_ME})"
# Looked up once, for the one row written, and under the writer's own eyes.
_AGREED = (
    "EXISTS (SELECT 1 FROM assistance_participant sent "
    "WHERE sent.id = assistance_confirmation.participant_id "
    "AND sent.record_id = assistance_confirmation.record_id AND sent.body = assistance_confirmation.body "
    "AND (sent.entry IS NULL OR EXISTS (SELECT 1 FROM assistance_consent asked "
    "WHERE asked.record_id = sent.entry AND asked.deployment = sent.record_id AND asked.given)))"
)
_OF_A_DEPLOYMENT = (
    "EXISTS (SELECT 1 FROM assistance_deployment work "
    "WHERE work.record_id = assistance_appraisal.deployment_id)"
)
_ASKED_ME = (
    "EXISTS (SELECT 1 FROM assistance_lesson told WHERE told.record_id = assistance_agreement.record_id "
    "AND told.other = assistance_agreement.body)"
)


class Deployment(Shared):
    """People or goods at work for a request; the terms of reference are the record's words."""

    request = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=_SHORT, blank=True)
    contacts = models.TextField(blank=True, max_length=_LONG)
    starts_on = models.DateField()
    ends_on = models.DateField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_words = models.TextField(blank=True, max_length=_LONG)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="deployment_read", command="SELECT", using=READ),
            RowPolicy(name="deployment_insert", command="INSERT", check=_DRAFT),
            RowPolicy(name="deployment_update", command="UPDATE", using=DESK),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="deployment_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="deployment_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(begun_at__isnull=False, ended_at__gte=F("begun_at")),
                name="deployment_begins_before_it_ends",
            ),
        ]
        indexes = [models.Index(fields=["request"], name="deployment_of_request")]

    def __str__(self) -> str:
        return str(self.record_id)


class Participant(Shared):
    """What one body sends, of an accepted offer; every body that takes part sees all who do."""

    body = models.UUIDField()
    offer = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    line = models.UUIDField()
    aid = models.CharField(max_length=10, choices=[(aid.value, aid.value) for aid in Aid])
    number = models.PositiveIntegerField(default=1)
    entry = models.UUIDField(null=True)
    post_title = models.CharField(max_length=_SHORT, blank=True)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="participant_read", command="SELECT", using=READ),
            RowPolicy(name="participant_insert", command="INSERT", check=_DRAFT),
            RowPolicy(name="participant_delete", command="DELETE", using=f"{_DRAFT} OR {ENDED}"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "line"], name="participant_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Confirmation(OfRecord):
    """The sending body confirms: who is sent has agreed to this deployment."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="confirmations")
    body = models.UUIDField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="confirmation_read", command="SELECT", using=READ),
            RowPolicy(name="confirmation_insert", command="INSERT", check=f"{_BY_A_SIDE} AND {_AGREED}"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["participant"], name="confirmation_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DutyDone(OfRecord):
    """A side has seen to an item of the duty of care."""

    item = models.SlugField()
    body = models.UUIDField()
    note = models.TextField(blank=True, max_length=_LONG)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="dutydone_read", command="SELECT", using=READ),
            RowPolicy(name="dutydone_insert", command="INSERT", check=_BY_A_SIDE),
            RowPolicy(
                name="dutydone_delete",
                command="DELETE",
                using=f"body = ANY({MINE}) AND ({DESK} OR {OPEN_TO_ME})",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "item", "body"], name="dutydone_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Report(OfRecord):
    """Something that a side reports: what happened on a day, or how the work goes."""

    body = models.UUIDField()
    happened_on = models.DateField()
    words = models.TextField(max_length=_LONG)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="report_read", command="SELECT", using=READ),
            RowPolicy(name="report_insert", command="INSERT", check=_BY_A_SIDE),
            *OfRecord.Meta.constraints,
        ]
        indexes = [models.Index(fields=["record", "-happened_on"], name="report_of_deployment")]

    def __str__(self) -> str:
        return str(self.id)


_MARK = [(mark, str(mark)) for mark in range(1, 6)]


class Appraisal(Shared):
    """How one side judges the other's part in a deployment; a record of its own, for these two alone."""

    deployment = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    about = models.UUIDField()
    as_agreed = models.PositiveSmallIntegerField(choices=_MARK)
    fit_to_need = models.PositiveSmallIntegerField(choices=_MARK)
    conduct = models.PositiveSmallIntegerField(choices=_MARK)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="appraisal_read", command="SELECT", using=READ),
            RowPolicy(
                name="appraisal_insert",
                command="INSERT",
                check=f"{_DRAFT} AND {DESK} AND about <> desk AND {_OF_A_DEPLOYMENT}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="appraisal_once"),
            models.UniqueConstraint(
                fields=["deployment", "desk", "about"], name="appraisal_of_each_side_once"
            ),
        ]
        indexes = [models.Index(fields=["deployment"], name="appraisal_of_deployment")]

    def __str__(self) -> str:
        return str(self.record_id)


class Lesson(Shared):
    """What one side would have others learn; the network reads it once the other side agrees."""

    deployment = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    other = models.UUIDField()
    shared_at = models.DateTimeField(null=True)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="lesson_read", command="SELECT", using=READ),
            RowPolicy(name="lesson_update", command="UPDATE", using=DESK),
            RowPolicy(name="lesson_insert", command="INSERT", check=f"{_DRAFT} AND {DESK} AND other <> desk"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="lesson_once"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class Agreement(OfRecord):
    """The other side agrees, or not, that a lesson goes to the library."""

    body = models.UUIDField()
    agreed = models.BooleanField()
    words = models.TextField(blank=True, max_length=_LONG)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="agreement_read", command="SELECT", using=f"{OWN} OR body = ANY({MINE})"),
            RowPolicy(
                name="agreement_insert",
                command="INSERT",
                check=f"body = ANY({MINE}) AND by_id = {ACTING_ACCOUNT} AND {OPEN_TO_ME} AND {_ASKED_ME}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="agreement_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
