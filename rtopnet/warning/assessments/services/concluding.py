"""Concluding an assessment, and saying why judgement and figures differ."""

from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.events import publish
from rtopnet.network.public import RegionSummary, caller
from rtopnet.sharing.public import Words, database_now, record_sheet, revise_record
from rtopnet.warning.assessments.events import AssessmentConcluded
from rtopnet.warning.assessments.models import Conclusion, OutlookNote
from rtopnet.warning.assessments.queries.assessments import (
    AssessmentSheet,
    assessment_sheet,
    panel_of,
    result_of,
)
from rtopnet.warning.assessments.queries.courses import course_of
from rtopnet.warning.assessments.queries.outlook import Beside, outlook_beside
from rtopnet.warning.assessments.queries.results import scores_in_sight
from rtopnet.warning.assessments.rules.changes import Contrast
from rtopnet.warning.assessments.rules.course import Deed, StageRefusedError, expect, last_revealed
from rtopnet.warning.assessments.rules.profiles import Crime, read_profiles
from rtopnet.warning.assessments.services.revealing import WordsMissingError
from rtopnet.warning.assessments.services.sight import in_sight, keep_deed, own, tell_assessors


def conclude_assessment(*, by: UUID, record: UUID, words: str) -> None:
    """Say what follows from the scores; the levels are kept as the rule reads them, and can be searched for.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the owner.
        StageRefusedError: scores are not shown, or it is concluded.
        WordsMissingError: nothing is said.
    """
    with acting_as(by):
        row = own(record)
        course = course_of(record)
        expect(course, Deed.CONCLUDE)
        if not words.strip():
            raise WordsMissingError("words: say what follows from the scores.")
        turn = last_revealed(course) or 1
        reads = read_profiles([Crime(crime) for crime in row.crimes], scores_in_sight(record, turn))
        Conclusion.objects.create(
            record_id=record,
            words=words.strip(),
            turn=turn,
            levels={one.crime.value: None if one.level is None else int(one.level) for one in reads},
            by_id=by,
            at=database_now(),
        )
        _write(by, record, words.strip())
        keep_deed("concluded", row)
        tell_assessors("concluded", row, panel_of(record))
        publish(AssessmentConcluded(record, row.state_id, row.record.region_id))


def explain_contrast(*, by: UUID, record: UUID, words: str) -> None:
    """Say why the judgement and the outlook of today differ; the answer stays beside them.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the owner.
        StageRefusedError: they do not differ, or there is nothing to compare.
        WordsMissingError: nothing is said.
    """
    with acting_as(by):
        row = own(record)
        beside = outlook_of(assessment_sheet(record), caller(by).region)
        if beside is None or beside.contrast in {None, Contrast.AGREE}:
            raise StageRefusedError("Judgement and figures do not differ, so there is nothing to explain.")
        if not words.strip():
            raise WordsMissingError("words: say why, as far as you can tell.")
        OutlookNote.objects.create(
            record_id=record,
            contrast=beside.contrast,
            level=beside.page.state.level.value,
            direction=beside.page.state.direction.value,
            origin=beside.page.origin,
            words=words.strip(),
            by_id=by,
            at=database_now(),
        )
        keep_deed("explained", row)


def outlook_of(found: AssessmentSheet | None, region: RegionSummary) -> Beside | None:
    """The outlook beside the latest scores that are shown."""
    if found is None:
        return None
    result = result_of(found, found.shown_turns[0]) if found.shown_turns else None
    return outlook_beside(found, result, region=region, language="en")


def _write(by: UUID, record: UUID, words: str) -> None:
    """Add the conclusion to the record's words: a further version, which search finds."""
    sheet = record_sheet(record)
    if sheet is None:
        in_sight(record)
        return
    body = "\n\n".join(part for part in (sheet.body, words) if part)
    revise_record(by=by, record=record, words=Words(sheet.title, body))
