"""Evaluations by rolling origin on a panel in memory."""

from collections.abc import Sequence

import numpy as np

from forewarn.contracts.months import Month, format_month
from forewarn.contracts.panels import Panel
from forewarn.contracts.scores import Evaluation, SkillSummary
from forewarn.evaluate.rolling import (
    before,
    outcomes,
    rolling_draws,
    rolling_draws_refitted_yearly,
    score_arrays,
)
from forewarn.evaluate.summary import count_record, differences, model_scores, skill
from forewarn.models.registry import BENCHMARKS, DEFAULT_MODEL, make_model, model_names
from forewarn.pipelines.checks import checked_origins, checked_steps


def evaluate_fatalities(
    panel: Panel,
    *,
    origins: Sequence[Month],
    steps: Sequence[int],
    models: Sequence[str] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Score models on the months that followed each origin, each fitted on the months up to it alone.

    Args:
        panel: deaths by unit and month; it must reach ``max(origins) + max(steps)``.
        origins: last months used.
        steps: months ahead, 1 to 36.
        models: registered names; every model, the default first, where None.
        draws: how many for each unit and step.
        seed: of the random numbers, the bootstrap's too.

    Raises:
        NotEnoughHistoryError: an origin or its last step lies outside the panel, or a model needs more
            months before it.
        UnknownModelError: no model has one of the names.
        UnusableInputError: no origin, or a step out of range.
    """
    names = tuple(dict.fromkeys(models)) if models else model_names()
    made = {name: make_model(name) for name in names}
    when, ascending = checked_origins(origins), checked_steps(steps)
    observed = outcomes(panel, when, ascending)
    so_far = before(panel, when)
    arrays = {
        name: score_arrays(
            observed, rolling_draws(model, panel, when, steps=ascending, draws=draws, seed=seed), so_far
        )
        for name, model in made.items()
    }
    return Evaluation(
        task="fatalities",
        outcome=panel.outcome,
        origins=tuple(format_month(origin) for origin in when),
        steps=ascending,
        draws=draws,
        seed=seed,
        models={name: model_scores(each, observed, when) for name, each in arrays.items()},
        differences=differences(arrays, BENCHMARKS, seed=seed),
        n=int((~np.isnan(observed)).sum()),
        record=count_record(arrays, panel, when, ascending, BENCHMARKS, seed=seed),
    )


def skill_summary(
    panel: Panel,
    *,
    model: str = DEFAULT_MODEL,
    benchmark: str = "own-history-12",
    origins: Sequence[Month],
    steps: Sequence[int],
    draws: int = 500,
    seed: int = 0,
) -> SkillSummary:
    """How a model did against a benchmark in past years, quickly.

    What a model learns is learned once for the origins of a calendar year, at the first of them; the history
    a forecast starts from always ends at its own origin. Arguments and errors as ``evaluate_fatalities``.
    """
    when, ascending = checked_origins(origins), checked_steps(steps)
    observed = outcomes(panel, when, ascending)
    so_far = before(panel, when)
    model_arrays, benchmark_arrays = (
        score_arrays(
            observed,
            rolling_draws_refitted_yearly(
                make_model(name), panel, when, steps=ascending, draws=draws, seed=seed
            ),
            so_far,
        )
        for name in (model, benchmark)
    )
    return skill((model_arrays, benchmark_arrays), (model, benchmark), when, ascending, seed=seed)
