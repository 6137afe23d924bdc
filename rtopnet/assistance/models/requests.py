"""What a state asks for, and how far that has come."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rtopnet.assistance.rules.words import LEVELS, Area, Form, Pillar
from rtopnet.kernel.clock import now
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, RowPolicy
from rtopnet.network.public import Account, State
from rtopnet.sharing.public import DESK, ENDED, MINE, OPEN_TO_ME, OWN, READ, OfRecord, Shared

DRAFT = f"{OWN} AND open_from IS NULL"
WRITTEN_BY = f"{DESK} OR ({DRAFT})"
_SHORT, _LONG = 200, 20_000


class Request(Shared):
    """A state's request for help to itself; no policy lets anybody ask for another."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    conditions = models.TextField(blank=True, max_length=_LONG)
    needed_by = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    """Since when the state takes no more offers; whoever reads the request sees it."""

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="assistance_request_read", command="SELECT", using=READ),
            # ``desk`` is the record's owner, kept by trigger: the state that asks, and no institution.
            RowPolicy(
                name="assistance_request_insert",
                command="INSERT",
                check=f"state_id = desk AND ({WRITTEN_BY})",
            ),
            RowPolicy(
                name="assistance_request_update",
                command="UPDATE",
                using=WRITTEN_BY,
                check=f"state_id = desk AND ({WRITTEN_BY})",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="assistance_request_once"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class Need(Shared):
    """One thing that is needed: what, how many, where, from when until when."""

    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=_SHORT)
    area = models.CharField(max_length=12, choices=[(area.value, area.value) for area in Area])
    pillar = models.PositiveSmallIntegerField(choices=[(pillar.value, pillar.name) for pillar in Pillar])
    form = models.CharField(max_length=16, choices=[(form.value, form.value) for form in Form], blank=True)
    skills = ArrayField(models.SlugField(), default=list)
    level = models.PositiveSmallIntegerField(default=1, choices=[(level, str(level)) for level in LEVELS])
    languages = ArrayField(models.CharField(max_length=35), default=list)
    clearances = ArrayField(models.CharField(max_length=80), default=list)
    number = models.PositiveIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=_SHORT, blank=True)
    budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta(Shared.Meta):
        constraints = [
            RowPolicy(name="need_read", command="SELECT", using=READ),
            RowPolicy(name="need_insert", command="INSERT", check=DRAFT),
            RowPolicy(name="need_update", command="UPDATE", using=DRAFT),
            RowPolicy(name="need_delete", command="DELETE", using=f"{DRAFT} OR {ENDED}"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "position"], name="need_in_its_place"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="need_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="need_of_some"),
            models.CheckConstraint(
                condition=Q(pillar=Pillar.HELP) & ~Q(form="") | ~Q(pillar=Pillar.HELP) & Q(form=""),
                name="need_has_a_form_under_pillar_two",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True, currency="") | Q(budget__gt=0) & ~Q(currency=""),
                name="need_budget_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Progress(OfRecord):
    """What the asking state alone knows of its request's course."""

    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When nothing waited any more: withdrawn, or appraised by all."""

    class Meta:
        constraints = [
            RowPolicy(name="progress_read", command="SELECT", using=OWN),
            RowPolicy(name="progress_insert", command="INSERT", check=WRITTEN_BY),
            RowPolicy(name="progress_update", command="UPDATE", using=WRITTEN_BY),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record"], name="progress_once"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="progress_submitted_as_a_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], condition=Q(ended_at__isnull=True), name="progress_open"),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class Regret(OfRecord):
    """Somebody to whom the request went will not offer anything; they and the asking state see it."""

    body = models.UUIDField()
    words = models.TextField(blank=True, max_length=_LONG)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="regret_read", command="SELECT", using=f"{OWN} OR body = ANY({MINE})"),
            RowPolicy(
                name="regret_insert",
                command="INSERT",
                check=f"body = ANY({MINE}) AND by_id = {ACTING_ACCOUNT} AND {OPEN_TO_ME}",
            ),
            RowPolicy(name="regret_delete", command="DELETE", using=f"body = ANY({MINE})"),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "body"], name="regret_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
