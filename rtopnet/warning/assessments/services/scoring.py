"""Scoring, which nobody sees before it is revealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.sharing.public import database_now, record_is_in_sight
from rtopnet.warning.assessments.models import Assessment, Assessor, HandIn, Score
from rtopnet.warning.assessments.queries.courses import course_of
from rtopnet.warning.assessments.queries.results import own_answers
from rtopnet.warning.assessments.rules.course import (
    FIRST,
    SECOND,
    Deed,
    HandedInError,
    ScoresMissingError,
    StageRefusedError,
    expect,
    turn_of,
)
from rtopnet.warning.assessments.rules.scale import Confidence, Presence, Trend
from rtopnet.warning.assessments.services.sight import (
    keep_in_no_book,
    keep_in_owners_book,
    seat_of,
    tell_owner,
)

MOST_EVIDENCE = 12


class EvidenceRefusedError(RuleBrokenError):
    """Something linked as evidence cannot be linked."""


@dataclass(frozen=True)
class Scored:
    """What an assessor says of one factor; all of it can still be missing while it is written."""

    presence: Presence | None = None
    trend: Trend | None = None
    confidence: Confidence | None = None
    reason: str = ""
    records: Sequence[UUID] = ()
    """Records in the assessor's sight."""
    pages: Sequence[tuple[str, str]] = ()
    """Addresses elsewhere, each with what it is."""
    contrary: str = ""
    found_no_contrary: bool = False
    """They looked for what speaks against it and found nothing."""
    marks: Mapping[str, Presence] = field(default_factory=dict)


def save_score(*, by: UUID, record: UUID, code: str, scored: Scored) -> None:
    """Keep what the assessor says of a factor, as far as it is written.

    Raises:
        EvidenceRefusedError: a link leads nowhere that the assessor can read.
        HandedInError: the scores are handed in.
        RecordNotInSightError: ``by`` is no assessor of such an assessment, or there is no such factor.
        StageRefusedError: there is nothing to score now.
    """
    with acting_as(by):
        seat = seat_of(record, by)
        turn = _open_turn(record)
        _expect_not_in(record, turn, by)
        _expect_known(record, code, scored)
        # Under the acting account's eyes this is its own row or none.
        Score.objects.update_or_create(
            record_id=record,
            turn=turn,
            code=code,
            account_id=by,
            defaults={"number": seat.number, **_columns(scored)},
        )
        keep_in_no_book("scored", seat)


def take_over_first(*, by: UUID, record: UUID) -> None:
    """Begin the second round from one's own first scores; what was scored in it already stays.

    Raises:
        StageRefusedError: there is no second round to score now.
    """
    with acting_as(by):
        seat = seat_of(record, by)
        if _open_turn(record) != SECOND:
            raise StageRefusedError("There is no second round to score now.")
        begun = set(_own_scores(seat, SECOND).values_list("code", flat=True))
        for first in _own_scores(seat, FIRST).exclude(code__in=begun):
            Score.objects.create(
                record_id=record,
                turn=SECOND,
                account_id=by,
                number=seat.number,
                **{name: getattr(first, name) for name in _COPIED},
            )
        keep_in_no_book("scored", seat)


def hand_in(*, by: UUID, record: UUID) -> None:
    """Hand the scores in; the owner learns that, and nothing of them.

    Raises:
        HandedInError: they are handed in already.
        ScoresMissingError: a factor is not answered whole.
        StageRefusedError: there is nothing to score now.
    """
    with acting_as(by):
        seat = seat_of(record, by)
        turn = _open_turn(record)
        _expect_not_in(record, turn, by)
        answered = own_answers(record, turn)
        codes = _codes(record)
        missing = [code for code in codes if code not in answered or not answered[code].is_complete]
        if missing:
            raise ScoresMissingError(f"Answer these factors first: {', '.join(missing)}.")
        HandIn.objects.create(record_id=record, turn=turn, account_id=by, at=database_now())
        keep_in_owners_book("handed_in", seat)
        tell_owner("handed_in", seat)


def take_back_scores(*, by: UUID, record: UUID) -> None:
    """Take what was handed in back to change it, until it is revealed.

    Raises:
        StageRefusedError: the scores are shown already.
    """
    with acting_as(by):
        seat = seat_of(record, by)
        turn = _open_turn(record)
        HandIn.objects.filter(record_id=record, turn=turn, account_id=by).delete()
        keep_in_owners_book("took_back", seat)


_COPIED = (
    "code",
    "presence",
    "trend",
    "confidence",
    "reason",
    "evidence",
    "contrary",
    "found_no_contrary",
    "marks",
)


def _open_turn(record: UUID) -> int:
    course = course_of(record)
    expect(course, Deed.SCORE)
    return turn_of(course)


def _own_scores(seat: Assessor, turn: int) -> Any:
    return Score.objects.filter(record_id=seat.record_id, turn=turn, account_id=seat.account_id)


def _expect_not_in(record: UUID, turn: int, by: UUID) -> None:
    if HandIn.objects.filter(record_id=record, turn=turn, account_id=by).exists():
        raise HandedInError("Your scores are handed in. Take them back to change them.")


def _codes(record: UUID) -> list[str]:
    return [str(factor["code"]) for factor in _factors(record)]


def _factors(record: UUID) -> list[dict[str, Any]]:
    content: dict[str, Any] = Assessment.objects.values_list("framework", flat=True).get(record_id=record)
    return list(content["factors"])


def _expect_known(record: UUID, code: str, scored: Scored) -> None:
    factor = next((one for one in _factors(record) if str(one["code"]) == code), None)
    if factor is None:
        raise StageRefusedError("The Framework of this assessment has no such factor.")
    signs = {str(one["code"]) for one in factor["indicators"]}
    if strays := sorted(set(scored.marks) - signs):
        raise StageRefusedError(f"Not indicators of this factor: {', '.join(strays)}.")
    if len(scored.records) + len(scored.pages) > MOST_EVIDENCE:
        raise EvidenceRefusedError(f"evidence: link {MOST_EVIDENCE} things at most, those that matter.")
    for one in scored.records:
        if not record_is_in_sight(one):
            raise EvidenceRefusedError("evidence: a record that you link is not there for you.")
    for url, _title in scored.pages:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
            raise EvidenceRefusedError("evidence: an address begins with https:// or http://.")


def _columns(scored: Scored) -> dict[str, object]:
    evidence = [{"record": str(one)} for one in dict.fromkeys(scored.records)]
    return {
        "presence": None if scored.presence is None else int(scored.presence),
        "trend": None if scored.trend is None else int(scored.trend),
        "confidence": scored.confidence.value if scored.confidence else "",
        "reason": scored.reason,
        "evidence": [*evidence, *({"url": url, "title": title} for url, title in scored.pages)],
        # Who writes down what speaks against it did not find nothing.
        "contrary": scored.contrary.strip(),
        "found_no_contrary": scored.found_no_contrary and not scored.contrary.strip(),
        "marks": {code: int(presence) for code, presence in scored.marks.items()},
        "saved_at": database_now(),
    }
