"""Lists of assessments, the newest of a state, and what changed from one to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.network.public import names_of
from rtopnet.sharing.public import acting_principals, titles_in_sight
from rtopnet.warning.assessments.models import Assessment, Assessor, Conclusion
from rtopnet.warning.assessments.queries.assessments import levels_from
from rtopnet.warning.assessments.queries.courses import me, times_of
from rtopnet.warning.assessments.queries.results import scores_in_sight
from rtopnet.warning.assessments.rules.changes import (
    FactorChange,
    Move,
    ProfileChange,
    profile_changes,
)
from rtopnet.warning.assessments.rules.changes import (
    factor_changes as changes_between,
)
from rtopnet.warning.assessments.rules.course import SECOND, Stage, last_revealed, stage_of
from rtopnet.warning.assessments.rules.profiles import Crime, ProfileLevel, read_profiles

MOST = 200


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment in a list."""

    id: UUID
    title: str
    owner_names: dict[str, str]
    state: UUID
    state_names: dict[str, str]
    place: str
    starts_on: date
    ends_on: date
    stage: Stage
    closes_at: datetime | None
    concluded_at: datetime | None
    levels: dict[Crime, ProfileLevel | None]
    """Empty before it is concluded."""
    is_own: bool
    is_assessor: bool


@dataclass(frozen=True)
class SinceLast:
    """What changed since the assessment before of the same state and place."""

    before: AssessmentLine
    factors: tuple[FactorChange, ...]
    profiles: tuple[ProfileChange, ...]

    @property
    def moved(self) -> tuple[FactorChange, ...]:
        """Factors that went up or down."""
        return tuple(one for one in self.factors if one.move in {Move.WORSE, Move.BETTER})


def assessments_in_sight(
    *, state: UUID | None = None, concluded: bool | None = None, limit: int = MOST
) -> list[AssessmentLine]:
    """Assessments that the acting account reads, the latest drafted first; of a state, or of all."""
    rows = Assessment.objects.defer("framework").select_related("record")
    if state is not None:
        rows = rows.filter(state_id=state)
    if concluded is not None:
        done = Conclusion.objects.values("record")
        rows = rows.filter(record__in=done) if concluded else rows.exclude(record__in=done)
    return _lines(rows.order_by("-record__drafted_at", "pk")[:limit])


def newest_assessment_of(state: UUID) -> AssessmentLine | None:
    """The latest concluded assessment of the whole state that the acting account reads."""
    done = Conclusion.objects.order_by("-at").values_list("record", flat=True)
    rows = {
        row.record_id: row
        for row in Assessment.objects.defer("framework")
        .select_related("record")
        .filter(state_id=state, place="", record__in=done)
    }
    newest = next((record for record in done if record in rows), None)
    return _lines([rows[newest]])[0] if newest else None


def factor_changes(record: UUID) -> tuple[FactorChange, ...]:
    """Each factor's middle score then and now, against the assessment before of the same scope.

    Empty where scores are not shown yet; without an assessment before it, each is new.
    """
    row = Assessment.objects.filter(record_id=record).first()
    turn = last_revealed(times_of([record])[record].course)
    if row is None or turn is None:
        return ()
    before = _before(row)
    earlier = _latest_scores(before) if before else {}
    return changes_between(_codes(row), earlier, scores_in_sight(record, turn))


def since_last(record: UUID) -> SinceLast | None:
    """What changed since the assessment before, where the acting account reads one."""
    row = Assessment.objects.filter(record_id=record).first()
    before = _before(row) if row else None
    turn = last_revealed(times_of([record])[record].course)
    if row is None or before is None or turn is None:
        return None
    crimes = [Crime(crime) for crime in row.crimes]
    earlier, now = _latest_scores(before), scores_in_sight(record, turn)
    return SinceLast(
        before=_lines([before])[0],
        factors=changes_between(_codes(row), earlier, now),
        profiles=profile_changes(read_profiles(crimes, earlier), read_profiles(crimes, now)),
    )


def _before(row: Assessment) -> Assessment | None:
    """The latest one of the same state and place that was concluded before this one was."""
    ends = Conclusion.objects.filter(record_id=row.record_id).values_list("at", flat=True).first()
    same = Assessment.objects.filter(state_id=row.state_id, place__iexact=row.place).exclude(pk=row.pk)
    done = Conclusion.objects.filter(record__in=same.values("record"))
    if ends is not None:
        done = done.filter(at__lt=ends)
    newest = done.order_by("-at").values_list("record", flat=True).first()
    return same.select_related("record").filter(record_id=newest).first() if newest else None


def _latest_scores(row: Assessment) -> dict[str, dict[int, int]]:
    turn = last_revealed(times_of([row.record_id])[row.record_id].course) or SECOND
    return {code: dict(answers) for code, answers in scores_in_sight(row.record_id, turn).items()}


def _codes(row: Assessment) -> list[str]:
    return [str(factor["code"]) for factor in row.framework["factors"]]


def _lines(rows: Iterable[Assessment]) -> list[AssessmentLine]:
    found = list(rows)
    records = [row.record_id for row in found]
    times, titles = times_of(records), titles_in_sight(records)
    levels = dict(Conclusion.objects.filter(record__in=records).values_list("record", "levels"))
    seats = Assessor.objects.filter(record__in=records, account_id=me())
    seated = set(seats.values_list("record", flat=True))
    names = names_of({row.state_id for row in found} | {row.desk for row in found if row.desk})
    mine = acting_principals()
    return [
        AssessmentLine(
            id=row.record_id,
            title=titles.get(row.record_id, ""),
            owner_names=names.get(row.desk, {}) if row.desk else {},
            state=row.state_id,
            state_names=names.get(row.state_id, {}),
            place=row.place,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            stage=stage_of(times[row.record_id].course),
            closes_at=times[row.record_id].second_closes_at or times[row.record_id].closes_at,
            concluded_at=times[row.record_id].course.concluded_at,
            levels=levels_from(levels.get(row.record_id, {})),
            is_own=row.owner in mine,
            is_assessor=row.record_id in seated,
        )
        for row in found
    ]
