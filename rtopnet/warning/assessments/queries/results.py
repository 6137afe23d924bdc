"""What assessors said, factor by factor, and what follows from it; only what was revealed comes together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from rtopnet.kernel.acting import acting_account
from rtopnet.sharing.public import titles_in_sight
from rtopnet.warning.assessments.models import Score
from rtopnet.warning.assessments.rules.agreement import alpha, alpha_of_part
from rtopnet.warning.assessments.rules.changes import direction_of
from rtopnet.warning.assessments.rules.profiles import Crime, Read, read_profiles
from rtopnet.warning.assessments.rules.scale import (
    Confidence,
    Judgement,
    Presence,
    Scores,
    Trend,
    median_of,
    scores_of,
)
from rtopnet.warning.indicators.public import Factor, Framework


@dataclass(frozen=True)
class Evidence:
    """Something that a score rests on: a record in the reader's sight, or a page elsewhere."""

    title: str
    href: str
    record: UUID | None


@dataclass(frozen=True)
class Answer:
    """What one assessor said of one factor in one turn."""

    number: int
    turn: int
    code: str
    presence: Presence | None
    trend: Trend | None
    confidence: Confidence | None
    reason: str
    evidence: tuple[Evidence, ...]
    contrary: str
    found_no_contrary: bool
    marks: Mapping[str, Presence]
    is_mine: bool

    @property
    def is_complete(self) -> bool:
        """Whether it says all that is asked for."""
        return (
            self.presence is not None
            and self.trend is not None
            and self.confidence is not None
            and bool(self.reason.strip())
            and (bool(self.contrary.strip()) or self.found_no_contrary)
        )


@dataclass(frozen=True)
class FactorResult:
    """A factor with what all said of it; ``agreement`` is alpha against the whole, where it can be told."""

    factor: Factor
    middle: float | None
    lowest: Presence | None
    highest: Presence | None
    agreement: float | None
    trend: Trend
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class TurnResult:
    """All of a turn whose scores are shown."""

    turn: int
    factors: tuple[FactorResult, ...]
    profiles: tuple[Read, ...]
    agreement: float | None
    trend: Trend
    scores: Scores

    def factor(self, code: str) -> FactorResult | None:
        """The factor of that code."""
        return next((one for one in self.factors if one.factor.code == code), None)


def turn_result(record: UUID, turn: int, framework: Framework, crimes: Iterable[Crime]) -> TurnResult:
    """What assessors said in a turn, as far as it is in sight."""
    answers = answers_in_sight(record, turn)
    judged = [judgement_of(answer) for answer in answers]
    scores = scores_of(judged)
    units = _units(scores, scores)
    return TurnResult(
        turn=turn,
        factors=tuple(_factor(factor, answers, scores, units) for factor in framework.factors),
        profiles=read_profiles(crimes, scores),
        agreement=alpha(units),
        trend=direction_of(judged),
        scores=scores,
    )


def answers_in_sight(record: UUID, turn: int, *, code: str = "") -> list[Answer]:
    """Answers that the acting account reads: its own, and those that were revealed; by assessor."""
    rows = Score.objects.filter(record_id=record, turn=turn)
    found = list((rows.filter(code=code) if code else rows).order_by("number", "code"))
    linked = {UUID(one["record"]) for row in found for one in row.evidence if "record" in one}
    titles = titles_in_sight(linked) if linked else {}
    return [_answer(row, titles) for row in found]


def own_answers(record: UUID, turn: int) -> dict[str, Answer]:
    """What the acting account itself said, by factor."""
    return {one.code: one for one in answers_in_sight(record, turn) if one.is_mine}


def judgement_of(answer: Answer) -> Judgement:
    """An answer as the rules see it."""
    return Judgement(answer.number, answer.code, answer.presence, answer.trend, answer.marks)


def scores_in_sight(record: UUID, turn: int) -> Scores:
    """Presence by code and assessor, as far as it is in sight."""
    said = Score.objects.filter(record_id=record, turn=turn)
    rows = said.values_list("number", "code", "presence", "marks")
    return scores_of(
        Judgement(
            number,
            code,
            None if presence is None else Presence(presence),
            marks={mark: Presence(value) for mark, value in marks.items()},
        )
        for number, code, presence, marks in rows
    )


def _factor(
    factor: Factor, answers: Iterable[Answer], scores: Scores, units: Iterable[list[float]]
) -> FactorResult:
    mine = [one for one in answers if one.code == factor.code]
    values = list(scores.get(factor.code, {}).values())
    codes = {factor.code, *(one.code for one in factor.indicators)}
    return FactorResult(
        factor=factor,
        middle=median_of(scores, factor.code),
        lowest=Presence(min(values)) if values else None,
        highest=Presence(max(values)) if values else None,
        agreement=alpha_of_part(_units(scores, codes), units),
        trend=direction_of(judgement_of(one) for one in mine),
        answers=tuple(mine),
    )


def _units(scores: Scores, codes: Collection[str]) -> list[list[float]]:
    return [[float(value) for value in answers.values()] for code, answers in scores.items() if code in codes]


def _answer(row: Score, titles: Mapping[UUID, str]) -> Answer:
    return Answer(
        number=row.number,
        turn=row.turn,
        code=row.code,
        presence=None if row.presence is None else Presence(row.presence),
        trend=None if row.trend is None else Trend(row.trend),
        confidence=Confidence(row.confidence) if row.confidence else None,
        reason=row.reason,
        evidence=tuple(one for said in row.evidence if (one := _evidence(said, titles)) is not None),
        contrary=row.contrary,
        found_no_contrary=row.found_no_contrary,
        marks={code: Presence(value) for code, value in row.marks.items()},
        is_mine=row.account_id == acting_account(),
    )


def _evidence(said: Mapping[str, Any], titles: Mapping[UUID, str]) -> Evidence | None:
    """What it links to; nothing where it is a record that is not for this reader."""
    if "record" not in said:
        return Evidence(said["title"], said["url"], None)
    record = UUID(said["record"])
    if record not in titles:
        return None
    return Evidence(titles[record], reverse("records_record", args=[record]), record)
