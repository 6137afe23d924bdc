"""What an evaluation says: scores pooled and by origin, differences with their intervals, skill in short."""

from dataclasses import asdict, dataclass

from forewarn.contracts.plain import Json
from forewarn.contracts.record import Record


@dataclass(frozen=True)
class RegimeCoverage:
    """How much the 90 % intervals held where it had been as calm or as violent.

    Attributes:
        regime: deaths a month over the twelve months up to the origin: ``none``, ``under 25``,
            ``25 and more``.
        coverage_90: see ``Scores``.
        coverage_90_split: see ``Scores``.
        n: forecasts.
    """

    regime: str
    coverage_90: float
    coverage_90_split: float
    n: int


@dataclass(frozen=True)
class Scores:
    """Mean scores over units, steps and (when pooled) origins; lower is better but for the coverages.

    Attributes:
        crps: continuous ranked probability score, deaths.
        ign: log score over bins of deaths, bits.
        mis: mean interval score of the central 90 % interval, deaths.
        msle: mean squared error of log(1 + deaths).
        coverage_90: share of outcomes inside the closed central 90 % interval. Above 0.9 even for a perfect
            forecast wherever most of the probability lies on zero.
        coverage_90_split: the same with outcomes on an interval's edge counted in part, as if the edge were
            drawn by lot, so that a perfect forecast of counts scores 0.9.
        coverage_90_violent: ``coverage_90`` of units with a death in the 24 months before the origin alone;
            None without such a unit.
        n: forecasts scored.
        by_regime: the coverages by how violent the twelve months up to the origin were.
    """

    crps: float
    ign: float
    mis: float
    msle: float
    coverage_90: float
    coverage_90_split: float
    coverage_90_violent: float | None
    n: int
    by_regime: tuple[RegimeCoverage, ...]

    def to_json(self) -> Json:
        """The fields by name, in the order above."""
        return asdict(self)


@dataclass(frozen=True)
class ReliabilityBin:
    """Forecasts of similar probability: how often it was said, and how often it happened."""

    mean_probability: float
    observed_share: float
    n: int

    def to_json(self) -> Json:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True)
class OccurrenceScores:
    """Scores of the probability that something happens at all.

    Attributes:
        event: what counts as happening, e.g. ``deaths >= 1``.
        brier: mean squared error of the probability; lower is better.
        roc_auc: area under the ROC curve; None where only one of the two outcomes occurred.
        average_precision: area under the precision-recall curve; None where the event never occurred.
        base_rate: share of cases in which it happened.
        reliability: ten bins of equal width, empty ones left out.
        n: forecasts scored.
    """

    event: str
    brier: float
    roc_auc: float | None
    average_precision: float | None
    base_rate: float
    reliability: tuple[ReliabilityBin, ...]
    n: int

    def to_json(self) -> Json:
        """The fields by name, in the order above."""
        return asdict(self)


@dataclass(frozen=True)
class Difference:
    """A score of one model less that of another, on the same forecasts.

    Attributes:
        model: whose score; negative means it is better.
        benchmark: what it is compared with.
        score: which score, e.g. ``crps``.
        difference: model less benchmark.
        low: lower end of the 95 % bootstrap interval, whole units resampled.
        high: upper end.
    """

    model: str
    benchmark: str
    score: str
    difference: float
    low: float
    high: float

    def to_json(self) -> Json:
        """The fields by name, in the order above."""
        return asdict(self)


@dataclass(frozen=True)
class ModelScores:
    """One model's scores: pooled, by origin (``YYYY-MM``), and of the events it implies."""

    pooled: Scores
    by_origin: dict[str, Scores]
    occurrence: tuple[OccurrenceScores, ...]

    def to_json(self) -> Json:
        """The pooled scores, then ``by_origin`` in time's order, then ``occurrence``."""
        return {
            **self.pooled.to_json(),
            "by_origin": {origin: self.by_origin[origin].to_json() for origin in sorted(self.by_origin)},
            "occurrence": [each.to_json() for each in self.occurrence],
        }


@dataclass(frozen=True)
class Evaluation:
    """A whole evaluation.

    Attributes:
        task: ``fatalities`` or ``any_one_sided``.
        outcome: what was forecast.
        origins: as ``YYYY-MM``.
        steps: in months.
        draws: how many a forecast.
        seed: reproduces the evaluation bit for bit with the same data.
        models: by name, in the order asked for.
        differences: of every model from every benchmark among them.
        n: forecasts each model was scored on.
        record: the same in parts, for the model's card.
    """

    task: str
    outcome: str
    origins: tuple[str, ...]
    steps: tuple[int, ...]
    draws: int
    seed: int
    models: dict[str, ModelScores]
    differences: tuple[Difference, ...]
    n: int
    record: Record

    def to_json(self) -> Json:
        """Plain values in a fixed order."""
        return {
            "task": self.task,
            "models": {name: scores.to_json() for name, scores in self.models.items()},
            "n": self.n,
            "differences": [each.to_json() for each in self.differences],
            "outcome": self.outcome,
            "origins": list(self.origins),
            "steps": list(self.steps),
            "draws": self.draws,
            "seed": self.seed,
            "record": self.record.to_json(),
        }


@dataclass(frozen=True)
class SkillSummary:
    """How a model did against a plain benchmark in past years, for people who don't read score tables.

    Attributes:
        model: its name.
        benchmark: what it is compared with.
        crps_model: mean CRPS in deaths; lower is better.
        crps_benchmark: the same of the benchmark.
        ratio: ``crps_model / crps_benchmark``; below 1 the model is the better one, NaN where both are 0.
        ratio_low: lower end of the ratio's 95 % bootstrap interval, whole units resampled.
        ratio_high: upper end.
        coverage_90: share of outcomes inside the model's central 90 % interval.
        coverage_90_violent: the same of units with a death in the 24 months before the origin alone.
        n_forecasts: unit, origin and step combinations scored.
        first_year: of the months forecast.
        last_year: of the months forecast.
    """

    model: str
    benchmark: str
    crps_model: float
    crps_benchmark: float
    ratio: float
    ratio_low: float
    ratio_high: float
    coverage_90: float
    coverage_90_violent: float | None
    n_forecasts: int
    first_year: int
    last_year: int

    @property
    def years_covered(self) -> int:
        """Calendar years in which at least one month was forecast."""
        return self.last_year - self.first_year + 1

    def to_json(self) -> Json:
        """The fields by name, in the order above."""
        return asdict(self)


@dataclass(frozen=True)
class OccurrenceEvaluation:
    """An evaluation of probabilities that something happens at all.

    Attributes:
        task: ``any_one_sided``.
        origins: as ``YYYY-MM``.
        steps: in months.
        monthly: by model, each month ahead on its own.
        within: by model, at least one of all the months ahead.
        differences: Brier score of the model less that of the benchmark, monthly.
    """

    task: str
    origins: tuple[str, ...]
    steps: tuple[int, ...]
    monthly: dict[str, OccurrenceScores]
    within: dict[str, OccurrenceScores]
    differences: tuple[Difference, ...]

    def to_json(self) -> Json:
        """Plain values in a fixed order."""
        return {
            "task": self.task,
            "origins": list(self.origins),
            "steps": list(self.steps),
            "monthly": {name: scores.to_json() for name, scores in self.monthly.items()},
            "within": {name: scores.to_json() for name, scores in self.within.items()},
            "differences": [each.to_json() for each in self.differences],
        }
