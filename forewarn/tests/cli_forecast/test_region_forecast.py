"""First-level regions, on the events of a real state as published."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from forewarn.cli.forecast import _by_country
from forewarn.contracts.months import Month, parse_month
from forewarn.contracts.panels import Panel
from forewarn.panel import region_month_panel
from forewarn.pipelines import evaluate_regions

EVENTS = Path(__file__).parents[4] / "shared" / "data" / "ucdp_ged231_myanmar_1989_2015.csv"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    from forewarn.cli.ingest import command

    folder = tmp_path_factory.mktemp("events")
    command.main(["ucdp-ged", str(EVENTS), "--store", str(folder)], standalone_mode=False)
    return folder


def test_every_region_has_its_probability_and_draws(forewarn, store, tmp_path):
    out = tmp_path / "regions.parquet"
    words = ["--unit", "region", "--origin", "2014-06", "--steps", "1,3,6", "--draws", "200", "--seed", "1"]
    status, _, errors = forewarn("forecast", "--store", store, *words, "--out", out)
    assert (status, errors) == (0, "")
    frame = pl.read_parquet(out)
    assert frame.columns == ["unit", "month", "step", "outcome", "draws", "probability"]
    assert frame.height == 15 * 3
    assert set(frame["outcome"]) == {"any_one_sided"}
    assert frame["unit"].str.starts_with("MMR:").all()
    shares = frame["draws"].list.mean()
    assert (shares - frame["probability"]).abs().max() <= 1 / 200
    assert frame["probability"].is_between(0, 1, closed="none").all()


def test_attacks_are_foreseen_better_than_by_a_regions_last_year(store):
    one_sided, battle = (
        region_month_panel(store, country="MMR", outcome=outcome) for outcome in ("one_sided", "state_based")
    )
    origins = [Month(month) for month in range(parse_month("2010-01"), parse_month("2015-09"), 4)]
    made = evaluate_regions(one_sided, battle, origins=origins, steps=(1, 2, 3), draws=200, seed=1)
    learned, plain = made.within["region-occurrence"], made.within["region-history-12"]
    assert learned.roc_auc > plain.roc_auc
    assert learned.average_precision > plain.average_precision
    assert learned.brier < plain.brier


def test_countries_are_learned_apart():
    values = [[1.0], [2.0], [3.0]]
    panel = Panel(("XAA:East", "XAA:West", "XAB:East"), parse_month("2000-01"), np.array(values), "one_sided")
    apart = _by_country(panel)
    assert [each.units for each in apart] == [("XAA:East", "XAA:West"), ("XAB:East",)]
    assert [each.values.ravel().tolist() for each in apart] == [[1, 2], [3]]
