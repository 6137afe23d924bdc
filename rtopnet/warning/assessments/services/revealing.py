"""Showing scores, talking about them, and a second round."""

from datetime import datetime
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.sharing.public import acting_principals, database_now
from rtopnet.warning.assessments.models import (
    Assessment,
    Assessor,
    Comment,
    HandIn,
    MinorityView,
    Reveal,
    Turn,
)
from rtopnet.warning.assessments.queries.assessments import panel_of
from rtopnet.warning.assessments.queries.courses import course_of, times_of
from rtopnet.warning.assessments.rules.course import (
    SECOND,
    Deed,
    StageRefusedError,
    expect,
    may_reveal,
    turn_of,
)
from rtopnet.warning.assessments.services.sight import in_sight, keep_deed, own, seat_of, tell_assessors


class WordsMissingError(RuleBrokenError):
    """Nothing was said."""


def reveal_scores(*, by: UUID, record: UUID) -> None:
    """Show the scores of the turn to whoever reads the assessment; nobody can take that back.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the owner.
        StageRefusedError: not all have handed in, and their time is not over; or there is nothing to show.
    """
    with acting_as(by):
        row = own(record)
        times = times_of([record])[record]
        expect(times.course, Deed.REVEAL)
        turn = turn_of(times.course)
        closes_at = (times.second_closes_at if turn == SECOND else times.closes_at) or row.closes_at
        handed_in = HandIn.objects.filter(record_id=record, turn=turn).count()
        if not may_reveal(handed_in, row.panel_size, closes_at, database_now()):
            raise StageRefusedError("Scores are shown when all have handed in, or when their time is over.")
        Reveal.objects.create(record_id=record, turn=turn)
        keep_deed("revealed", row, {"turn": turn})
        tell_assessors("revealed", row, panel_of(record))


def open_second_round(*, by: UUID, record: UUID, closes_at: datetime) -> None:
    """Ask the assessors to look at their scores again, each from their own first ones.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the owner.
        StageRefusedError: the first scores are not shown, there was a second round, or the time is over.
    """
    with acting_as(by):
        row = own(record)
        expect(course_of(record), Deed.OPEN_SECOND)
        at = database_now()
        if closes_at <= at:
            raise StageRefusedError("closes: that day is over; choose a later one.")
        Turn.objects.create(record_id=record, number=SECOND, opened_at=at, closes_at=closes_at)
        keep_deed("opened", row, {"turn": SECOND})
        tell_assessors("asked", row, panel_of(record), due_at=closes_at)


def comment_on(*, by: UUID, record: UUID, words: str, code: str = "") -> None:
    """Say something in the discussion: of a factor, or of the whole.

    Raises:
        RecordNotInSightError: ``by`` neither scores nor decides for the owner.
        StageRefusedError: scores are not shown, or it is concluded.
        WordsMissingError: nothing is said.
    """
    with acting_as(by):
        row = in_sight(record)
        _expect_words(words)
        expect(course_of(record), Deed.DISCUSS)
        decides = row.desk in acting_principals()
        seat = Assessor.objects.filter(record_id=record, account_id=by).first()
        number = seat.number if seat else None
        if number is None and not decides:
            seat_of(record, by)
        _expect_factor(row, code)
        Comment.objects.create(record_id=record, number=number, code=code, words=words.strip(), by_id=by)
        keep_deed("commented", row)


def keep_minority_view(*, by: UUID, record: UUID, words: str, code: str = "") -> None:
    """Write down what an assessor holds against the others' judgement; it stays with the assessment.

    Raises:
        RecordNotInSightError: ``by`` is no assessor of it.
        StageRefusedError: scores are not shown.
        WordsMissingError: nothing is said.
    """
    with acting_as(by):
        seat = seat_of(record, by)
        row = in_sight(record)
        _expect_words(words)
        expect(course_of(record), Deed.DISSENT)
        _expect_factor(row, code)
        MinorityView.objects.create(
            record_id=record, number=seat.number, code=code, words=words.strip(), by_id=by
        )
        keep_deed("dissented", row)


def _expect_words(words: str) -> None:
    if not words.strip():
        raise WordsMissingError("words: write something.")


def _expect_factor(row: Assessment, code: str) -> None:
    if code and code not in {str(factor["code"]) for factor in row.framework["factors"]}:
        raise StageRefusedError("The Framework of this assessment has no such factor.")
