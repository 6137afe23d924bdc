"""Explanations and cards as a run keeps them; invented."""

from datetime import date

from rtopnet.warning.forecasts.rules import ExplainedFigures


def driver(name, contribution, *, value=None, usual=None, months=None):
    return {
        "name": name,
        "contribution": contribution,
        "value": value,
        "usual": usual,
        "months": months,
        "counts": None,
    }


def told(*, unit="XAA", scale="deaths", base=20.0, drivers=None, output=None, change=True):
    """An explanation; without drivers, three months that raise and similar situations that lower."""
    parts = drivers or [
        driver("own_last_3", 30.5, value=25.0, usual=6.0, months=["2026-03", "2026-05"]),
        driver("similar_situations", -4.5, value=5.0, usual=6.0),
    ]
    total = base + sum(part["contribution"] for part in parts)
    before = {"before": 40.0, "revised_data": 1.5, "new_data": 5.0, "model": -0.5, "after": total}
    return {
        "unit": unit,
        "outcome": "all",
        "model": "analogues",
        "origin": "2026-05",
        "steps": [1, 2, 3],
        "output": total if output is None else output,
        "drivers": {"scale": scale, "base": base, "output": total, "drivers": parts},
        "months": [{"month": "2026-05", "deaths": 31.0, "weight": 0.12}],
        "nearest": [
            {
                "unit": "XAB",
                "month": "2019-02",
                "distance": 0.3,
                "before": [1.0, 2.0],
                "followed": [4.0, None],
            }
        ],
        "alternatives": [{"name": parts[0]["name"], "value": 25.0, "usual": 6.0, "output": base / 100}],
        "events": {
            parts[0]["name"]: [
                {
                    "event_id": "9001",
                    "date_start": "2026-05-02",
                    "date_end": "2026-05-03",
                    "place": "Landing",
                    "outcome": "one_sided",
                    "best": 3,
                    "source": "ucdp-ged",
                    "version": "26.1",
                    "licence": "CC0-1.0",
                }
            ]
        },
        "change": {**before, "before_origin": "2026-04"} if change else None,
    }


def region_told():
    parts = [driver("attack_echo_12", 0.7, value=1.0, usual=0.4), driver("near_battle_echo", -0.1)]
    return told(unit="Northern Shore", scale="log_odds", base=-2.0, drivers=parts, output=0.198, change=False)


def explained_figures(iso3):
    return [
        ExplainedFigures(iso3, "all", "", told(unit=iso3)),
        ExplainedFigures(iso3, "any_one_sided", "Northern Shore", region_told()),
    ]


def card_told(*, task="fatalities", state="", origin=date(2026, 5, 1)):
    """A card that won once and lost once."""

    def ratio(kind, part, value):
        return {
            "model": "analogues",
            "benchmark": "own-history-12",
            "score": "crps",
            "kind": kind,
            "part": part,
            "ratio": value,
            "low": value - 0.05,
            "high": value + 0.05,
            "n": 400,
        }

    return {
        "task": task,
        "model": "analogues",
        "data": {"first": "1989-01", "last": f"{origin:%Y-%m}", "learned_to": "2025-11", "units": 3},
        "file": "",
        "tested": ["2021-05", "2025-11"],
        "n": 1234,
        "scores": {"crps": 3.456, "coverage_90": 0.91, "n": 1234},
        "overall": [ratio("all", "", 0.8)],
        "by_period": [ratio("year", "2024", 0.9), ratio("year", "2025", 1.2)],
        "by_unit": [ratio("unit", "XAA", 1.3)],
        "misses": [
            {
                "model": "analogues",
                "unit": "XAA",
                "origin": "2024-05",
                "month": "2024-08",
                "said": 12.0,
                "low": 0.0,
                "high": 40.0,
                "came": 700.0,
                "score": 650.0,
            }
        ],
        "differences": [],
        "state": state,
        "markdown": "# Model card: analogues\n",
    }
