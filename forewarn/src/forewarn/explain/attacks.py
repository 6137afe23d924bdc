"""Risks of attacks taken apart: logistic regressions, alone or as voices of an ensemble."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from forewarn.contracts.errors import UnknownModelError
from forewarn.contracts.explanations import Alternative, Driver, Drivers
from forewarn.contracts.months import Month
from forewarn.contracts.panels import Floats
from forewarn.contracts.regions import ATTACK_MONTHS, FittedAttackModel, RegionHistory
from forewarn.explain.additive import added_up, merged
from forewarn.explain.neighbours import Past
from forewarn.features.attack_echoes import NEIGHBOUR_COLUMNS, OWN_COLUMNS
from forewarn.models.attack_echoes import FittedEchoes, echo_features
from forewarn.models.attack_ensemble import FittedEnsemble
from forewarn.models.attack_histories import FittedHistory, FittedMonthly, as_panels
from forewarn.models.logit import Logit, log_odds, probability
from forewarn.models.region_occurrence import (
    COLUMNS,
    SPAN_CENTRES,
    own_rate,
    region_features,
    regions_seen,
)

OWN_RATE = "own_rate"
# Months that a feature looks at, and whose events; echoes are cut where a month counts less than a quarter.
_LOOKS_AT = {
    "attack_echo_3": (6, "one_sided"),
    "attack_echo_12": (24, "one_sided"),
    "attack_echo_60": (120, "one_sided"),
    "battle_echo_3": (6, "state_based"),
    "battle_echo_24": (48, "state_based"),
    "attack_months_1": (1, "one_sided"),
    "attack_months_3": (3, "one_sided"),
    "attack_months_6": (6, "one_sided"),
    "attack_months_12": (12, "one_sided"),
    "attack_months_36": (36, "one_sided"),
    "attack_deaths_12": (12, "one_sided"),
    "battle_deaths_1": (1, "state_based"),
    "battle_deaths_6": (6, "state_based"),
    "battle_deaths_12": (12, "state_based"),
    "one-sided-12": (12, "one_sided"),
    "battle-6": (6, "state_based"),
}
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_ALTERNATIVES = 3


@dataclass(frozen=True)
class Voice:
    """Regressions on the same features, joined into one probability of an attack within three months.

    Attributes:
        names: of the features.
        features: shape (regions, months, columns).
        logits: one or several regressions.
        mix: shape (steps, regressions): the log odds of each step from those of the regressions. An attack
            within the three months is one in any of the steps, taken as independent.
        alone: shape (regions,): regions without part in the regressions have their log odds here, else NaN.
    """

    names: tuple[str, ...]
    features: Floats
    logits: tuple[Logit, ...]
    mix: Floats
    alone: Floats

    @property
    def now(self) -> Floats:
        """Features of the last month, shape (regions, columns)."""
        return self.features[:, -1]

    @property
    def reference(self) -> Floats:
        """What is usual among the situations learned from, shape (columns,)."""
        return self.logits[0].centre

    def said(self, features: Floats) -> Floats:
        """Log odds of an attack within the three months, from features of shape (rows, columns)."""
        if not self.logits:
            return np.zeros(len(features))
        each = np.stack([logit.log_odds(features) for logit in self.logits], axis=-1)
        return _any_of(each @ self.mix.T)

    def contributions(self, features: Floats) -> Floats:
        """What each feature adds to the log odds on the straight way from the reference; (rows, columns).

        The integral of the gradient along that way (Sundararajan et al. 2017, after Aumann and Shapley): of a
        single regression it is the coefficient times the standardised deviation, to the digit.
        """
        away = features - self.reference
        slopes = np.stack([logit.slope / logit.scale for logit in self.logits])
        total = np.zeros(features.shape)
        for node, weight in zip((_NODES + 1) / 2, _WEIGHTS / 2, strict=True):
            at = self.reference + node * away
            each = np.stack([logit.log_odds(at) for logit in self.logits], axis=-1)
            total += weight * (_gradient_of_any(each @ self.mix.T) @ self.mix) @ slopes
        return total * away


def _any_of(odds: Floats) -> Floats:
    """Log odds that something happens in any of the steps; shape (rows, steps) to (rows,)."""
    none = -np.logaddexp(0, odds).sum(axis=-1)
    return np.asarray(np.log(-np.expm1(none)) - none)


def _gradient_of_any(odds: Floats) -> Floats:
    none = -np.logaddexp(0, odds).sum(axis=-1, keepdims=True)
    return np.asarray(probability(odds) / -np.expm1(none))


def voices_of(fitted: FittedAttackModel, history: RegionHistory) -> tuple[Voice, ...]:
    """The voices of a fitted model; an ensemble has several, each counting alike.

    Raises:
        UnknownModelError: nobody has said how this model works.
    """
    if isinstance(fitted, FittedEnsemble):
        return tuple(voice for each in fitted.voices for voice in voices_of(each, history))
    for kind, explain in _VOICES.items():
        if isinstance(fitted, kind):
            return (explain(fitted, history),)
    raise UnknownModelError(f"forecasts by {type(fitted).__name__} cannot be taken apart")


def attack_drivers(fitted: FittedAttackModel, history: RegionHistory) -> list[Drivers]:
    """For each region what moves the log odds of an attack within three months away from the usual.

    The usual is the mean situation that the model learned from, in all of the country's regions. What a voice
    of an ensemble adds counts for its share.
    """
    voices = voices_of(fitted, history)
    outputs = log_odds(fitted.risk(history))
    parts = [_parts(voice, history) for voice in voices]
    bases = np.mean([base for base, _ in parts], axis=0)
    found = []
    for region in range(len(history.units)):
        drivers = merged([_shared(driver, len(voices)) for _, rows in parts for driver in rows[region]])
        found.append(added_up("log_odds", float(bases[region]), float(outputs[region]), drivers))
    return found


def attack_alternatives(
    fitted: FittedAttackModel, history: RegionHistory, drivers: Sequence[Drivers]
) -> list[tuple[Alternative, ...]]:
    """For each region its risk if one feature were at the region's own mean; of its top drivers.

    One is changed at a time; ``drivers`` are those of ``attack_drivers``.
    """
    voices = voices_of(fitted, history)
    said = log_odds(fitted.risk(history)).tolist()
    return [
        tuple(islice(_alternatives(voices, history, region, each, said[region]), _ALTERNATIVES))
        for region, each in enumerate(drivers)
    ]


def _alternatives(
    voices: Sequence[Voice], history: RegionHistory, region: int, drivers: Drivers, odds: float
) -> Iterator[Alternative]:
    for driver in drivers.drivers:
        found = [_moved(voice, history, region, driver.name) for voice in voices]
        moved = [each for each in found if each is not None]
        if moved:
            value, usual = moved[0][0]
            change = sum(each[1] for each in moved) / len(voices)
            yield Alternative(driver.name, value, usual, float(probability(np.array(odds + change))))


def attack_past(history: RegionHistory) -> Past:
    """Regions as similar situations are looked for: their own echoes of attacks and battles."""
    return Past(
        history.units,
        history.start,
        history.one_sided,
        echo_features(history, with_neighbours=True),
        history.known,
    )


def _moved(
    voice: Voice, history: RegionHistory, region: int, name: str
) -> tuple[tuple[float, float], float] | None:
    """What a feature is and usually is in the region, and how the voice's log odds change with the usual."""
    if name not in voice.names or not np.isnan(voice.alone[region]):
        return None
    column = voice.names.index(name)
    known = history.known[region]
    usual = float(voice.features[region, known, column].mean())
    other = voice.now[[region]].copy()
    other[0, column] = usual
    change = float(voice.said(other)[0] - voice.said(voice.now[[region]])[0])
    return (float(voice.now[region, column]), usual), change


