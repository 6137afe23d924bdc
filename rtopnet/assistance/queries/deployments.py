"""Deployments as those who take part see them, with appraisals and lessons."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rtopnet.assistance.lists import duty_items
from rtopnet.assistance.models import (
    Agreement,
    Answer,
    AnswerLine,
    Appraisal,
    Confirmation,
    Consent,
    Deployment,
    DutyDone,
    Lesson,
    Offer,
    OfferLine,
    Participant,
    Report,
)
from rtopnet.assistance.rules.words import Aid, Outcome
from rtopnet.network.public import names_of
from rtopnet.sharing.public import RecordSheet, acting_principals, record_sheet, titles_in_sight


@dataclass(frozen=True)
class ParticipantInSight:
    """What one body sends; ``consent`` is what its own roster knows of the expert's answer."""

    id: UUID
    body: UUID
    body_names: dict[str, str]
    aid: Aid
    number: int
    entry: UUID | None
    post_title: str
    confirmed_at: datetime | None
    is_mine: bool
    asked: UUID | None = None
    agreed: bool | None = None


@dataclass(frozen=True)
class DutyLine:
    """An item of the duty of care for one body, and whether it has seen to it."""

    item: str
    body: UUID
    body_names: dict[str, str]
    done_at: datetime | None
    note: str
    is_mine: bool


@dataclass(frozen=True)
class ReportInSight:
    """What a side reported."""

    body_names: dict[str, str]
    happened_on: date
    words: str
    at: datetime


@dataclass(frozen=True)
class AppraisalInSight:
    """How one side judges the other."""

    id: UUID
    by: UUID
    by_names: dict[str, str]
    about: UUID
    about_names: dict[str, str]
    as_agreed: int
    fit_to_need: int
    conduct: int
    words: str
    at: datetime | None


@dataclass(frozen=True)
class LessonInSight:
    """A lesson, and what the other side says of it."""

    id: UUID
    title: str
    words: str
    by: UUID
    by_names: dict[str, str]
    other: UUID
    other_names: dict[str, str]
    agreed: bool | None
    answer: str
    is_shared: bool
    may_answer: bool
    may_share: bool


@dataclass(frozen=True)
class DeploymentLine:
    """A deployment in a list."""

    id: UUID
    title: str
    state_names: dict[str, str]
    starts_on: date
    ends_on: date
    sent_at: datetime | None
    begun_at: datetime | None
    ended_at: datetime | None
    is_own: bool


@dataclass(frozen=True)
class DeploymentSheet:
    """A deployment with all of it that the acting account reads."""

    id: UUID
    sheet: RecordSheet
    request: UUID
    place: str
    contacts: str
    starts_on: date
    ends_on: date
    begun_at: datetime | None
    ended_at: datetime | None
    end_words: str
    host: UUID
    participants: tuple[ParticipantInSight, ...]
    duty: tuple[DutyLine, ...]
    reports: tuple[ReportInSight, ...]
    appraisals: tuple[AppraisalInSight, ...]
    lessons: tuple[LessonInSight, ...]
    my_bodies: frozenset[UUID]
    """Those of the bodies in it that the acting account decides for."""

    @property
    def is_own(self) -> bool:
        """Whether the acting account's state asked for it."""
        return self.sheet.is_own

    @property
    def is_confirmed(self) -> bool:
        """Whether every sender has confirmed."""
        return all(one.confirmed_at for one in self.participants)

    @property
    def to_appraise(self) -> tuple[tuple[UUID, UUID], ...]:
        """Which of my bodies has still to judge which other."""
        if self.ended_at is None:
            return ()
        senders = {one.body for one in self.participants}
        pairs = {(self.host, body) for body in senders} | {(body, self.host) for body in senders}
        given = {(one.by, one.about) for one in self.appraisals}
        return tuple(sorted(pair for pair in pairs - given if pair[0] in self.my_bodies))


