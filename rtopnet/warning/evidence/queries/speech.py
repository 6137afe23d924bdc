"""Speeches and their grades, as the acting account may see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rtopnet.warning.evidence.models import RabatGrade, Speech
from rtopnet.warning.evidence.rules.rabat import Judged, judge
from rtopnet.warning.evidence.rules.words import RabatPart


@dataclass(frozen=True)
class GradeInSight:
    """One of the six parts; without a grade, nobody has graded it."""

    part: RabatPart
    grade: int | None
    reason: str
    at: datetime | None


@dataclass(frozen=True)
class SpeechInSight:
    """A speech with what its grades come to."""

    original: str
    language: str
    translation: str
    channel: str
    speaker_role: str
    call: str
    grades: tuple[GradeInSight, ...]
    judged: Judged


def speech_in_sight(record: UUID) -> SpeechInSight | None:
    """The speech of a report of incitement, where the acting account reads it."""
    row = Speech.objects.filter(record_id=record).first()
    if row is None:
        return None
    given = {RabatPart(one.part): one for one in RabatGrade.objects.filter(record_id=record)}
    return SpeechInSight(
        original=row.original,
        language=row.language,
        translation=row.translation,
        channel=row.channel,
        speaker_role=row.speaker_role,
        call=row.call,
        grades=tuple(
            GradeInSight(part, given[part].grade, given[part].reason, given[part].at)
            if part in given
            else GradeInSight(part, None, "", None)
            for part in RabatPart
        ),
        judged=judge({part: one.grade for part, one in given.items()}),
    )
