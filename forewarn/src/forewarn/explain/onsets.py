"""Risks of onset taken apart: a straight line exactly, forests by SHAP, the mean of their log odds."""

from collections.abc import Sequence

import numpy as np

from forewarn.contracts.explanations import Alternative, Driver, Drivers, PastSituation
from forewarn.contracts.months import Month
from forewarn.contracts.onsets import CountryYears
from forewarn.contracts.panels import Floats
from forewarn.explain.additive import added_up, carried
from forewarn.explain.trees import forest_contributions
from forewarn.models.logit import log_odds, probability
from forewarn.models.onset_models import LIMITS, FittedOnset, Forest, Line, one_year

_ALTERNATIVES = 3
_SITUATIONS = 5


def onset_drivers(fitted: FittedOnset, rows: Floats, columns: Sequence[str]) -> list[Drivers]:
    """For each row what moves the log odds of an onset within a year away from the usual.

    The usual is what the model says of the mean of the cases it learned from. Each learner is taken apart on
    its own scale, carried to log odds, and counts for its share; the mean is carried from two years to one.
    """
    parts = [_parts(learner, rows) for learner in fitted.learners]
    base = float(np.mean([each[0] for each in parts]))
    moved = np.mean([each[1] for each in parts], axis=0)
    both = base + moved.sum(axis=1)
    said = log_odds(fitted.one_year(rows))
    start = float(log_odds(one_year(probability(np.array([base]))))[0])
    usual = fitted.centre
    found = []
    for row in range(len(rows)):
        steps = carried(moved[row], old=(base, float(both[row])), new=(start, float(said[row])))
        drivers = [
            Driver(name, float(step), float(rows[row, column]), float(usual[column]))
            for column, (name, step) in enumerate(zip(columns, steps, strict=True))
        ]
        found.append(added_up("log_odds", start, float(said[row]), drivers))
    return found


def onset_alternatives(
    fitted: FittedOnset, row: Floats, columns: Sequence[str], drivers: Drivers
) -> tuple[Alternative, ...]:
    """The risk if one predictor were at the mean of the cases learned from; for the top drivers."""
    found = []
    for driver in drivers.drivers:
        if driver.name in columns:
            other = row.copy()
            other[columns.index(driver.name)] = fitted.centre[columns.index(driver.name)]
            risk = float(fitted.one_year(other[None])[0])
            found.append(Alternative(driver.name, driver.value, driver.usual, risk))
    return tuple(found[:_ALTERNATIVES])


def nearest_country_years(known: CountryYears, row: Floats, *, country: str) -> list[PastSituation]:
    """Country-years most like a row, whose next two years had passed; other countries', each once.

    ``followed`` says whether a mass killing began in either of the two years.
    """
    usable = known.complete & ~np.isnan(known.onset_ahead)
    cases = known.rows(usable)
    scale = cases.predictors.std(axis=0)
    away = (cases.predictors - row) / np.where(scale > 0, scale, 1.0)
    distance = np.round(np.sqrt((away**2).mean(axis=1)), 6)
    found: dict[str, PastSituation] = {}
    for at in np.argsort(distance, kind="stable").tolist():
        where = cases.country[at]
        if where != country and where not in found:
            december = Month(12 * int(cases.year[at]) + 11)
            ahead = (float(cases.onset_ahead[at]),)
            found[where] = PastSituation(where, december, float(distance[at]), (), ahead)
            if len(found) == _SITUATIONS:
                break
    return list(found.values())


def _parts(learner: Line | Forest, rows: Floats) -> tuple[float, Floats]:
    """A learner's base and contributions in log odds of an onset within two years; (rows, columns)."""
    said = log_odds(learner.risk(rows))
    if isinstance(learner, Line):
        start, moved = learner.intercept, learner.slope * (rows - learner.centre) / learner.scale
        first = start
    else:
        start, moved = forest_contributions(learner.model, rows)
        first = float(log_odds(np.clip(start, *LIMITS)))
    steps = [
        carried(row, old=(start, start + float(row.sum())), new=(first, float(odds)))
        for row, odds in zip(moved, said, strict=True)
    ]
    return first, np.stack(steps)
