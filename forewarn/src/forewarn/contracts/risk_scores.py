"""What an evaluation of risks says: one probability a case, and whether it happened."""

from dataclasses import asdict, dataclass, field

from forewarn.contracts.plain import Json
from forewarn.contracts.record import Record
from forewarn.contracts.scores import Difference, ReliabilityBin


@dataclass(frozen=True)
class RiskScores:
    """Scores of probabilities that something happens.

    Attributes:
        roc_auc: area under the ROC curve; None where only one of the two outcomes occurred.
        average_precision: area under the precision-recall curve; None where nothing happened.
        brier: mean squared error of the probability; lower is better.
        n: cases.
        base_rate: share of cases in which it happened.
        mean_probability: what was said on average.
        reliability_slope: of the outcome on the probability, by least squares: 1 where twice the probability
            goes with twice the frequency; None where only one outcome occurred or all risks are equal.
        log_odds_slope: of a logistic regression of the outcome on the probability's log odds (Cox 1958):
            above 1 the risks are too close together; None as above.
        reliability: bins, empty ones left out.
    """

    roc_auc: float | None
    average_precision: float | None
    brier: float
    n: int
    base_rate: float
    mean_probability: float
    reliability_slope: float | None
    log_odds_slope: float | None
    reliability: tuple[ReliabilityBin, ...]

    def to_json(self) -> Json:
        """The fields by name, in the order above."""
        return asdict(self)


@dataclass(frozen=True)
class ModelRisks:
    """One model's scores.

    Attributes:
        pooled: of all cases.
        extra: further figures of all cases, by name.
        parts: by name, scores of a part of the cases alone; each may be None where it has none.
        by_year: of each year's cases.
    """

    pooled: RiskScores
    extra: dict[str, int] = field(default_factory=dict)
    parts: dict[str, RiskScores | None] = field(default_factory=dict)
    by_year: dict[int, RiskScores] = field(default_factory=dict)

    def to_json(self) -> Json:
        """The pooled scores, ``extra``, ``parts``, then ``by_year``."""
        return {
            **self.pooled.to_json(),
            **self.extra,
            **{name: part.to_json() if part else None for name, part in self.parts.items()},
            "by_year": {str(year): self.by_year[year].to_json() for year in sorted(self.by_year)},
        }


@dataclass(frozen=True)
class RiskEvaluation:
    """A whole evaluation.

    Attributes:
        task: ``attacks`` or ``onset``.
        models: by name, in the order asked for.
        differences: of every model from every benchmark among them; a score's name is preceded by that of
            the part it is of, such as ``quiet.roc_auc``.
        n: cases each model was scored on.
        settings: what was asked for.
        record: the same in parts, for the model's card.
    """

    task: str
    models: dict[str, ModelRisks]
    differences: tuple[Difference, ...]
    n: int
    settings: Json
    record: Record

    def to_json(self) -> Json:
        """Plain values in a fixed order."""
        return {
            "task": self.task,
            "models": {name: scores.to_json() for name, scores in self.models.items()},
            "n": self.n,
            "differences": [each.to_json() for each in self.differences],
            **self.settings,
            "record": self.record.to_json(),
        }
