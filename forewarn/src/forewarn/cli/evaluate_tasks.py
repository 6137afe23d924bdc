"""What each task of ``forewarn evaluate`` reads, runs and prints."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from forewarn.contracts.errors import UnusableInputError
from forewarn.contracts.months import Month
from forewarn.contracts.rejects import REJECT_SCHEMA, Rejects
from forewarn.contracts.risk_scores import ModelRisks, RiskEvaluation
from forewarn.contracts.scores import Evaluation
from forewarn.ingest.country_month import read_country_month
from forewarn.ingest.country_year import read_country_years
from forewarn.ingest.registry import sources
from forewarn.ingest.ucdp_ged.versions import version_from_name
from forewarn.panel import panel_from_table, region_history
from forewarn.pipelines import evaluate_attacks, evaluate_fatalities, evaluate_onset
from forewarn.pipelines.ingestion import ingest_files

_EVENTS_SOURCE = "ucdp-ged"
_ANY_FINAL = "17.1"  # a file alone gives way to no other, so that its name need not state a version


@dataclass(frozen=True)
class Made:
    """What a task made.

    Attributes:
        evaluation: the scores.
        lines: one for each model, to print.
        file: what was read.
        left_out: how many of its rows were refused.
        first_fault: the first of them in words.
    """

    evaluation: Evaluation | RiskEvaluation
    lines: list[str]
    file: Path
    left_out: int
    first_fault: str


@dataclass(frozen=True)
class Task:
    """How a task is done, the options it cannot do without, and those it also takes."""

    run: Callable[..., Made]
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()


def fatalities(
    *,
    history: Path,
    origins: tuple[Month, ...],
    steps: tuple[int, ...],
    models: Sequence[str] | None,
    seed: int,
    draws: int = 1000,
    outcome: str = "state_based",
) -> Made:
    """Deaths by country and month."""
    frame, rejects = read_country_month(history)
    panel = panel_from_table(frame, outcome=outcome)
    evaluation = evaluate_fatalities(
        panel, origins=origins, steps=steps, models=models, draws=draws, seed=seed
    )
    lines = [
        f"{name:<18} crps {scores.pooled.crps:9.3f}  ign {scores.pooled.ign:6.3f}  "
        f"mis {scores.pooled.mis:9.2f}  msle {scores.pooled.msle:6.3f}  "
        f"covered {scores.pooled.coverage_90:.3f}"
        for name, scores in evaluation.models.items()
    ]
    return Made(evaluation, lines, history, len(rejects), rejects.first())


def attacks(
    *,
    events: Path,
    country: str,
    train_to: Month,
    test: tuple[Month, Month],
    models: Sequence[str] | None,
    seed: int,
) -> Made:
    """Any one-sided attack in a first-level region within three months."""
    try:
        settings = {"version": version_from_name(events)}
    except UnusableInputError:
        settings = {"version": _ANY_FINAL}
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        taken = ingest_files(sources()[_EVENTS_SOURCE], [events], store=store, settings=settings)[0]
        history = region_history(store, country=country)
        rejects = Rejects(pl.read_csv(taken.rejects, schema=REJECT_SCHEMA)) if taken.rejects else Rejects()
    first, last = test
    evaluation = evaluate_attacks(
        history, train_to=train_to, first=first, last=last, models=models, seed=seed
    )
    lines = [
        f"{name:<18} {_risks(scores)}  quiet: {_risks(ModelRisks(quiet)) if quiet else 'none'}"
        for name, scores in evaluation.models.items()
        for quiet in (scores.parts["quiet"],)
    ]
    return Made(evaluation, lines, events, len(rejects), rejects.first())


def onset(*, table: Path, years: tuple[int, int], models: Sequence[str] | None, seed: int) -> Made:
    """The year in which a mass killing begins."""
    read, rejects = read_country_years(table)
    evaluation = evaluate_onset(read, first=years[0], last=years[1], models=models, seed=seed)
    lines = [
        f"{name:<18} {_risks(scores)}  within the 30 highest "
        f"{scores.extra['recall_30']} of {scores.extra['onsets']}"
        for name, scores in evaluation.models.items()
    ]
    return Made(evaluation, lines, table, len(rejects), rejects.first())


def _risks(scores: ModelRisks) -> str:
    pooled = scores.pooled
    shown = (
        "none" if figure is None else f"{figure:.3f}"
        for figure in (pooled.roc_auc, pooled.average_precision, pooled.brier)
    )
    return "auc {}  ap {}  brier {}".format(*shown)


TASKS = {
    "fatalities": Task(fatalities, ("history", "origins", "steps"), ("draws", "outcome")),
    "attacks": Task(attacks, ("events", "country", "train_to", "test")),
    "onset": Task(onset, ("table", "years")),
}
