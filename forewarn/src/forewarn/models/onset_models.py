"""Models of the onset of mass killing, on a country's structure and its recent past."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

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

LIMITS = (_LEAST, 1 - _LEAST)


@dataclass(frozen=True)
class Line:
    """A fitted logistic regression on standardised predictors.

    Attributes:
        model: scikit-learn's.
        centre: means of the cases learned from.
        scale: their standard deviations.
    """

    model: Any
    centre: Floats
    scale: Floats

    @property
    def slope(self) -> Floats:
        """Coefficients of the standardised predictors."""
        return np.asarray(self.model.coef_[0])

    @property
    def intercept(self) -> float:
        """Log odds of a case at the means."""
        return float(self.model.intercept_[0])

    def risk(self, rows: Floats) -> Floats:
        """Probability of an onset within two years, shape (rows,)."""
        said = self.model.predict_proba((rows - self.centre) / self.scale)[:, 1]
        return np.asarray(np.clip(said, *LIMITS))


@dataclass(frozen=True)
class Forest:
    """A fitted forest, scikit-learn's."""

    model: Any

    def risk(self, rows: Floats) -> Floats:
        """Probability of an onset within two years, shape (rows,)."""
        return np.asarray(np.clip(self.model.predict_proba(rows)[:, 1], *LIMITS))


_Learner = Callable[[Floats, Floats], Line | Forest]


def _ridge(cases: Floats, happened: Floats) -> Line:
    from sklearn.linear_model import LogisticRegression  # slow to load, and countries don't need it

    return _line(LogisticRegression(C=_RIDGE, solver="newton-cholesky"), cases, happened)


def _line(model: Any, cases: Floats, happened: Floats) -> Line:
    centre, scale = cases.mean(axis=0), cases.std(axis=0)
    scale = np.where(scale > 0, scale, 1)
    return Line(model.fit((cases - centre) / scale, happened), centre, scale)


def _random_forest(cases: Floats, happened: Floats) -> Forest:
    from sklearn.ensemble import RandomForestClassifier  # as above

    forest = RandomForestClassifier(_TREES, min_samples_leaf=_LEAF, random_state=0)
    return Forest(forest.fit(cases, happened))


def _extra_trees(cases: Floats, happened: Floats) -> Forest:
    from sklearn.ensemble import ExtraTreesClassifier  # as above

    forest = ExtraTreesClassifier(_TREES, min_samples_leaf=_LEAF, random_state=0)
    return Forest(forest.fit(cases, happened))


def _elastic_net(cases: Floats, happened: Floats) -> Line:
    from sklearn.exceptions import ConvergenceWarning  # as above
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        C=_STRENGTH, l1_ratio=_MIXTURE, solver="saga", max_iter=300, tol=1e-3, random_state=0
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the last digit is worth no more rounds
        return _line(model, cases, happened)


@dataclass(frozen=True)
class FittedOnset:
    """Learners that have learned, one voice each.

    Attributes:
        learners: the voices.
        centre: means of the cases learned from.
        median: their medians, which stand in for figures never known of a country.
    """

    learners: tuple[Line | Forest, ...]
    centre: Floats
    median: Floats

    def one_year(self, rows: Floats) -> Floats:
        """Probability of an onset within one year, shape (rows,): mean log odds, brought down from two."""
        both = np.mean([log_odds(learner.risk(rows)) for learner in self.learners], axis=0)
        return one_year(probability(both))

    def newest_rows(self, known: CountryYears) -> Floats:
        """The last year's predictors, without blanks."""
        return _filled(known, self.median)


def one_year(both: Floats) -> Floats:
    """From a probability for two years to one, as if one year had no bearing on the other."""
    return np.asarray(np.round(1 - (1 - both) ** (1 / YEARS_AHEAD), _DECIMALS))


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


class LearnedOnset:
    """Learners on the same cases."""

    name: ClassVar[str]
    learners: ClassVar[tuple[_Learner, ...]]

    def fit(self, known: CountryYears) -> FittedOnset:
        """Learn from the rows whose next two years had passed."""
        usable = known.complete & ~np.isnan(known.onset_ahead)
        cases, happened = known.predictors[usable], known.onset_ahead[usable]
        if happened.sum() < _FEWEST_ONSETS:
            raise NotEnoughHistoryError(
                f"{self.name} needs {_FEWEST_ONSETS} country-years before an onset to learn from, "
                f"there are {int(happened.sum())} up to {int(known.year.max()) - YEARS_AHEAD}"
            )
        fitted = tuple(learn(cases, happened) for learn in self.learners)
        return FittedOnset(fitted, cases.mean(axis=0), np.median(cases, axis=0))

    def risk(self, known: CountryYears) -> Floats:
        fitted = self.fit(known)
        return fitted.one_year(fitted.newest_rows(known))


@onset_models.enter
class OnsetEnsemble(LearnedOnset):
    """A straight line and two forests, one voice each.

    A strongly penalised logistic regression on all predictors, a random forest and extremely randomised
    trees, their log odds averaged. No weight was fitted: with so few onsets weights would be noise.
    """

    name: ClassVar[str] = "onset-ensemble"
    learners: ClassVar[tuple[_Learner, ...]] = (_ridge, _random_forest, _extra_trees)


@onset_models.enter
class ElasticNet(LearnedOnset):
    """The published model's method: logistic regression with half lasso, half ridge."""

    name: ClassVar[str] = "elastic-net"
    learners: ClassVar[tuple[_Learner, ...]] = (_elastic_net,)


@onset_models.enter
class OnsetRidge(LearnedOnset):
    """The ensemble's straight line alone."""

    name: ClassVar[str] = "onset-ridge"
    learners: ClassVar[tuple[_Learner, ...]] = (_ridge,)


@onset_models.enter
class OnsetForest(LearnedOnset):
    """The ensemble's random forest alone."""

    name: ClassVar[str] = "onset-forest"
    learners: ClassVar[tuple[_Learner, ...]] = (_random_forest,)
