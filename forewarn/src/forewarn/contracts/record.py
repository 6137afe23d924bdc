"""A model's record in parts: where and when it beat a benchmark or lost to it, and its worst misses."""

from dataclasses import asdict, dataclass

from forewarn.contracts.plain import Json


@dataclass(frozen=True)
class DataSpan:
    """What an evaluation was made on.

    Attributes:
        first: the first month (YYYY-MM) or year of the data.
        last: its last.
        learned_to: the last that the newest forecast learned from.
        units: how many countries or regions were scored.
    """

    first: str
    last: str
    learned_to: str
    units: int

    def to_json(self) -> Json:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True)
class Ratio:
    """A model's mean score over a benchmark's, on some of the forecasts; under 1 the model is better.

    Attributes:
        model: whose score is above the line.
        benchmark: whose is below.
        score: ``crps`` or ``brier``.
        kind: ``all``; ``year``; ``unit``: one country or region; ``quiet``: where it had been quiet.
        part: which year or unit; empty for the others.
        ratio: the ratio.
        low: lower end of its 95 % interval; units are resampled whole, for a single unit its years.
        high: upper end.
        n: forecasts.
    """

    model: str
    benchmark: str
    score: str
    kind: str
    part: str
    ratio: float
    low: float
    high: float
    n: int

    def to_json(self) -> Json:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True)
class Miss:
    """A forecast that was far from what came.

    Attributes:
        model: whose.
        unit: of whom.
        origin: the last month used (YYYY-MM), or the year forecast.
        month: the month that was forecast; empty where it is a span of months or a year.
        said: the median in deaths, or the probability.
        low: lower end of the 90 % interval; None for probabilities.
        high: upper end.
        came: deaths, or 1 where it happened and 0 where not.
        score: the score by which it is among the worst: ``crps``, or the log loss in bits.
    """

    model: str
    unit: str
    origin: str
    month: str
    said: float
    low: float | None
    high: float | None
    came: float
    score: float

    def to_json(self) -> Json:
        """The fields by name."""
        return asdict(self)


@dataclass(frozen=True)
class Record:
    """The parts of an evaluation that a model's card is made from.

    Attributes:
        data: what it was made on.
        ratios: of every model against every benchmark over all and by year; by unit of the first model.
        misses: each model's worst.
    """

    data: DataSpan
    ratios: tuple[Ratio, ...]
    misses: tuple[Miss, ...]

    def to_json(self) -> Json:
        """The fields by name."""
        return {
            "data": self.data.to_json(),
            "ratios": [ratio.to_json() for ratio in self.ratios],
            "misses": [miss.to_json() for miss in self.misses],
        }