def _parts(voice: Voice, history: RegionHistory) -> tuple[Floats, list[list[Driver]]]:
    """A voice's base and drivers, region by region; one without part in the regressions has one driver."""
    regions = len(history.units)
    apart = ~np.isnan(voice.alone)
    if not voice.logits:
        country = float(np.mean(voice.alone))
        return np.full(regions, country), [
            [Driver(OWN_RATE, float(own - country))] for own in voice.alone.tolist()
        ]
    base = float(voice.said(voice.reference[None])[0])
    moved = voice.contributions(voice.now)
    rows = [
        [Driver(OWN_RATE, float(voice.alone[region]) - base)]
        if apart[region]
        else [
            _driver(name, moved[region, column], voice, (region, column), history.end)
            for column, name in enumerate(voice.names)
        ]
        for region in range(regions)
    ]
    return np.full(regions, base), rows


def _driver(name: str, moved: float, voice: Voice, at: tuple[int, int], end: Month) -> Driver:
    region, column = at
    months, counts = _LOOKS_AT.get(name, (0, None))
    span = (Month(end - months + 1), end) if months else None
    value, usual = float(voice.now[region, column]), float(voice.reference[column])
    return Driver(name, float(moved), value, usual, span, counts)


def _shared(driver: Driver, voices: int) -> Driver:
    return Driver(
        driver.name, driver.contribution / voices, driver.value, driver.usual, driver.months, driver.counts
    )


def _of_echoes(fitted: FittedEchoes, history: RegionHistory) -> Voice:
    names = (*OWN_COLUMNS, *NEIGHBOUR_COLUMNS) if fitted.with_neighbours else OWN_COLUMNS
    features = echo_features(history, with_neighbours=fitted.with_neighbours)
    return Voice(names, features, (fitted.logit,), np.ones((1, 1)), np.full(len(features), np.nan))


def _of_plain(fitted: FittedHistory, history: RegionHistory) -> Voice:
    figure = fitted.model.figure(history)[..., None]
    return Voice((fitted.model.name,), figure, (fitted.curve,), np.ones((1, 1)), np.full(len(figure), np.nan))


def _of_monthly(fitted: FittedMonthly, history: RegionHistory) -> Voice:
    one_sided, battle = as_panels(history)
    steps = tuple(range(1, ATTACK_MONTHS + 1))
    seen = regions_seen(one_sided, battle)
    features = np.zeros((*history.one_sided.shape, len(COLUMNS)))
    features[seen] = region_features(one_sided.values[seen], battle.values[seen])
    logits = [logit for logit in fitted.monthly.logits if logit is not None]
    whole = len(logits) == len(SPAN_CENTRES) and len(seen) > 0
    alone = _any_of(np.repeat(log_odds(own_rate(one_sided.values))[:, None], len(steps), axis=1))
    if whole:
        alone[seen] = np.nan
    return Voice(COLUMNS, features, tuple(logits) if whole else (), _interpolation(steps), alone)


def _interpolation(steps: Sequence[int]) -> Floats:
    return np.stack([np.interp(steps, SPAN_CENTRES, row) for row in np.eye(len(SPAN_CENTRES))], axis=1)


_VOICES: dict[type, Callable[..., Voice]] = {
    FittedEchoes: _of_echoes,
    FittedHistory: _of_plain,
    FittedMonthly: _of_monthly,
}
