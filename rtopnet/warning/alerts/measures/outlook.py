"""The outlook's expectation for a state's next three months; past ones only as far as they are kept."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from rtopnet.warning.alerts.measures.registry import Measure, Watcher, register_measure
from rtopnet.warning.alerts.measures.state_deaths import places
from rtopnet.warning.alerts.rules.watching import MonthFigure
from rtopnet.warning.forecasts.public import months_after, state_page


def series(watcher: Watcher, place: str, _detail: str) -> Sequence[MonthFigure]:
    """The median expected from each kept outlook's last month on: the one before, and the newest."""
    page = state_page(region=watcher.region, iso3=place, language=watcher.language)
    if page is None:
        return []
    before, now = page.state.previous_expected, page.state.expected
    earlier = [MonthFigure(months_after(page.origin, -1), before.median)] if before else []
    return [*earlier, MonthFigure(page.origin, now.median)]


register_measure(
    Measure(
        key="outlook",
        name=_("Deaths that the outlook expects in a state"),
        unit=_("deaths in the next three months, median"),
        places=places,
        series=series,
        note=_("Only the newest outlook and the one before are kept, so a trial sees two months."),
    )
)
