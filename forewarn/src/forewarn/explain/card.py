"""A model's card, read off its evaluation's JSON; nothing in it is written by hand but what the task is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.record import DataSpan, Miss, Ratio

MISSES_SHOWN = 10


@dataclass(frozen=True)
class ModelCard:
    """What a card says.

    Attributes:
        task: ``fatalities``, ``attacks`` or ``onset``.
        model: its name.
        data: what the evaluation was made on.
        file: what the data was read from; empty where it was handed over in memory.
        tested: the first and last origin or year.
        n: forecasts scored.
        scores: single figures by name, those of the model.
        overall: the ratio to each benchmark over everything, and over the quiet where it is told apart.
        by_period: the ratio to each benchmark in each year.
        by_unit: the ratio to each benchmark in each country or region, the worst first.
        misses: where it was most wrong, the worst first.
        differences: differences of other scores from each benchmark: ``benchmark, score, difference, low,
            high``.
    """

    task: str
    model: str
    data: DataSpan
    file: str
    tested: tuple[str, str]
    n: int
    scores: dict[str, float | None]
    overall: tuple[Ratio, ...]
    by_period: tuple[Ratio, ...]
    by_unit: tuple[Ratio, ...]
    misses: tuple[Miss, ...]
    differences: tuple[dict[str, Any], ...] = field(default=())

    def lost(self, ratios: tuple[Ratio, ...]) -> tuple[Ratio, ...]:
        """Those in which the benchmark was better."""
        return tuple(ratio for ratio in ratios if ratio.ratio > 1)


def card_of(evaluation: Mapping[str, Any], *, model: str | None = None) -> ModelCard:
    """The card of one model of an evaluation, by default its first.

    Raises:
        UnusableInputError: it is no evaluation, was made without the parts that a card needs, or has no model
            of that name.
    """
    try:
        models, record = evaluation["models"], evaluation["record"]
        name = model or next(iter(models))
        data = DataSpan(**record["data"])
        ratios = [Ratio(**each) for each in record["ratios"] if each["model"] == name]
        misses = [Miss(**each) for each in record["misses"] if each["model"] == name]
        tested = _tested(evaluation)
    except (KeyError, TypeError, StopIteration) as error:
        raise UnusableInputError(f"no evaluation that a card can be made from ({error!r})") from error
    if name not in models:
        raise UnusableInputError(f"the evaluation has no model {name!r}; it has {', '.join(models)}")
    return ModelCard(
        task=evaluation["task"],
        model=name,
        data=data,
        file=str(evaluation.get("file", "")),
        tested=tested,
        n=int(evaluation["n"]),
        scores={key: value for key, value in models[name].items() if isinstance(value, int | float | None)},
        overall=tuple(ratio for ratio in ratios if ratio.kind in {"all", "quiet"}),
        by_period=tuple(ratio for ratio in ratios if ratio.kind == "year"),
        by_unit=tuple(sorted((each for each in ratios if each.kind == "unit"), key=lambda each: -each.ratio)),
        misses=tuple(misses[:MISSES_SHOWN]),
        differences=tuple(each for each in evaluation["differences"] if each["model"] == name),
    )


def _tested(evaluation: Mapping[str, Any]) -> tuple[str, str]:
    span = evaluation.get("test") or evaluation.get("years") or evaluation["origins"]
    return str(span[0]), str(span[-1])
