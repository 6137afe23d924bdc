"""Why the outlook's forecasts say what they say, as plain values to be kept with a run."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from forewarn.contracts.errors import NotEnoughHistoryError
from forewarn.contracts.explanations import BehindEvent, Change, Drivers, Explanation
from forewarn.contracts.months import Month, format_month
from forewarn.ingest.countries import country_unit
from forewarn.pipelines import attack_changes, country_changes, explain_attacks, explain_countries
from forewarn.pipelines.explaining import Events

from rtopnet.warning.forecasts.forewarn_adapter.figures import (
    NEXT_MONTHS,
    Figures,
    attack_model_for,
    attacks_of,
    events_behind,
    is_recent,
    month_of,
    panel_of,
)
from rtopnet.warning.forecasts.rules import (
    EarlierRun,
    ExplainedFigures,
    NothingToForecastError,
    Outcome,
    Told,
)

ATTACKS = "any_one_sided"
EVENTS_BEHIND = 8
_STEPS = range(1, NEXT_MONTHS + 1)


def explained_states(figures: Figures, since: EarlierRun | None) -> list[ExplainedFigures]:
    """Each state's expected deaths in the next three months, for every outcome that is forecast."""
    find = _events_of_states(figures)
    found = []
    for outcome in Outcome:
        try:
            panel = panel_of(figures, outcome).until(figures.origin)
        except NothingToForecastError:
            continue  # a region may hold figures on all deaths without their types
        if is_recent(panel.end, figures):
            changes, before = _state_changes(figures, outcome, since)
            found += [
                ExplainedFigures(each.unit, outcome.value, "", _told(each, changes.get(each.unit), before))
                for each in explain_countries(panel, origin=panel.end, steps=_STEPS, events=find)
            ]
    return found


def explained_regions(figures: Figures, since: EarlierRun | None) -> list[ExplainedFigures]:
    """Each first-level region's risk of an attack on civilians within three months."""
    found = []
    for state in sorted(figures.states):
        history = attacks_of(figures, state)
        if history is None or not is_recent(history.end, figures):
            continue
        model, events = attack_model_for(history), events_behind(figures, state)
        try:
            told = explain_attacks(history, origin=history.end, model=model, events=events)
        except NotEnoughHistoryError:
            continue
        changes, before = _region_changes(figures, state, since)
        found += [
            ExplainedFigures(
                state, ATTACKS, each.unit.split(":", 1)[1], _told(each, changes.get(each.unit), before)
            )
            for each in told
        ]
    return found


def chances_of(regions: Iterable[ExplainedFigures]) -> dict[tuple[str, str], float]:
    """The probabilities that explanations of first-level regions are of, by state and name."""
    return {(each.iso3, each.place): round(float(str(each.told["output"])), 3) for each in regions}


def _events_of_states(figures: Figures) -> Events:
    def find(unit: str, drivers: Drivers) -> Mapping[str, tuple[BehindEvent, ...]]:
        return events_behind(figures, unit)(country_unit(figures.states[unit]), drivers)

    return find


def _state_changes(
    figures: Figures, outcome: Outcome, since: EarlierRun | None
) -> tuple[dict[str, Change], Month]:
    """Against the earlier run's data and month; without one, against what a month less would have said."""
    now = panel_of(figures, outcome).until(figures.origin)
    earlier, as_of = _before(now.end, since)
    try:
        before = panel_of(figures, outcome, as_of=as_of)
        made = country_changes(before=before, now=now, origins=(earlier, now.end), steps=_STEPS)
    except (NothingToForecastError, NotEnoughHistoryError):
        made = {}
    return made, earlier


def _region_changes(
    figures: Figures, state: str, since: EarlierRun | None
) -> tuple[dict[str, Change], Month]:
    now = attacks_of(figures, state)
    if now is None:
        return {}, figures.origin
    earlier, as_of = _before(now.end, since)
    try:
        before = attacks_of(figures, state, as_of=as_of)
        if before is None or before.end < earlier:
            return {}, earlier
        model = attack_model_for(before.until(earlier))
        made = attack_changes(before=before, now=now, origins=(earlier, now.end), model=model)
    except NotEnoughHistoryError:
        made = {}
    return made, earlier


def _before(end: Month, since: EarlierRun | None) -> tuple[Month, str | None]:
    """The earlier month and the vintage to look at; figures that did not grow since have a month less."""
    if since is None:
        return Month(end - 1), None
    return Month(min(month_of(since.origin), end)), since.data_as_of


def _told(explanation: Explanation, change: Change | None, before: Month) -> Told:
    shown = replace(
        explanation,
        unit=explanation.unit.split(":", 1)[-1],
        events={name: events[:EVENTS_BEHIND] for name, events in explanation.events.items()},
        nearest=tuple(replace(each, unit=each.unit.split(":", 1)[-1]) for each in explanation.nearest),
    )
    split = {**change.to_json(), "before_origin": format_month(before)} if change else None
    return {**shown.to_json(), "change": split}
