"""Explanations and cards of a run, as pages show them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rtopnet.network.public import RegionSummary, name_in
from rtopnet.warning.forecasts.models import ForecastExplanation, OutlookRun, StateForecast
from rtopnet.warning.forecasts.rules import (
    AlikeSituation,
    AlternativeLine,
    ChangeSplit,
    DrawnMonth,
    DriverLine,
    EventBehind,
    ForecastExplained,
    MissLine,
    ModelCard,
    Outcome,
    RegionExplained,
    Scale,
    SkillRatio,
    StateCard,
)

ATTACKS_ON_CIVILIANS = "any_one_sided"


def explanations(
    run: OutlookRun, iso3: str, names: Mapping[str, str]
) -> tuple[ForecastExplained | None, tuple[RegionExplained, ...]]:
    """Why a state's headline and its first-level regions' probabilities are what they are.

    ``names`` are the states' by code; the regions come in alphabetical order.
    """
    rows = ForecastExplanation.objects.filter(
        run=run, state__iso3=iso3, outcome__in=(Outcome.ALL, ATTACKS_ON_CIVILIANS)
    )
    told = list(rows.order_by("place"))
    whole = next((_explained(row.told, names) for row in told if row.outcome == Outcome.ALL), None)
    regions = (row for row in told if row.outcome == ATTACKS_ON_CIVILIANS)
    return whole, tuple(RegionExplained(row.place, _explained(row.told, {})) for row in regions)


def card_of_state(*, region: RegionSummary, iso3: str, task: str, language: str) -> StateCard | None:
    """The card of the model behind a state's forecasts in the newest run; None where there is none."""
    run = OutlookRun.objects.filter(region_id=region.id).order_by("-computed_at").first()
    if run is None:
        return None
    names = _names_of_states(run, language)
    told = next((card for card in run.cards if card["task"] == task and card["state"] in {"", iso3}), None)
    if told is None or iso3 not in names:
        return None
    return StateCard(iso3, names[iso3], _card(told, names), told["markdown"])


def card_tasks(run: OutlookRun, iso3: str) -> tuple[str, ...]:
    """What there are cards of, for a state's page."""
    return tuple(told["task"] for told in run.cards if told["state"] in {"", iso3})


def _names_of_states(run: OutlookRun, language: str) -> dict[str, str]:
    rows = StateForecast.objects.filter(run=run, outcome=Outcome.ALL)
    found = rows.values_list("state__iso3", "state__names")
    return {code: name_in(names, language) for code, names in found}


def _explained(told: Mapping[str, Any], names: Mapping[str, str]) -> ForecastExplained:
    drivers = told["drivers"]
    return ForecastExplained(
        model=told["model"],
        origin=_month(told["origin"]),
        scale=Scale(drivers["scale"]),
        base=drivers["base"],
        total=drivers["output"],
        output=told["output"],
        drivers=tuple(_driver(each) for each in drivers["drivers"]),
        months=tuple(
            DrawnMonth(_month(each["month"]), each["deaths"], each["weight"]) for each in told["months"]
        ),
        alike=tuple(_alike(each, names) for each in told["nearest"]),
        alternatives=tuple(AlternativeLine(each["name"], each["output"]) for each in told["alternatives"]),
        events=tuple(
            (name, tuple(_event(each) for each in events)) for name, events in told["events"].items()
        ),
        change=_change(told["change"]) if told["change"] else None,
    )


def _driver(told: Mapping[str, Any]) -> DriverLine:
    first, last = (_month(each) for each in told["months"]) if told["months"] else (None, None)
    return DriverLine(told["name"], told["contribution"], told["value"], told["usual"], first, last)


def _alike(told: Mapping[str, Any], names: Mapping[str, str]) -> AlikeSituation:
    before, followed = (sum(each or 0 for each in told[part]) for part in ("before", "followed"))
    where = names.get(told["unit"], told["unit"])
    return AlikeSituation(where, _month(told["month"]), told["distance"], before, followed)


def _event(told: Mapping[str, Any]) -> EventBehind:
    return EventBehind(
        told["event_id"],
        date.fromisoformat(told["date_start"]),
        date.fromisoformat(told["date_end"]),
        told["place"],
        told["best"],
        told["source"],
        told["version"],
        told["licence"],
    )


def _change(told: Mapping[str, Any]) -> ChangeSplit:
    return ChangeSplit(**{**told, "before_origin": _month(told["before_origin"])})


def _card(told: Mapping[str, Any], names: Mapping[str, str]) -> ModelCard:
    data = told["data"]
    return ModelCard(
        task=told["task"],
        model=told["model"],
        first_month=_month(data["first"]),
        last_month=_month(data["last"]),
        learned_to=_month(data["learned_to"]),
        places=data["units"],
        tested_from=_month(told["tested"][0]),
        tested_to=_month(told["tested"][1]),
        forecasts=told["n"],
        scores={name: score for name, score in told["scores"].items() if score is not None},
        overall=tuple(_ratio(each, each["kind"]) for each in told["overall"]),
        by_period=tuple(_ratio(each, each["part"]) for each in told["by_period"]),
        by_place=tuple(_ratio(each, _place(each["part"], names)) for each in told["by_unit"]),
        misses=tuple(_miss(each, names) for each in told["misses"]),
    )


def _ratio(told: Mapping[str, Any], part: str) -> SkillRatio:
    return SkillRatio(told["benchmark"], part, told["ratio"], told["low"], told["high"], told["n"])


def _miss(told: Mapping[str, Any], names: Mapping[str, str]) -> MissLine:
    return MissLine(
        where=_place(told["unit"], names),
        origin=_month(told["origin"]),
        month=_month(told["month"]) if told["month"] else None,
        said=told["said"],
        low=told["low"],
        high=told["high"],
        came=told["came"],
    )


def _place(unit: str, names: Mapping[str, str]) -> str:
    return names.get(unit, unit.split(":", 1)[-1])


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
