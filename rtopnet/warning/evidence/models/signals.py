"""Signals from open sources: who may read them stands on each row, and follows its source."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rtopnet.audit.public import Ledgered
from rtopnet.kernel.clock import now
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.rowsecurity import ACTING_ACCOUNT, ACTING_DESKS, RowPolicy, in_capacity
from rtopnet.network.public import Account, Region, State
from rtopnet.sharing.public import MINE, OWN, READ, OfRecord
from rtopnet.warning.evidence.rules.linking import Tie
from rtopnet.warning.evidence.rules.words import LATITUDES, LONGITUDES

_INSTALLATION = in_capacity("installation")
_FOR_ME = f"readers && {MINE}"
_BOTH_FOR_ME = f"readers_first && {MINE} AND readers_second && {MINE}"
_IN_SIGHT = "EXISTS (SELECT 1 FROM evidence_signal seen WHERE seen.id = signal_id)"
_NAME = 200


def _kept_by_installation(name: str, read: str) -> list[RowPolicy]:
    """Read by whom the row names; written by the program's own fetching alone."""
    return [
        RowPolicy(name=f"{name}_read", command="SELECT", using=f"{read} OR {_INSTALLATION}"),
        RowPolicy(name=f"{name}_insert", command="INSERT", check=_INSTALLATION),
        RowPolicy(name=f"{name}_update", command="UPDATE", using=_INSTALLATION),
        RowPolicy(name=f"{name}_delete", command="DELETE", using=_INSTALLATION),
    ]


class SignalSource(models.Model):
    """An open source: how it is read, for whom, under which licence, and how that goes. No secrets here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    key = models.SlugField()
    name = models.CharField(max_length=_NAME)
    kind = models.SlugField()
    address = models.CharField(max_length=2000)
    settings = models.JSONField(default=dict)
    licence = models.CharField(max_length=_NAME)
    attribution = models.CharField(max_length=1000, blank=True)
    is_licensed = models.BooleanField(default=False)
    """Only the named bodies may read what it brings; the region's other members do not know of it."""
    readers = ArrayField(models.UUIDField(), default=list)
    enabled = models.BooleanField(default=False)
    every_minutes = models.PositiveIntegerField(default=60)
    cursor = models.JSONField(default=dict)
    tried_at = models.DateTimeField(null=True)
    brought_at = models.DateTimeField(null=True)
    """When it last answered, be it that there was nothing new."""
    newest_at = models.DateTimeField(null=True)
    """When it last brought something new."""
    brought = models.PositiveIntegerField(default=0)
    """How many signals that was."""
    set_aside = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)
    error_detail = models.CharField(max_length=1000, blank=True)
    fails_in_a_row = models.PositiveIntegerField(default=0)
    raw_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            *_kept_by_installation("signal_source", _FOR_ME),
            Ledgered(name="signal_source_ledgered"),
            models.UniqueConstraint(fields=["region", "key"], name="signal_source_once"),
            models.CheckConstraint(condition=Q(every_minutes__gte=1), name="signal_source_waits"),
        ]

    def __str__(self) -> str:
        return self.key


