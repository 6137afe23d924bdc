"""Models of the onset of mass killing, on a country's structure and its recent past."""

import warnings
from collections.abc import Callable
from typing import ClassVar

import numpy as np

from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.onsets import YEARS_AHEAD, CountryYears
from forewarn.contracts.panels import Floats
from forewarn.models.logit import log_odds, probability
from forewarn.models.registry import onset_models

_FEWEST_ONSETS = 5
_RIDGE = 0.003  # scikit-learn's C: the smaller, the stronger the penalty
_TREES = 200
_LEAF = 20  # no forest speaks of fewer country-years than this at once
_DECIMALS = 9
_LEAST = 1e-4  # nothing is certain
# The published model's mixture of penalties, and the strength that ten-fold cross-validation within the years
# learned from chose at 13 of the 17 origins from 1990 to 2006, of 0.01, 0.02, 0.04, 0.08, 0.16 and 0.32.
_MIXTURE, _STRENGTH = 0.5, 0.08

_Learner = Callable[[Floats, Floats, Floats], Floats]


def _standardised(cases: Floats, now: Floats) -> tuple[Floats, Floats]:
    centre, scale = cases.mean(axis=0), cases.std(axis=0)
    scale = np.where(scale > 0, scale, 1)
    return (cases - centre) / scale, (now - centre) / scale


def _ridge(cases: Floats, happened: Floats, now: Floats) -> Floats:
    from sklearn.linear_model import LogisticRegression  # slow to load, and countries don't need it

    cases, now = _standardised(cases, now)
    fitted = LogisticRegression(C=_RIDGE, solver="newton-cholesky").fit(cases, happened)
    return np.asarray(fitted.predict_proba(now)[:, 1])


def _random_forest(cases: Floats, happened: Floats, now: Floats) -> Floats:
    from sklearn.ensemble import RandomForestClassifier  # as above

    forest = RandomForestClassifier(_TREES, min_samples_leaf=_LEAF, random_state=0)
    return np.asarray(forest.fit(cases, happened).predict_proba(now)[:, 1])


def _extra_trees(cases: Floats, happened: Floats, now: Floats) -> Floats:
    from sklearn.ensemble import ExtraTreesClassifier  # as above

    forest = ExtraTreesClassifier(_TREES, min_samples_leaf=_LEAF, random_state=0)
    return np.asarray(forest.fit(cases, happened).predict_proba(now)[:, 1])


def _elastic_net(cases: Floats, happened: Floats, now: Floats) -> Floats:
    from sklearn.exceptions import ConvergenceWarning  # as above
    from sklearn.linear_model import LogisticRegression

    cases, now = _standardised(cases, now)
    model = LogisticRegression(
        C=_STRENGTH, l1_ratio=_MIXTURE, solver="saga", max_iter=300, tol=1e-3, random_state=0
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the last digit is worth no more rounds
        fitted = model.fit(cases, happened)
    return np.asarray(fitted.predict_proba(now)[:, 1])


def _within_two_years(known: CountryYears, name: str, learners: tuple[_Learner, ...]) -> Floats:
    """Mean log odds of the learners, as a probability for both years together."""
    usable = known.complete & ~np.isnan(known.onset_ahead)
    cases, happened = known.predictors[usable], known.onset_ahead[usable]
    if happened.sum() < _FEWEST_ONSETS:
        raise NotEnoughHistoryError(
            f"{name} needs {_FEWEST_ONSETS} country-years before an onset to learn from, "
            f"there are {int(happened.sum())} up to {int(known.year.max()) - YEARS_AHEAD}"
        )
    now = _filled(known, np.median(cases, axis=0))
    said = [np.clip(learn(cases, happened, now), _LEAST, 1 - _LEAST) for learn in learners]
    return probability(np.mean([log_odds(each) for each in said], axis=0))


def _filled(known: CountryYears, otherwise: Floats) -> Floats:
    """The last year's rows; a blank takes the country's last value, or else ``otherwise``.

    Rows with blanks teach nothing, but a country is not left without a forecast for one missing figure.
    """
    newest = known.year == known.year.max()
    country = np.array(known.country, dtype=object)
    now: Floats = known.predictors[newest].copy()
    for row in np.flatnonzero(np.isnan(now).any(axis=1)):
        own = known.predictors[country == country[newest][row]]
        for column in np.flatnonzero(np.isnan(now[row])):
            said = own[~np.isnan(own[:, column]), column]
            now[row, column] = said[-1] if len(said) else otherwise[column]
    return now


class _OnsetModel:
    name: ClassVar[str]
    learners: ClassVar[tuple[_Learner, ...]]

    def risk(self, known: CountryYears) -> Floats:
        both = _within_two_years(known, self.name, self.learners)
        # As if one year had no bearing on the next: an onset in one of them is what is asked for.
        return np.asarray(np.round(1 - (1 - both) ** (1 / YEARS_AHEAD), _DECIMALS))


@onset_models.enter
class OnsetEnsemble(_OnsetModel):
    """A straight line and two forests, one voice each.

    A strongly penalised logistic regression on all predictors, a random forest and extremely randomised
    trees, their log odds averaged. No weight was fitted: with so few onsets weights would be noise.
    """

    name: ClassVar[str] = "onset-ensemble"
    learners: ClassVar[tuple[_Learner, ...]] = (_ridge, _random_forest, _extra_trees)


@onset_models.enter
class ElasticNet(_OnsetModel):
    """The published model's method: logistic regression with half lasso, half ridge."""

    name: ClassVar[str] = "elastic-net"
    learners: ClassVar[tuple[_Learner, ...]] = (_elastic_net,)


@onset_models.enter
class OnsetRidge(_OnsetModel):
    """The ensemble's straight line alone."""

    name: ClassVar[str] = "onset-ridge"
    learners: ClassVar[tuple[_Learner, ...]] = (_ridge,)


@onset_models.enter
class OnsetForest(_OnsetModel):
    """The ensemble's random forest alone."""

    name: ClassVar[str] = "onset-forest"
    learners: ClassVar[tuple[_Learner, ...]] = (_random_forest,)
