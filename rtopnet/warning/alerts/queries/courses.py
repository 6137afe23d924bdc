"""Where warnings stand, read from their lines of time."""

from collections.abc import Collection
from uuid import UUID

from rtopnet.warning.alerts.models import Milestone
from rtopnet.warning.alerts.rules.course import Stage
from rtopnet.warning.alerts.rules.pace import Moment

STAGES = [stage.value for stage in Stage]


def moments_of(records: Collection[UUID]) -> dict[UUID, list[Moment]]:
    """By warning, the stages it came to, in order."""
    found: dict[UUID, list[Moment]] = {record: [] for record in records}
    rows = Milestone.objects.filter(record__in=records, kind__in=STAGES).order_by("at")
    for record, kind, at, due_at in rows.values_list("record_id", "kind", "at", "due_at"):
        found[record].append(Moment(Stage(kind), at, due_at))
    return found


def latest(moments: Collection[Moment]) -> Stage:
    """The stage furthest on; a warning begins as a signal."""
    order = list(Stage)
    return max((moment.stage for moment in moments), key=order.index, default=Stage.SIGNAL)


def stage_of(record: UUID) -> Stage:
    """Where one warning stands."""
    return latest(moments_of([record])[record])