class Signal(models.Model):
    """What a source tells, as it tells it now; what it told before is in its revisions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(SignalSource, on_delete=models.PROTECT, related_name="signals")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False)
    readers = ArrayField(models.UUIDField(), editable=False, default=list)
    key = models.CharField(max_length=500)
    revision = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    published_at = models.DateTimeField()
    """As the source says, or else when it was first read."""
    first_day = models.DateField()
    last_day = models.DateField()
    day_known = models.BooleanField(default=False)
    """Whether the source says when it happened; otherwise the days are that of publication."""
    place = models.CharField(max_length=_NAME, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    reach_km = models.PositiveIntegerField(default=0)
    state = models.ForeignKey(State, on_delete=models.PROTECT, null=True, related_name="+")
    actors = ArrayField(models.CharField(max_length=_NAME), default=list)
    targets = ArrayField(models.CharField(max_length=_NAME), default=list)
    outlets = ArrayField(models.CharField(max_length=_NAME), default=list)
    kind = models.CharField(max_length=_NAME, blank=True)
    deaths = models.PositiveIntegerField(null=True)
    language = models.CharField(max_length=35, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    raw_sha256 = models.CharField(max_length=64, blank=True)
    content_sha256 = models.CharField(max_length=64)
    fetched_at = models.DateTimeField(default=now)
    gone_at = models.DateTimeField(null=True)
    """Since when the source says that it is not so; it stays, marked, where it was cited."""

    class Meta:
        constraints = [
            *_kept_by_installation("signal", _FOR_ME),
            Ledgered(name="signal_ledgered"),
            models.UniqueConstraint(fields=["source", "key"], name="signal_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="signal_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-LATITUDES, LATITUDES), longitude__range=(-LONGITUDES, LONGITUDES)),
                name="signal_point_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-published_at", "-id"], name="signal_latest"),
            models.Index(fields=["region", "first_day"], name="signal_days"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.key}"


class SignalRevision(models.Model):
    """What a signal said before its source revised it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="revisions")
    readers = ArrayField(models.UUIDField(), editable=False, default=list)
    revision = models.PositiveIntegerField()
    told = models.JSONField()
    raw_sha256 = models.CharField(max_length=64, blank=True)
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            *_kept_by_installation("signal_revision", _FOR_ME),
            Ledgered(name="signal_revision_ledgered"),
            models.UniqueConstraint(fields=["signal", "revision"], name="signal_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.signal_id} {self.revision}"


class OfTwoSignals(models.Model):
    """Something about two signals, the lesser id first; read by whoever may read both."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    readers_first = ArrayField(models.UUIDField(), editable=False, default=list)
    readers_second = ArrayField(models.UUIDField(), editable=False, default=list)

    class Meta:
        abstract = True


class SignalLink(OfTwoSignals):
    """That the program finds two signals alike."""

    tie = models.CharField(max_length=12, choices=[(tie.value, tie.value) for tie in Tie])
    score = models.FloatField()

    class Meta:
        constraints = [
            *_kept_by_installation("signal_link", _BOTH_FOR_ME),
            Ledgered(name="signal_link_ledgered"),
            models.UniqueConstraint(fields=["first", "second"], name="signal_link_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="signal_link_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class SignalJudgement(OfTwoSignals):
    """That a desk joined or split two signals, and why; the newest one counts, and none is ever changed."""

    joined = models.BooleanField()
    reason = models.TextField(max_length=2000)
    body = models.UUIDField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(
                name="signal_judgement_read", command="SELECT", using=f"{_BOTH_FOR_ME} OR {_INSTALLATION}"
            ),
            RowPolicy(
                name="signal_judgement_insert",
                command="INSERT",
                check=f"by_id = {ACTING_ACCOUNT} AND body = ANY({ACTING_DESKS}) AND {_BOTH_FOR_ME}",
            ),
            Ledgered(name="signal_judgement_ledgered"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="signal_judgement_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="signal_judgement_has_a_reason"),
        ]
        indexes = [models.Index(fields=["first", "second", "-at"], name="signal_judgement_newest")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Dismissal(models.Model):
    """A state's or institution's desk set a signal aside for itself; nobody else knows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    body = models.UUIDField()
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="dismissal_read", command="SELECT", using=f"body = ANY({ACTING_DESKS})"),
            RowPolicy(
                name="dismissal_insert",
                command="INSERT",
                check=f"by_id = {ACTING_ACCOUNT} AND body = ANY({ACTING_DESKS}) AND {_IN_SIGHT}",
            ),
            RowPolicy(name="dismissal_delete", command="DELETE", using=f"body = ANY({ACTING_DESKS})"),
            Ledgered(name="dismissal_ledgered"),
            models.UniqueConstraint(fields=["signal", "body"], name="dismissal_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="dismissal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SignalUse(OfRecord):
    """A record rests on a signal; shown where the reader reads both."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            RowPolicy(name="signal_use_read", command="SELECT", using=f"({READ}) AND {_IN_SIGHT}"),
            RowPolicy(
                name="signal_use_insert",
                command="INSERT",
                check=f"{OWN} AND by_id = {ACTING_ACCOUNT} AND {_IN_SIGHT}",
            ),
            *OfRecord.Meta.constraints,
            models.UniqueConstraint(fields=["record", "signal"], name="signal_use_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
