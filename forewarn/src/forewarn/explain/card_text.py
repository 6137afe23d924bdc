"""A model's card as Markdown."""

from collections.abc import Callable, Iterable

from forewarn.contracts.record import Miss, Ratio
from forewarn.explain.card import ModelCard
from forewarn.explain.wording import TASKS

_SCORES = {
    "crps": "Mean error (CRPS, deaths)",
    "ign": "Log score (bits)",
    "mis": "Interval score (deaths)",
    "msle": "Squared log error",
    "coverage_90": "Outcomes inside the 90 % range",
    "coverage_90_split": "Outcomes inside the 90 % range, edges in part",
    "roc_auc": "ROC AUC",
    "average_precision": "Average precision",
    "brier": "Brier score",
    "base_rate": "Share in which it happened",
    "mean_probability": "Mean probability said",
    "reliability_slope": "Reliability slope (1 is best)",
    "recall_10": "Onsets within each year's 10 highest",
    "recall_20": "Onsets within each year's 20 highest",
    "recall_30": "Onsets within each year's 30 highest",
    "onsets": "Onsets",
}
_KINDS = {"all": "everything", "quiet": "where it had been quiet for a year"}
_WORST_UNITS = 15


def card_markdown(card: ModelCard) -> str:
    """The whole card; the same evaluation gives the same text."""
    outcome, limits, use = TASKS[card.task]
    file = f" Read from `{card.file}`." if card.file else ""
    lines = [
        f"# Model card: {card.model}",
        "",
        "Made from the model's evaluation. A ratio is the model's error over a plain rule's: under 1 the "
        "model is better, above 1 worse. Intervals are 95 %.",
        "",
        "## Outcome and its limits",
        "",
        f"{outcome} {limits}",
        "",
        "## Data and training span",
        "",
        f"Data from {card.data.first} to {card.data.last}, {card.data.units} countries or regions.{file} "
        f"Tested from {card.tested[0]} to {card.tested[1]} on {card.n:,} forecasts. Each was made from the "
        f"data up to its own origin; the last one learned from data to {card.data.learned_to}.",
        "",
        "## Skill",
        "",
        *_table(("Score", "Figure"), _figures(card)),
        "",
        *_ratios("On", card.overall, lambda ratio: _KINDS[ratio.kind]),
        "",
        *_differences(card),
        "### By period",
        "",
        _lost_and_won(card, card.by_period, "years"),
        "",
        *_ratios("Year", card.by_period, lambda ratio: ratio.part),
        "",
        "### By country or region",
        "",
        _lost_and_won(card, card.by_unit, "countries or regions"),
        "",
        *_ratios("Where", card.by_unit[:_WORST_UNITS], lambda ratio: ratio.part),
        "",
        "## Known failures",
        "",
        "The forecasts that were farthest from what came.",
        "",
        *_misses(card.misses),
        "",
        "## Intended use",
        "",
        use,
        "",
    ]
    return "\n".join(lines)


def _figures(card: ModelCard) -> Iterable[tuple[str, str]]:
    return ((words, _figure(card.scores[key])) for key, words in _SCORES.items() if key in card.scores)


def _figure(value: float | None) -> str:
    if value is None:
        return "not defined"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    body = ["| " + " | ".join(row) + " |" for row in rows]
    if not body:
        return ["None could be computed."]
    return ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head), *body]


def _ratios(first: str, ratios: Iterable[Ratio], say: Callable[[Ratio], str]) -> list[str]:
    rows = (
        (
            say(each),
            each.benchmark,
            f"{each.ratio:.3f}",
            f"{each.low:.3f} to {each.high:.3f}",
            _verdict(each),
            f"{each.n:,}",
        )
        for each in ratios
    )
    return _table((first, "Against", "Ratio", "Interval", "The model was", "Forecasts"), rows)


def _verdict(ratio: Ratio) -> str:
    if ratio.high < 1:
        return "better"
    if ratio.low > 1:
        return "worse"
    return "better, perhaps by chance" if ratio.ratio < 1 else "worse, perhaps by chance"


def _lost_and_won(card: ModelCard, ratios: tuple[Ratio, ...], parts: str) -> str:
    """In how many parts each plain rule was better, in a sentence each."""
    said = []
    for benchmark in dict.fromkeys(ratio.benchmark for ratio in ratios):
        against = tuple(ratio for ratio in ratios if ratio.benchmark == benchmark)
        said.append(f"Against {benchmark} it lost in {len(card.lost(against))} of {len(against)} {parts}.")
    return " ".join(said)


def _differences(card: ModelCard) -> list[str]:
    rows = (
        (
            _SCORES.get(each["score"].removeprefix("quiet."), each["score"])
            + (", quiet" if each["score"].startswith("quiet.") else ""),
            each["benchmark"],
            f"{each['difference']:+.3f}",
            f"{each['low']:+.3f} to {each['high']:+.3f}",
        )
        for each in card.differences
    )
    return [*_table(("Score", "Against", "Difference", "Interval"), rows), ""]


def _misses(misses: Iterable[Miss]) -> list[str]:
    rows = (
        (miss.unit, miss.origin, miss.month or "the span ahead", _said(miss), f"{miss.came:,.0f}")
        for miss in misses
    )
    return _table(("Where", "From data to", "Month", "Said", "Came"), rows)


def _said(miss: Miss) -> str:
    if miss.low is None or miss.high is None:
        return f"{miss.said:.1%}"
    return f"{miss.said:,.0f} ({miss.low:,.0f} to {miss.high:,.0f})"
