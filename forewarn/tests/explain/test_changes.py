"""What changed since the last forecast, on vintages made for the purpose."""

from dataclasses import replace

import numpy as np
import pytest
from forewarn.contracts.months import Month
from forewarn.pipelines import attack_changes, country_changes, explain_countries

STEPS = (1, 2, 3)


@pytest.fixture
def old(world):
    return world.until(Month(world.end - 1))


def changes(before, now):
    return country_changes(before=before, now=now, origins=(before.end, now.end), steps=STEPS)


def parts(change):
    return change.revised_data, change.new_data, change.model


def test_the_parts_add_up_and_begin_and_end_with_the_forecasts(world, old):
    revised = replace(world, values=world.values + (world.values > 0) * 3)
    found = changes(old, revised)
    ends = [
        {each.unit: each.output for each in explain_countries(panel, origin=panel.end, steps=STEPS)}
        for panel in (old, revised)
    ]
    for unit, change in found.items():
        assert change.before + sum(parts(change)) == pytest.approx(change.after, abs=1e-9)
        assert (change.before, change.after) == pytest.approx((ends[0][unit], ends[1][unit]))


def test_nothing_new_changes_nothing(old):
    for change in changes(old, old).values():
        assert parts(change) == (0, 0, 0)


def test_a_correction_alone_is_revised_data(old):
    values = old.values.copy()
    values[5, -2] += 400
    change = country_changes(
        before=old, now=replace(old, values=values), origins=(old.end, old.end), steps=STEPS
    )[old.units[5]]
    assert change.revised_data > 10
    assert change.new_data == 0


def test_a_bloody_month_is_new_data(world, old):
    values = world.values.copy()
    values[5, -1] = 5_000
    change = changes(old, replace(world, values=values))[world.units[5]]
    assert change.revised_data == 0
    assert change.new_data > 100


def test_where_the_figures_stay_what_others_taught_is_the_model(make_panel):
    calm = make_panel(20, 200)
    fresh = np.concatenate([calm.values, np.zeros((20, 1))], axis=1)
    now = replace(calm, values=fresh)
    change = changes(calm, now)[calm.units[0]]
    assert change.revised_data == 0
    assert change.before + sum(parts(change)) == pytest.approx(change.after, abs=1e-12)


def test_plain_histories_learn_nothing_so_the_model_changes_nothing(world, old):
    found = country_changes(
        before=old, now=world, origins=(old.end, world.end), steps=STEPS, model="own-history-12"
    )
    assert {change.model for change in found.values()} == {0}


def test_risks_of_attack_change_in_parts_that_add_up(regions):
    before = regions.until(Month(regions.end - 1))
    revised = replace(regions, one_sided=np.where(regions.battle > 15, 2.0, regions.one_sided))
    found = attack_changes(before=before, now=revised, origins=(before.end, regions.end))
    assert set(found) == set(regions.units)
    for change in found.values():
        assert change.before + sum(parts(change)) == pytest.approx(change.after, abs=1e-12)
