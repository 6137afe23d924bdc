"""Over all warnings in sight: how long each stage takes, who answered in time, what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from rtopnet.sharing.public import database_now
from rtopnet.warning.alerts.models import Alert, AskedBody
from rtopnet.warning.alerts.queries.alerts import AlertLine, alert_lines
from rtopnet.warning.alerts.rules.course import Outcome
from rtopnet.warning.alerts.rules.pace import Median, Tally, medians, outcomes, tally

MOST = 500


@dataclass(frozen=True)
class NetworkPace:
    """Times and outcomes over all warnings that the acting account reads; no state is named or ranked."""

    medians: tuple[Median, ...]
    tally: Tally
    outcomes: Mapping[Outcome, int]
    closed: int


def alerts_overview() -> tuple[list[AlertLine], list[AlertLine], NetworkPace]:
    """Open warnings, closed ones, and the pace over both."""
    rows = Alert.objects.select_related("record").order_by("-record__drafted_at", "pk")[:MOST]
    lines = alert_lines(rows)
    opened = [line for line in lines if line.closed_at is None]
    closed = [line for line in lines if line.closed_at is not None]
    asked = AskedBody.objects.values_list("due_at", "answered_at")
    pace = NetworkPace(
        medians=medians(line.gaps for line in lines),
        tally=tally(asked, database_now()),
        outcomes=outcomes(line.outcome for line in closed if line.outcome),
        closed=len(closed),
    )
    return opened, closed, pace
