"""How well onsets of mass killing were foreseen, country by country, one and two years ahead."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.onsets import YEARS_AHEAD, CountryYears, OnsetModel
from forewarn.contracts.panels import Floats
from forewarn.contracts.record import DataSpan
from forewarn.contracts.risk_scores import ModelRisks, RiskEvaluation
from forewarn.evaluate.risks import Cases, risk_differences, risk_record, risk_scores, scores_by_year
from forewarn.models.registry import onset_models

Rows = npt.NDArray[np.intp]

_RECALLS = (10, 20, 30)
_UNRANKED = np.iinfo(np.intp).max


def evaluate_onset(
    table: CountryYears, *, first: int, last: int, models: Sequence[str] | None = None, seed: int = 0
) -> RiskEvaluation:
    """Score the risk that a mass killing begins in a country and year.

    Each year has two forecasts, made from the rows of the year before and of the one before that, each by a
    model that learned from what was known at the end of the row's year. A country counts by the higher risk
    and the better rank of its two forecasts; where it has one, by that.

    Args:
        table: country-years with predictors and outcomes.
        first: the first year scored.
        last: the last.
        models: registered names; every model, the default first, where None.
        seed: of the bootstrap.

    Raises:
        NotEnoughHistoryError: a year's onsets, or the rows before it, are not in the table, or there is too
            little to learn from.
        UnknownModelError: no model has one of the names.
    """
    names = tuple(dict.fromkeys(models)) if models else onset_models.names()
    made = {name: onset_models.make(name) for name in names}
    years = _checked_years(table, first, last)
    chosen = _scored_rows(table, years)
    countries, unit = np.unique(np.array(table.country)[chosen], return_inverse=True)
    cases = Cases(table.onset[chosen], table.year[chosen].astype(np.intp), unit)
    risks, ranks = {}, {}
    for name, model in made.items():
        risks[name], ranks[name] = _risks_and_ranks(table, chosen, onset_risks(model, table, years))
    return RiskEvaluation(
        task="onset",
        models={name: _scores(cases, risks[name], ranks[name]) for name in names},
        differences=risk_differences(cases, risks, onset_models.benchmarks, seed=seed),
        n=len(cases.happened),
        settings={"years": [first, last], "predictors": list(table.columns), "seed": seed},
        record=risk_record(
            cases,
            risks,
            onset_models.benchmarks,
            units=countries.tolist(),
            when=[str(year) for year in cases.year.tolist()],
            data=_data(table, last, len(countries)),
            parts={},
            seed=seed,
        ),
    )


def _data(table: CountryYears, last: int, countries: int) -> DataSpan:
    first, end = str(int(table.year.min())), str(int(table.year.max()))
    return DataSpan(first, end, str(last - 1 - YEARS_AHEAD), countries)


def onset_risks(model: OnsetModel, table: CountryYears, years: Sequence[int]) -> dict[int, dict[str, float]]:
    """The model's risks by the year of the rows they were made from, and country."""
    made = {}
    for year in range(min(years) - YEARS_AHEAD, max(years)):
        known = table.as_known_at_the_end_of(year)
        now = known.rows(known.year == year)
        made[year] = dict(zip(now.country, model.risk(known).tolist(), strict=True))
    return made


def _scored_rows(table: CountryYears, years: Sequence[int]) -> Rows:
    """Rows of the years whose onset is known and whose country had a row to forecast from."""
    rows = set(zip(table.country, table.year, strict=True))
    had = [
        any((country, year - ahead) in rows for ahead in range(1, YEARS_AHEAD + 1))
        for country, year in zip(table.country, table.year, strict=True)
    ]
    known = ~np.isnan(table.onset) & np.isin(table.year, years)
    return np.flatnonzero(known & np.array(had, dtype=bool))


def _risks_and_ranks(
    table: CountryYears, chosen: Rows, risks: dict[int, dict[str, float]]
) -> tuple[Floats, Rows]:
    ranks = {year: _ranked(said) for year, said in risks.items()}
    highest, best = [], []
    for row in chosen:
        country, year = table.country[row], int(table.year[row])
        before = [year - ahead for ahead in range(1, YEARS_AHEAD + 1)]
        highest.append(max(risks[each].get(country, 0.0) for each in before))
        best.append(min(ranks[each].get(country, _UNRANKED) for each in before))
    return np.array(highest), np.array(best)


def _ranked(said: dict[str, float]) -> dict[str, int]:
    """1 for the highest risk; of equal ones the first by name."""
    return {
        country: rank for rank, country in enumerate(sorted(said, key=lambda each: (-said[each], each)), 1)
    }


def _scores(cases: Cases, risk: Floats, rank: Rows) -> ModelRisks:
    onsets = cases.happened > 0
    recalls = {f"recall_{most}": int((rank[onsets] <= most).sum()) for most in _RECALLS}
    return ModelRisks(
        pooled=risk_scores(cases.happened, risk, rare=True),
        extra={**recalls, "onsets": int(onsets.sum())},
        by_year=scores_by_year(cases, risk, rare=True),
    )


def _checked_years(table: CountryYears, first: int, last: int) -> tuple[int, ...]:
    if last < first:
        raise NotEnoughHistoryError(f"--years {first}-{last}: the last year comes before the first")
    for year in range(first, last + 1):
        if not (~np.isnan(table.onset[table.year == year])).any():
            raise NotEnoughHistoryError(
                f"the table knows of no country whether a mass killing began in {year}"
            )
    for year in range(first - YEARS_AHEAD, last):
        if not (table.year == year).any():
            raise NotEnoughHistoryError(f"the table has no row of {year} to forecast from")
    return tuple(range(first, last + 1))
