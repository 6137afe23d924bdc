"""Incitement: a speech as it was said and what it means, graded part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.public import Marking, database_now, index_text
from rtopnet.warning.evidence.models import RabatGrade, Speech
from rtopnet.warning.evidence.rules.facts import ReportRefusedError
from rtopnet.warning.evidence.rules.words import INCITEMENT, RABAT_GRADES, RabatPart, Step
from rtopnet.warning.evidence.services.reports import Owner, Told, draft_report
from rtopnet.warning.evidence.services.sight import actor, keep_deed, keep_step, own_report


@dataclass(frozen=True)
class Said:
    """A speech; who spoke is a protected part of the report, here stands the speaker's role alone."""

    original: str
    channel: str
    speaker_role: str
    language: str = ""
    translation: str = ""
    call: str = ""


@dataclass(frozen=True)
class Graded:
    """A grade of one of the six parts, and why."""

    grade: int
    reason: str


def draft_incitement(
    *,
    by: UUID,
    owner: Owner,
    told: Told,
    said: Said,
    marking: Marking = Marking.AMBER,
    open_to_contributors: bool = False,
    sent_as: UUID | None = None,
) -> UUID:
    """Keep a speech as a draft of its owner; the record that it is.

    Raises:
        OwnerDecidesError: ``by`` is not of the owner's people.
        ReportRefusedError: it contradicts itself, or nothing was said.
    """
    with acting_as(by):
        told = replace(told, facts=replace(told.facts, act=INCITEMENT))
        record = draft_report(
            by=by,
            owner=owner,
            told=told,
            kind=INCITEMENT,
            marking=marking,
            open_to_contributors=open_to_contributors,
            sent_as=sent_as,
        )
        if not Speech.objects.filter(record_id=record).exists():
            write_speech(by=by, record=record, said=said)
        return record


def write_speech(*, by: UUID, record: UUID, said: Said) -> None:
    """Write down what was said, in place of what was written before.

    Raises:
        OwnerDecidesError: it is released and ``by`` is not the owner's desk.
        ReportRefusedError: nothing was said, nowhere or by nobody.
    """
    with acting_as(by):
        row = own_report(record)
        if not (said.original.strip() and said.channel.strip() and said.speaker_role.strip()):
            raise ReportRefusedError("speech: write down what was said, where, and in what role.")
        before = Speech.objects.filter(record_id=record).first()
        speech, _is_new = Speech.objects.update_or_create(record_id=record, defaults=vars(said))
        index_text(
            record=record,
            source=speech.pk,
            source_table=Speech._meta.db_table,  # noqa: SLF001 -- Django's documented Meta API
            text=f"{said.original}\n{said.translation}",
        )
        if said.translation and (before is None or before.translation != said.translation):
            keep_step(record, Step.TRANSLATED)
        keep_deed("wrote_speech", row)


def grade_speech(*, by: UUID, record: UUID, grades: Mapping[RabatPart, Graded]) -> None:
    """Grade parts of the threshold test; those not named keep their grades.

    Raises:
        OwnerDecidesError: it is released and ``by`` is not the owner's desk.
        ReportRefusedError: no speech, no such grade, or a grade without its reason.
    """
    with acting_as(by):
        row = own_report(record)
        if not Speech.objects.filter(record_id=record).exists():
            raise ReportRefusedError("There is no speech here to grade.")
        for part, given in grades.items():
            if given.grade not in RABAT_GRADES or not given.reason.strip():
                raise ReportRefusedError(f"{part.value}: a grade from 0 to 2, and the reason.")
            RabatGrade.objects.update_or_create(
                record_id=record,
                part=part.value,
                defaults={
                    "grade": given.grade,
                    "reason": given.reason.strip(),
                    "by_id": actor(),
                    "at": database_now(),
                },
            )
        told = ", ".join(f"{part.value} {given.grade}" for part, given in grades.items())
        keep_step(record, Step.GRADED, note=told)
        keep_deed("graded", row)
