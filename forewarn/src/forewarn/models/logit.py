"""Logistic regression on standardised features, plain or with slopes that may not be negative."""

from dataclasses import dataclass

import numpy as np

from forewarn.contracts.panels import Floats

_SMALL = 1e-6


@dataclass(frozen=True)
class Logit:
    """A fitted logistic regression on standardised features."""

    centre: Floats
    scale: Floats
    slope: Floats
    intercept: float

    def log_odds(self, features: Floats) -> Floats:
        """Shape (rows,) from features of shape (rows, columns)."""
        z = np.einsum("ij,j->i", (features - self.centre) / self.scale, self.slope)
        return np.asarray(z + self.intercept)


def rising_logit(features: Floats, happened: Floats, weight: Floats, *, ridge: float) -> Logit:
    """Fit with slopes of at least zero: more of a feature never lowers the risk.

    Minimises the weighted log loss plus half of ``ridge`` times the squared slopes, by L-BFGS-B (Byrd et al.
    1995).

    Args:
        features: shape (rows, columns).
        happened: 0 or 1, shape (rows,).
        weight: of each row.
        ridge: the penalty.
    """
    from scipy.optimize import minimize  # slow to load, and countries don't need it

    centre, scale = features.mean(axis=0), features.std(axis=0) + _SMALL
    z = (features - centre) / scale

    def loss(parameters: Floats) -> tuple[float, Floats]:
        intercept, slope = parameters[0], parameters[1:]
        odds = z @ slope + intercept
        wrong = weight * (1 / (1 + np.exp(-odds)) - happened)
        total = (weight * (np.logaddexp(0, odds) - happened * odds)).sum() + ridge * (slope**2).sum() / 2
        return float(total), np.concatenate([[wrong.sum()], z.T @ wrong + ridge * slope])

    columns = features.shape[1]
    fitted = minimize(
        loss,
        np.zeros(columns + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None)] + [(0, None)] * columns,
    ).x
    return Logit(centre, scale, fitted[1:], float(fitted[0]))


def probability(log_odds: Floats) -> Floats:
    """The probability that log odds stand for.

    >>> probability(np.array([0.0])).tolist()
    [0.5]
    """
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def log_odds(probability: Floats) -> Floats:
    """The inverse of ``probability``.

    >>> log_odds(np.array([0.5])).tolist()
    [0.0]
    """
    return np.asarray(np.log(probability) - np.log1p(-probability))
