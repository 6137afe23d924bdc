"""Past situations like the present: near ones first, nothing that had not yet been followed."""

from dataclasses import replace

import numpy as np
from forewarn.contracts.months import Month
from forewarn.explain.counts import count_past
from forewarn.explain.neighbours import nearest_situations


def test_the_same_war_elsewhere_is_the_nearest(make_panel):
    panel = make_panel(10, 200)
    values = panel.values.copy()
    values[1] = 0
    values[2, :70] = 0
    values[1, -30:] = values[2, 70:100] = np.arange(30) * 7
    panel = replace(panel, values=values)
    first = nearest_situations(count_past(panel), months_ahead=3)[1][0]
    assert (first.unit, first.month) == (panel.units[2], panel.start + 99)
    assert first.distance < 0.2
    assert first.followed == tuple(panel.values[2, 100:103])
    assert first.before == tuple(panel.values[2, 88:100])


def test_the_nearest_come_first_and_a_year_apart(world):
    for unit, found in zip(world.units, nearest_situations(count_past(world), months_ahead=3), strict=True):
        assert [each.distance for each in found] == sorted(each.distance for each in found)
        places = [(each.unit, each.month) for each in found] + [(unit, world.end)]
        for place, (where, when) in enumerate(places):
            assert all(where != other or abs(when - then) >= 12 for other, then in places[place + 1 :])


def test_only_what_had_been_followed_by_the_origin_is_compared(world):
    for found in nearest_situations(count_past(world), months_ahead=6):
        assert all(each.month <= world.end - 6 for each in found)


def test_the_future_makes_no_situation_nearer(world):
    origin = Month(world.end - 40)
    other = world.values.copy()
    other[:, origin - world.start + 1 :] = 99_999
    changed = replace(world, values=other).until(origin)
    assert nearest_situations(count_past(world.until(origin)), months_ahead=3) == nearest_situations(
        count_past(changed), months_ahead=3
    )


def test_months_nobody_observed_follow_nothing(world):
    values = world.values.copy()
    values[:, 100:110] = np.nan
    for found in nearest_situations(count_past(replace(world, values=values)), months_ahead=3):
        assert not any(97 <= each.month - world.start <= 108 for each in found)


def test_a_short_history_has_no_past(make_panel):
    panel = make_panel(3, 25)
    assert nearest_situations(count_past(panel), months_ahead=3) == [[], [], []]
