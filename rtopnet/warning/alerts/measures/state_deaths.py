"""Deaths recorded in a state month by month, as the outlook's run keeps them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from rtopnet.warning.alerts.measures.registry import Measure, Place, Watcher, register_measure
from rtopnet.warning.alerts.rules.watching import MonthFigure
from rtopnet.warning.forecasts.public import Outcome, region_outlook, state_page

OUTCOMES = {
    Outcome.ALL.value: _("All deadly violence"),
    Outcome.ONE_SIDED.value: _("Attacks on civilians"),
    Outcome.STATE_BASED.value: _("Fighting with a state's forces"),
    Outcome.NON_STATE.value: _("Fighting between groups"),
}


def places(watcher: Watcher) -> Sequence[Place]:
    """The states of which there is an outlook, by name."""
    outlook = region_outlook(region=watcher.region, language=watcher.language)
    return [Place(state.iso3, state.name) for state in outlook.states] if outlook else []


def series(watcher: Watcher, place: str, detail: str) -> Sequence[MonthFigure]:
    """Deaths by month, of one type of violence or of all."""
    page = state_page(region=watcher.region, iso3=place, language=watcher.language)
    if page is None:
        return []
    wanted = next((one for one in page.outcomes if one.outcome == (detail or Outcome.ALL)), None)
    return [MonthFigure(count.month, count.deaths) for count in wanted.history] if wanted else []


register_measure(
    Measure(
        key="state_deaths",
        name=_("Deaths recorded in a state"),
        unit=_("deaths in the month"),
        places=places,
        series=series,
        details=OUTCOMES,
        note=_("A proxy: deaths in organised violence, never a finding that a crime was committed."),
    )
)