@dataclass(frozen=True)
class AcceptedLine:
    """An accepted part of an offer that no deployment holds yet."""

    id: UUID
    body: UUID
    body_names: dict[str, str]
    aid: Aid
    number: int
    post_title: str
    starts_on: date
    ends_on: date


def deployment_sheet(deployment: UUID) -> DeploymentSheet | None:
    """The deployment, or None where the acting account does not read it."""
    row = Deployment.objects.filter(record_id=deployment).first()
    sheet = record_sheet(deployment) if row else None
    if row is None or sheet is None:
        return None
    sent = list(Participant.objects.filter(record_id=deployment).order_by("body", "post_title", "pk"))
    bodies = {one.body for one in sent} | {sheet.owner}
    names, mine = names_of(bodies), acting_principals()
    participants = _participants(sent, names, mine)
    return DeploymentSheet(
        id=deployment,
        sheet=sheet,
        request=row.request_id,
        place=row.place,
        contacts=row.contacts,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        end_words=row.end_words,
        host=sheet.owner,
        participants=participants,
        duty=tuple(_duty(deployment, sheet.owner, bodies - {sheet.owner}, names, mine)),
        reports=tuple(_reports(deployment, names)),
        appraisals=tuple(appraisals_of([deployment])),
        lessons=tuple(_lessons(Lesson.objects.filter(deployment_id=deployment))),
        my_bodies=frozenset(bodies & mine),
    )


def deployments_listed(*, request: UUID | None = None, limit: int = 200) -> list[DeploymentLine]:
    """Deployments in sight, the latest first; of one request where it is named."""
    rows = Deployment.objects.select_related("record").order_by("-record__drafted_at", "pk")
    if request is not None:
        rows = rows.filter(request_id=request)
    found = list(rows[:limit])
    titles = titles_in_sight([row.record_id for row in found])
    names, mine = names_of({row.desk for row in found if row.desk}), acting_principals()
    return [
        DeploymentLine(
            id=row.record_id,
            title=titles.get(row.record_id, ""),
            state_names=names.get(row.desk or UUID(int=0), {}),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            sent_at=row.record.released_at,
            begun_at=row.begun_at,
            ended_at=row.ended_at,
            is_own=row.owner in mine,
        )
        for row in found
    ]


def lines_to_deploy(request: UUID) -> list[AcceptedLine]:
    """What of the accepted offers is in no deployment yet, for the asking state."""
    offers = list(Offer.objects.filter(request_id=request).values_list("record", "desk"))
    accepted = dict(
        AnswerLine.objects.filter(
            record__in=Answer.objects.filter(
                record__in=[one for one, _ in offers], outcome=Outcome.ACCEPTED
            ).values("record")
        ).values_list("line_id", "number")
    )
    taken = set(Participant.objects.filter(line__in=accepted).values_list("line", flat=True))
    names = names_of({desk for _, desk in offers if desk})
    rows = OfferLine.objects.filter(pk__in=set(accepted) - taken).order_by("record", "starts_on", "pk")
    return [
        AcceptedLine(
            row.pk,
            row.desk or UUID(int=0),
            names.get(row.desk or UUID(int=0), {}),
            Aid(row.aid),
            accepted[row.pk],
            row.post_title,
            row.starts_on,
            row.ends_on,
        )
        for row in rows
    ]


def appraisals_of(deployments: Collection[UUID]) -> list[AppraisalInSight]:
    """Appraisals in sight: those given, and those received."""
    rows = list(Appraisal.objects.filter(deployment__in=deployments).order_by("open_from", "pk"))
    names = names_of({row.about for row in rows} | {row.desk for row in rows if row.desk})
    return [_appraisal(row, names) for row in rows]


def appraisal_in_sight(appraisal: UUID) -> tuple[AppraisalInSight, RecordSheet] | None:
    """One appraisal with the record that it is."""
    row = Appraisal.objects.filter(record_id=appraisal).first()
    sheet = record_sheet(appraisal) if row else None
    if row is None or sheet is None:
        return None
    return _appraisal(row, names_of({row.about, sheet.owner})), sheet


