"""Outlook runs and what they computed; figures are kept as each page shows them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rtopnet.network.public import InRegion, State
from rtopnet.warning.forecasts.rules import Outcome

OUTCOMES = [(outcome.value, outcome.value) for outcome in Outcome]


class OutlookRun(InRegion):
    """One computation for a region from data up to ``origin``; enough is kept to repeat it bit for bit.

    ``data_as_of`` is when the newest of its data had come in; ``cards`` are its models' cards.
    """

    origin = models.DateField()
    computed_at = models.DateTimeField()
    model = models.CharField(max_length=60)
    benchmark = models.CharField(max_length=60)
    seed = models.BigIntegerField()
    draws = models.PositiveIntegerField()
    steps = models.PositiveSmallIntegerField()
    code_version = models.CharField(max_length=60)
    vintages = models.JSONField()
    skill = models.JSONField(null=True)
    regions_until = models.DateField(null=True)
    data_as_of = models.CharField(max_length=40, default="")
    cards = models.JSONField(default=list)

    class Meta(InRegion.Meta):
        indexes = [models.Index(fields=["region", "-computed_at"], name="outlook_run_newest")]

    def __str__(self) -> str:
        return f"{self.region_id} from {self.origin:%Y-%m}"


class OutlookPart(InRegion):
    """Part of a run about one state."""

    run = models.ForeignKey(OutlookRun, on_delete=models.CASCADE)
    state = models.ForeignKey(State, on_delete=models.CASCADE)

    class Meta(InRegion.Meta):
        abstract = True


class StateForecast(OutlookPart):
    """History and forecast of one outcome in one state.

    ``history`` starts at ``first_month`` and holds null where nobody looked. ``fan`` and
    ``benchmark_fan`` hold, for each step, [median, low50, high50, low90, high90]; the three expectations
    hold [median, low90, high90] of the sum over the next three months. All in deaths.
    """

    outcome = models.CharField(max_length=20, choices=OUTCOMES)
    first_month = models.DateField()
    history = ArrayField(models.IntegerField(null=True))
    fan = models.JSONField(default=list)
    benchmark_fan = models.JSONField(default=list)
    expected = models.JSONField(null=True)
    previous_expected = models.JSONField(null=True)
    benchmark_expected = models.JSONField(null=True)

    class Meta(OutlookPart.Meta):
        abstract = False
        constraints = [
            *OutlookPart.Meta.constraints,
            models.UniqueConstraint(fields=["run", "state", "outcome"], name="state_forecast_once"),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.outcome}"


class ForecastExplanation(OutlookPart):
    """Why a forecast says what it says; of the state, or of one of its first-level regions (``place``).

    ``told`` holds what forewarn's explanation says, and under ``change`` what changed since the run before.
    """

    outcome = models.CharField(max_length=20)
    place = models.TextField()
    told = models.JSONField()

    class Meta(OutlookPart.Meta):
        abstract = False
        constraints = [
            *OutlookPart.Meta.constraints,
            models.UniqueConstraint(fields=["run", "state", "outcome", "place"], name="explanation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.place} {self.outcome}"


class FirstLevelFigure(OutlookPart):
    """A first-level region: its last twelve months, and the probability of a one-sided attack in three."""

    name = models.TextField()
    deaths_12_months = models.PositiveIntegerField()
    attack_months_12 = models.PositiveSmallIntegerField()
    attack_probability = models.FloatField(null=True)

    class Meta(OutlookPart.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.name


class RecordedEvent(OutlookPart):
    """A recent event as its source published it."""

    event_id = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    date_precision = models.PositiveSmallIntegerField()
    place = models.TextField()
    first_level = models.TextField()
    place_precision = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=OUTCOMES)
    best = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    side_a = models.TextField()
    side_b = models.TextField()
    source = models.TextField()
    version = models.TextField()

    class Meta(OutlookPart.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.event_id
