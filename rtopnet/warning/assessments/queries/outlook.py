"""The statistical outlook of the state beside the judgement: a proxy, and never mixed into it."""

from dataclasses import dataclass

from rtopnet.network.public import RegionSummary
from rtopnet.warning.assessments.queries.assessments import AssessmentSheet
from rtopnet.warning.assessments.queries.results import TurnResult
from rtopnet.warning.assessments.rules.changes import Contrast, contrast_of
from rtopnet.warning.assessments.rules.profiles import ProfileLevel
from rtopnet.warning.forecasts.public import Direction, Level, StatePage, state_page

_MOVES = {Direction.UP: 1, Direction.DOWN: -1}


@dataclass(frozen=True)
class Beside:
    """The outlook, and how the judgement stands to it; ``contrast`` is None before there is a judgement."""

    page: StatePage
    contrast: Contrast | None
    judged: ProfileLevel | None


def outlook_beside(
    found: AssessmentSheet, result: TurnResult | None, *, region: RegionSummary, language: str
) -> Beside | None:
    """The outlook of the state that is judged, where there is one."""
    page = state_page(region=region, iso3=found.iso3, language=language)
    if page is None:
        return None
    levels = [read.level for read in result.profiles if read.level is not None] if result else []
    judged = max(levels, default=None)
    contrast = (
        contrast_of(
            judged,
            result.trend,
            list(Level).index(page.state.level),
            _MOVES.get(page.state.direction, 0),
        )
        if result
        else None
    )
    return Beside(page, contrast, judged)
