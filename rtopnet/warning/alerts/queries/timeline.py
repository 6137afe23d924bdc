"""A warning's line of time: stages, levels, replies, answers, overruns, each with the time since the last."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from rtopnet.network.public import names_of
from rtopnet.sharing.public import RecordSheet
from rtopnet.warning.alerts.models import AlertAnswer, Milestone
from rtopnet.warning.alerts.rules.pace import Gap


@dataclass(frozen=True)
class TimeLine:
    """One point on it; ``since`` is the time from the point before, ``gap`` the stage that begins here."""

    about: str
    at: datetime
    detail: str = ""
    names: dict[str, str] | None = None
    words: str = ""
    since: timedelta | None = None
    gap: Gap | None = None


def line_of_time(record: UUID, sheet: RecordSheet, measured: tuple[Gap, ...]) -> tuple[TimeLine, ...]:
    """Everything that happened, in order, as far as the acting account reads it."""
    steps = list(Milestone.objects.filter(record_id=record).order_by("at", "pk"))
    answers = list(AlertAnswer.objects.filter(record_id=record).order_by("at", "pk"))
    bodies = {row.body for row in steps if row.body} | {row.body for row in answers}
    names = names_of(bodies)
    by_stage = {gap.stage.value: gap for gap in measured}
    found = [
        TimeLine(
            about=row.kind,
            at=row.at,
            detail=row.level or row.about,
            names=names.get(row.body, {}) if row.body else None,
            words=row.words,
            gap=by_stage.get(row.kind),
        )
        for row in steps
    ]
    found += [TimeLine("answer", row.at, row.kind, names.get(row.body, {}), row.words) for row in answers]
    found += [TimeLine("reply", reply.at, "", reply.state_names, reply.body) for reply in sheet.replies]
    found += [
        TimeLine("version", version.written_at, str(version.number))
        for version in sheet.versions
        if version.number > 1
    ]
    found += [
        TimeLine("waived", one.waived_at, "", one.state_names, one.waived_because)
        for one in sheet.concerned
        if one.waived_at
    ]
    return _spaced(sorted(found, key=lambda one: (one.at, one.about != "issued")))


def _spaced(lines: list[TimeLine]) -> tuple[TimeLine, ...]:
    return tuple(
        TimeLine(
            line.about,
            line.at,
            line.detail,
            line.names,
            line.words,
            line.at - lines[place - 1].at if place else None,
            line.gap,
        )
        for place, line in enumerate(lines)
    )
