"""The default model against statsforecast's best plain baseline: time, memory and CRPS on the same task.

Both forecast 191 countries x 36 months x 1,000 draws at the same origins from the same table, each in a
process of its own. The baseline is whichever of AutoETS (its own intervals) and CrostonSBA (conformal
intervals) has the better CRPS, and may use both cores; quantiles at every fifth per cent are turned into
draws, below zero is zero.
"""

import json
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from forewarn.contracts.months import Month, parse_month
from forewarn.contracts.panels import Floats, Panel
from forewarn.evaluate.counts import crps
from forewarn.ingest.country_month import read_country_month
from forewarn.panel import panel_from_table
from forewarn.pipelines import forecast_countries

TABLE = Path(__file__).parents[2] / "shared" / "data" / "country_month_state_based_1990_2020.csv"
ORIGINS = tuple(parse_month(text) for text in ("2016-10", "2017-10"))
STEPS = tuple(range(1, 37))
DRAWS = 1000
REPEATS = 3  # the quickest counts: whatever else the machine did is not the contender's
LEVELS = [*range(10, 100, 10), 95]


def learned(panel: Panel, origin: Month) -> Floats:
    return forecast_countries(panel, origin=origin, steps=STEPS, draws=DRAWS, seed=1).draws


def auto_ets(panel: Panel, origin: Month) -> Floats:
    from statsforecast.models import AutoETS

    return _statsforecast(panel.until(origin), AutoETS(season_length=1), "AutoETS")


def croston_sba(panel: Panel, origin: Month) -> Floats:
    from statsforecast.models import CrostonSBA
    from statsforecast.utils import ConformalIntervals

    model = CrostonSBA(prediction_intervals=ConformalIntervals(n_windows=5, h=len(STEPS)))
    return _statsforecast(panel.until(origin), model, "CrostonSBA")


def _statsforecast(history: Panel, model: object, name: str) -> Floats:
    import pandas as pd
    from statsforecast import StatsForecast

    units, months = history.values.shape
    frame = pd.DataFrame(
        {
            "unique_id": np.repeat(history.units, months),
            "ds": np.tile(np.arange(months), units),
            "y": history.values.ravel(),
        }
    )
    made = StatsForecast(models=[model], freq=1, n_jobs=2).forecast(df=frame, h=len(STEPS), level=LEVELS)
    columns = [f"{name}-lo-{level}" for level in reversed(LEVELS)]
    columns += [name] + [f"{name}-hi-{level}" for level in LEVELS]
    quantiles = np.maximum(np.nan_to_num(made[columns].to_numpy()), 0).reshape(units, len(STEPS), -1)
    return _draws(np.sort(quantiles, axis=-1))


def _draws(quantiles: Floats) -> Floats:
    lower = [(1 - level / 100) / 2 for level in reversed(LEVELS)]
    known = np.array([*lower, 0.5, *(1 - share for share in reversed(lower))])
    wanted = (np.arange(DRAWS) + 0.5) / DRAWS
    flat = quantiles.reshape(-1, len(known))
    return np.stack([np.interp(wanted, known, row) for row in flat]).reshape(*quantiles.shape[:2], DRAWS)


CONTENDERS: dict[str, Callable[[Panel, Month], Floats]] = {
    "analogues": learned,
    "AutoETS": auto_ets,
    "CrostonSBA": croston_sba,
}


def _timed(make: Callable[[Panel, Month], Floats], panel: Panel) -> tuple[float, list[Floats]]:
    started = time.perf_counter()
    draws = [make(panel, origin) for origin in ORIGINS]
    return time.perf_counter() - started, draws


def child(name: str) -> None:
    frame, _ = read_country_month(TABLE)
    panel = panel_from_table(frame, outcome="state_based")
    make = CONTENDERS[name]
    make(Panel(panel.units[:2], panel.start, panel.values[:2], panel.outcome), ORIGINS[0])  # loads libraries
    seconds, draws = min((_timed(make, panel) for _ in range(REPEATS)), key=lambda timed: timed[0])
    scores = [
        crps(panel.window(Month(origin + 1), Month(origin + 36)), each).mean()
        for origin, each in zip(ORIGINS, draws, strict=True)
    ]
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + children) / 1024
    print(json.dumps({"seconds": seconds, "crps": float(np.mean(scores)), "peak_mib": peak}))


def main() -> None:
    if find_spec("statsforecast") is None:
        sys.exit("bench forecast: needs statsforecast; install requirements/bench.txt")
    results = {}
    for name in CONTENDERS:
        ran = subprocess.run(
            [sys.executable, __file__, name], check=True, capture_output=True, text=True, timeout=900
        )
        made = results[name] = json.loads(ran.stdout.splitlines()[-1])
        print(
            f"{name:<12} {made['seconds']:7.2f} s  peak {made['peak_mib']:6.0f} MiB  CRPS {made['crps']:.3f}"
        )
    ours = results.pop("analogues")
    name, best = min(results.items(), key=lambda item: item[1]["crps"])
    print(f"the stronger baseline by CRPS is {name}")
    print(f"bench forecast {ours['seconds'] / best['seconds']:.3f} goal < 1.0")
    print(f"bench forecast-crps {ours['crps'] / best['crps']:.3f} goal < 1.0")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if len(sys.argv) > 1:
        child(sys.argv[1])
    else:
        main()
