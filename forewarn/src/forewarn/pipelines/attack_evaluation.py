"""How well attacks on civilians were foreseen, region by region, three months ahead."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.months import Month, format_month
from forewarn.contracts.panels import Floats
from forewarn.contracts.record import DataSpan
from forewarn.contracts.regions import ATTACK_MONTHS, AttackModel, Bools, FittedAttackModel, RegionHistory
from forewarn.contracts.risk_scores import ModelRisks, RiskEvaluation
from forewarn.evaluate.risks import Cases, risk_differences, risk_record, risk_scores, scores_by_year
from forewarn.features.trailing import trailing_sum
from forewarn.models.registry import attack_models

_QUIET_MONTHS = 12


def evaluate_attacks(
    history: RegionHistory,
    *,
    train_to: Month,
    first: Month,
    last: Month,
    models: Sequence[str] | None = None,
    seed: int = 0,
    months_between_fits: int | None = None,
) -> RiskEvaluation:
    """Score the probability of any one-sided attack in a region within three months of each month.

    At each origin a model has the months up to it and nothing else. It first learns from the months up to
    ``train_to``; models that learn anew do so at the first origin and then every so many months.

    Args:
        history: regions by month; it must reach three months past ``last``.
        train_to: the last month the plain histories' curves are learned from.
        first: the first origin.
        last: the last origin.
        models: registered names; every model, the default first, where None.
        seed: of the bootstrap.
        months_between_fits: models that learn anew do so every so many months, instead of as often as they
            say; for a quick look.

    Raises:
        NotEnoughHistoryError: an origin or its three months lie outside the history, or there is too little
            to learn from.
        UnknownModelError: no model has one of the names.
    """
    names = tuple(dict.fromkeys(models)) if models else attack_models.names()
    made = {name: attack_models.make(name) for name in names}
    _check_span(history, train_to, first, last)
    origins = [Month(month) for month in range(first, last + 1)]
    columns = np.array(origins) - history.start
    known = history.known[:, columns].T
    cases, quiet = _cases(history, columns, known)
    when = np.broadcast_to([[format_month(origin)] for origin in origins], known.shape)[known].tolist()
    risks = {
        name: attack_risks(model, history, train_to, origins, months_between_fits)[known]
        for name, model in made.items()
    }
    scored = {name: _scores(cases, risk, quiet) for name, risk in risks.items()}
    benchmarks = attack_models.benchmarks
    calm = {name: risk[quiet] for name, risk in risks.items()}
    among_quiet = (
        risk_differences(cases.part(quiet), calm, benchmarks, seed=seed, prefix="quiet.")
        if quiet.any()
        else ()
    )
    return RiskEvaluation(
        task="attacks",
        models=scored,
        differences=(*risk_differences(cases, risks, benchmarks, seed=seed), *among_quiet),
        n=len(cases.happened),
        settings={
            "outcome": "any_one_sided",
            "months_ahead": ATTACK_MONTHS,
            "quiet_months": _QUIET_MONTHS,
            "regions": list(history.units),
            "train_to": format_month(train_to),
            "test": [format_month(first), format_month(last)],
            "seed": seed,
        },
        record=risk_record(
            cases,
            risks,
            benchmarks,
            units=history.units,
            when=when,
            data=_data(history, last),
            parts={"quiet": quiet},
            seed=seed,
        ),
    )


def _data(history: RegionHistory, last: Month) -> DataSpan:
    first, end = format_month(history.start), format_month(history.end)
    return DataSpan(first, end, format_month(last), len(history.units))


def attack_risks(
    model: AttackModel,
    history: RegionHistory,
    train_to: Month,
    origins: Sequence[Month],
    months_between_fits: int | None = None,
) -> Floats:
    """The model's risks at ascending origins, each from the months up to it; shape (origins, regions)."""
    fitted: FittedAttackModel = model.fit(history.until(train_to))
    between = model.months_between_fits and (months_between_fits or model.months_between_fits)
    risks = []
    for number, origin in enumerate(origins):
        so_far = history.until(origin)
        if between and number % between == 0:
            fitted = model.fit(so_far)
        risks.append(fitted.risk(so_far))
    return np.stack(risks)


def _scores(cases: Cases, risk: Floats, quiet: Bools) -> ModelRisks:
    calm = risk_scores(cases.happened[quiet], risk[quiet], rare=True) if quiet.any() else None
    return ModelRisks(
        pooled=risk_scores(cases.happened, risk),
        parts={"quiet": calm},
        by_year=scores_by_year(cases, risk),
    )


def _cases(history: RegionHistory, columns: npt.NDArray[np.intp], known: Bools) -> tuple[Cases, Bools]:
    """Cases by origin and then region, and which were quiet for twelve months."""
    attacked = history.attacked
    ahead = np.max([attacked[:, columns + step] for step in range(1, ATTACK_MONTHS + 1)], axis=0)
    quiet = trailing_sum(attacked, _QUIET_MONTHS)[:, columns] == 0
    year = np.broadcast_to((history.start + columns)[:, None] // 12, known.shape)
    unit = np.broadcast_to(np.arange(len(history.units)), known.shape)
    return Cases(ahead.T[known], year[known], unit[known]), quiet.T[known]


def _check_span(history: RegionHistory, train_to: Month, first: Month, last: Month) -> None:
    start, end = format_month(history.start), format_month(history.end)
    if not history.start < train_to <= history.end:
        raise NotEnoughHistoryError(
            f"--train-to {format_month(train_to)} lies outside the data, {start} to {end}"
        )
    if train_to >= first:
        raise NotEnoughHistoryError(
            f"the test begins {format_month(first)}, it must begin after {format_month(train_to)}, "
            "the last month learned from"
        )
    if last < first:
        raise NotEnoughHistoryError(f"the test ends {format_month(last)}, before it begins")
    if last + ATTACK_MONTHS > history.end:
        raise NotEnoughHistoryError(
            f"origin {format_month(last)} with {ATTACK_MONTHS} months ahead lies outside the data, "
            f"{start} to {end}"
        )