def lesson_in_sight(lesson: UUID) -> tuple[LessonInSight, RecordSheet] | None:
    """One lesson with the record that it is."""
    found = _lessons(Lesson.objects.filter(record_id=lesson))
    sheet = record_sheet(lesson) if found else None
    return (found[0], sheet) if sheet else None


def _participants(
    sent: list[Participant], names: dict[UUID, dict[str, str]], mine: frozenset[UUID]
) -> tuple[ParticipantInSight, ...]:
    records = {one.record_id for one in sent}
    confirmed = dict(Confirmation.objects.filter(record__in=records).values_list("participant_id", "at"))
    asked = {
        entry: (consent, given)
        for entry, consent, given in Consent.objects.filter(deployment__in=records).values_list(
            "record_id", "pk", "given"
        )
    }
    return tuple(
        ParticipantInSight(
            id=one.pk,
            body=one.body,
            body_names=names.get(one.body, {}),
            aid=Aid(one.aid),
            number=one.number,
            entry=one.entry,
            post_title=one.post_title,
            confirmed_at=confirmed.get(one.pk),
            is_mine=one.body in mine,
            asked=asked.get(one.entry, (None, None))[0] if one.entry else None,
            agreed=asked.get(one.entry, (None, None))[1] if one.entry else None,
        )
        for one in sent
    )


def _duty(
    deployment: UUID,
    host: UUID,
    senders: Collection[UUID],
    names: dict[UUID, dict[str, str]],
    mine: frozenset[UUID],
) -> list[DutyLine]:
    done = {(row.item, row.body): row for row in DutyDone.objects.filter(record_id=deployment)}
    lines = []
    for code, item in duty_items().items():
        for body in [host] if item.side == "host" else sorted(senders):
            row = done.get((code, body))
            lines.append(
                DutyLine(
                    code,
                    body,
                    names.get(body, {}),
                    row.at if row else None,
                    row.note if row else "",
                    body in mine,
                )
            )
    return lines


def _reports(deployment: UUID, names: dict[UUID, dict[str, str]]) -> list[ReportInSight]:
    rows = Report.objects.filter(record_id=deployment).order_by("-happened_on", "-at")
    return [ReportInSight(names.get(row.body, {}), row.happened_on, row.words, row.at) for row in rows]


def _appraisal(row: Appraisal, names: dict[UUID, dict[str, str]]) -> AppraisalInSight:
    sheet = record_sheet(row.record_id)
    by = row.desk or UUID(int=0)
    return AppraisalInSight(
        row.record_id,
        by,
        names.get(by, {}),
        row.about,
        names.get(row.about, {}),
        row.as_agreed,
        row.fit_to_need,
        row.conduct,
        sheet.body if sheet else "",
        row.open_from,
    )


def _lessons(rows: Iterable[Lesson]) -> list[LessonInSight]:
    found = list(rows)
    answers = {
        row.record_id: row for row in Agreement.objects.filter(record__in=[one.record_id for one in found])
    }
    names = names_of({one.other for one in found} | {one.desk for one in found if one.desk})
    mine = acting_principals()
    lessons = []
    for one in found:
        sheet = record_sheet(one.record_id)
        if sheet is None:
            continue
        answer = answers.get(one.record_id)
        lessons.append(
            LessonInSight(
                id=one.record_id,
                title=sheet.title,
                words=sheet.body,
                by=sheet.owner,
                by_names=names.get(sheet.owner, {}),
                other=one.other,
                other_names=names.get(one.other, {}),
                agreed=answer.agreed if answer else None,
                answer=answer.words if answer else "",
                is_shared=one.shared_at is not None,
                may_answer=one.other in mine and answer is None,
                may_share=sheet.decides and answer is not None and answer.agreed and one.shared_at is None,
            )
        )
    return lessons
