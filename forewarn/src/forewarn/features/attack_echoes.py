"""How loudly past violence still sounds in a region: each event fades by halves, some sooner, some later."""

import numpy as np

from forewarn.contracts.panels import Floats
from forewarn.contracts.regions import RegionHistory
from forewarn.features.trailing import decayed

ATTACK_HALF_LIVES = (3, 12, 60)
BATTLE_HALF_LIVES = (3, 24)
OWN_COLUMNS = (
    *(f"attack_echo_{half_life}" for half_life in ATTACK_HALF_LIVES),
    *(f"battle_echo_{half_life}" for half_life in BATTLE_HALF_LIVES),
)
NEIGHBOUR_COLUMNS = ("near_attack_echo", "near_battle_echo", "other_attack_echo")
_NEIGHBOURS = 4
_NEIGHBOUR_HALF_LIFE = 6


def own_echoes(history: RegionHistory) -> Floats:
    """Square roots of the region's faded months with attacks and with battles; (regions, months, columns).

    Of each month it counts whether there was an attack or a battle death, not how many died: counts are the
    least certain of what a release says. The root makes the first event matter more than the tenth.
    """
    battles = (history.battle > 0).astype(float)
    faded = [
        *(decayed(history.attacked, half_life) for half_life in ATTACK_HALF_LIVES),
        *(decayed(battles, half_life) for half_life in BATTLE_HALF_LIVES),
    ]
    return np.asarray(np.sqrt(np.stack(faded, axis=-1)))


def neighbours_echoes(history: RegionHistory) -> Floats:
    """The same of the nearest regions and of all others; shape (regions, months, 3)."""
    attacks = decayed(history.attacked, _NEIGHBOUR_HALF_LIFE)
    battles = decayed((history.battle > 0).astype(float), _NEIGHBOUR_HALF_LIFE)
    near = nearest(history)
    others = (attacks.sum(axis=0, keepdims=True) - attacks) / max(len(attacks) - 1, 1)
    return np.asarray(np.sqrt(np.stack([near @ attacks, near @ battles, others], axis=-1)))


def nearest(history: RegionHistory) -> Floats:
    """Which regions are a region's neighbours: rows that sum to 1 over the four nearest, or to 0.

    A region lies where its events so far lay, on average. Regions without any have no neighbours and are
    nobody's.
    """
    latitude, longitude, number = history.places.sum(axis=1).T
    placed = number > 0
    count = np.where(placed, number, 1)
    latitude, longitude = latitude / count, longitude / count
    across = (longitude[:, None] - longitude) * np.cos(np.radians((latitude[:, None] + latitude) / 2))
    distance = np.hypot(latitude[:, None] - latitude, across)
    distance[:, ~placed] = np.inf
    np.fill_diagonal(distance, np.inf)
    order = np.argsort(np.round(distance, 6), axis=1, kind="stable")[:, :_NEIGHBOURS]
    beside = np.zeros(distance.shape)
    np.put_along_axis(beside, order, 1.0, axis=1)
    beside[~np.isfinite(distance)] = 0
    beside[~placed] = 0
    return np.asarray(beside / np.maximum(beside.sum(axis=1, keepdims=True), 1))
