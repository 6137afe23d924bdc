"""Help under way: setting it up, consents, duty of care, begin, reports, end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rtopnet.assistance.events import DeploymentBegun, DeploymentEnded
from rtopnet.assistance.lists import duty_items
from rtopnet.assistance.models import (
    AnswerLine,
    Confirmation,
    Consent,
    Deployment,
    DutyDone,
    Entry,
    Offer,
    OfferLine,
    Participant,
    Progress,
    Report,
    Request,
)
from rtopnet.assistance.queries.courses import course_of
from rtopnet.assistance.rules.course import Deed, expect
from rtopnet.assistance.services.requests import own_request
from rtopnet.assistance.services.sight import expect_desk, keep_deed, not_in_sight, tell
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.events import publish
from rtopnet.network.public import give_notice, states_of
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    acting_principals,
    address_record,
    database_now,
    draft_record,
    expect_body,
    release_record,
)

KIND = "deployment"


class DeploymentRefusedError(RuleBrokenError):
    """The deployment cannot be set up, begun or ended so."""


class ConsentMissingError(RuleBrokenError):
    """Somebody who is sent has not agreed to this deployment, or their sender has not confirmed it."""


class ConsentAnsweredError(RuleBrokenError):
    """The consent was given or refused before."""


@dataclass(frozen=True)
class Setting:
    """What a deployment is: terms of reference, place, time, whom to call."""

    title: str
    terms: str
    starts_on: date
    ends_on: date
    place: str = ""
    contacts: str = ""


def set_up_deployment(*, by: UUID, request: UUID, setting: Setting, lines: Sequence[UUID]) -> UUID:
    """Set up a deployment from accepted lines of offers; a draft until it is sent to those who take part.

    Raises:
        DeploymentRefusedError: a line was not accepted or is deployed already, or it ends before it begins.
        OwnerDecidesError: ``by`` is not the asking state's desk.
        StageRefusedError: nothing was accepted yet, or the request is over.
    """
    with acting_as(by):
        asked = own_request(request)
        expect_desk(asked)
        expect(course_of(request), Deed.BEGIN)
        if setting.ends_on < setting.starts_on:
            raise DeploymentRefusedError("until: it must not be before the first day.")
        accepted = _accepted(request, lines)
        record = draft_record(
            by=by,
            terms=Terms(KIND, Marking.AMBER),
            words=Words(setting.title, setting.terms),
            state=asked.state_id,
        )
        row = Deployment.objects.create(
            record_id=record,
            request_id=request,
            place=setting.place,
            contacts=setting.contacts,
            starts_on=setting.starts_on,
            ends_on=setting.ends_on,
        )
        for line, number in accepted.items():
            _take_part(record, line, number)
        row.refresh_from_db()
        keep_deed("set_up", "deployment", row)
        return record


def send_deployment(*, by: UUID, deployment: UUID) -> None:
    """Let every body that takes part read the deployment, and who else takes part.

    Raises:
        DeploymentRefusedError: it was sent before.
        OwnerDecidesError: ``by`` is not the asking state's desk.
    """
    with acting_as(by):
        row = _own_deployment(deployment)
        if row.open_from is not None:
            raise DeploymentRefusedError("The deployment was sent before.")
        bodies = set(Participant.objects.filter(record_id=deployment).values_list("body", flat=True))
        states = {state.id for state in states_of(row.record.region_id)} & bodies
        audience = Audience(states=frozenset(states), institutions=frozenset(bodies - states))
        address_record(by=by, record=deployment, audience=audience)
        release_record(by=by, record=deployment)
        keep_deed("sent", "deployment", row)


def ask_consent(*, by: UUID, deployment: UUID, entry: UUID, words: str) -> UUID:
    """Ask one of one's own experts whether they agree to this deployment.

    Raises:
        DeploymentRefusedError: the expert does not take part, or was asked before.
        OwnerDecidesError: ``by`` is not the keeper's desk.
    """
    with acting_as(by):
        work = _in_sight(deployment)
        row = Entry.objects.filter(record_id=entry).select_related("record").first()
        if row is None:
            raise not_in_sight()
        expect_desk(row)
        sent = Participant.objects.filter(record_id=deployment, entry=entry, body__in=acting_principals())
        if not sent.exists() or Consent.objects.filter(record_id=entry, deployment=deployment).exists():
            raise DeploymentRefusedError("This expert does not take part, or was asked before.")
        consent = Consent.objects.create(
            record_id=entry,
            deployment=deployment,
            words=words,
            starts_on=work.starts_on,
            ends_on=work.ends_on,
            account_id=row.account_id,
            asked_by_id=by,
        )
        keep_deed("asked_consent", "roster_entry", row)
        if row.account_id is not None:
            _tell_expert(row, consent)
        return consent.pk


def answer_consent(*, by: UUID, consent: UUID, given: bool, note: str = "") -> None:
    """Agree to a deployment, or not; of an expert without an account the keeper writes down what they said.

    Raises:
        ConsentAnsweredError: it was answered before.
        DeploymentRefusedError: the keeper answers for somebody without saying how they know.
        RecordNotInSightError: it is not for ``by`` to answer.
    """
    with acting_as(by):
        asked = Consent.objects.filter(pk=consent).select_related("record").first()
        if asked is None:
            raise not_in_sight()
        if asked.given is not None:
            raise ConsentAnsweredError("That was answered before.")
        if asked.account_id is None and not note.strip():
            raise DeploymentRefusedError("Say when and how the expert told you.")
        changed = Consent.objects.filter(pk=consent).update(
            given=given, note=note, answered_by_id=by, answered_at=database_now()
        )
        if not changed:
            raise not_in_sight()
        keep_deed("consented" if given else "refused", "roster_entry", asked)
        if asked.account_id == by:
            tell("consent_answered", [asked.desk] if asked.desk else [], asked, subject_kind="entry")


def confirm_participant(*, by: UUID, participant: UUID) -> None:
    """Confirm to the asking state that who is sent has agreed.

    Raises:
        ConsentMissingError: the expert has not agreed.
        OwnerDecidesError: ``by`` is not the sending body's desk.
    """
    with acting_as(by):
        sent = Participant.objects.filter(pk=participant).select_related("record").first()
        if sent is None:
            raise not_in_sight()
        expect_body(sent.body)
        if sent.entry is not None and not _has_agreed(sent.entry, sent.record_id):
            raise ConsentMissingError("The expert has to agree to this deployment first.")
        Confirmation.objects.get_or_create(
            participant=sent, defaults={"record_id": sent.record_id, "body": sent.body, "by_id": by}
        )
        keep_deed("confirmed", "deployment", sent, also={sent.body})
        _tell_host("confirmed", sent)


def set_duty_done(*, by: UUID, deployment: UUID, body: UUID, item: str, done: bool, note: str = "") -> None:
    """Note that ``body`` has seen to an item of the duty of care, or that it has not after all.

    Raises:
        DeploymentRefusedError: there is no such item, or it is for the other side.
        OwnerDecidesError: ``by`` is not the body's desk.
    """
    with acting_as(by):
        row = _in_sight(deployment)
        expect_body(body)
        about = duty_items().get(item)
        side = "host" if body == row.desk else "sender"
        if about is None or about.side != side or not _takes_part(row, body):
            raise DeploymentRefusedError("That is not for your side to see to.")
        DutyDone.objects.filter(record_id=deployment, item=item, body=body).delete()
        if done:
            DutyDone.objects.create(record_id=deployment, item=item, body=body, note=note, by_id=by)
        keep_deed("saw_to" if done else "reopened", "deployment", row, also={body}, detail={"item": item})


def begin_deployment(*, by: UUID, deployment: UUID) -> None:
    """Say that help has arrived.

    Raises:
        ConsentMissingError: a sender has not confirmed that who is sent agrees.
        DeploymentRefusedError: it was not sent, or has begun.
        OwnerDecidesError: ``by`` is not the asking state's desk.
    """
    with acting_as(by):
        row = _own_deployment(deployment)
        expect(course_of(row.request_id), Deed.BEGIN)
        if row.open_from is None or row.begun_at is not None:
            raise DeploymentRefusedError("It has to be sent to those who take part first, and begins once.")
        if Participant.objects.filter(record_id=deployment, confirmations__isnull=True).exists():
            raise ConsentMissingError("Every sender has to confirm first that who is sent has agreed.")
        Deployment.objects.filter(pk=row.pk).update(begun_at=database_now())
        keep_deed("began", "deployment", row)
        _tell_senders("began", row)
        publish(DeploymentBegun(deployment, by))


def report_on_deployment(*, by: UUID, deployment: UUID, body: UUID, happened_on: date, words: str) -> UUID:
    """Report what happened; every side that takes part reads it.

    Raises:
        DeploymentRefusedError: nothing is said, or it lies in the future.
        OwnerDecidesError: ``by`` is not the body's desk.
    """
    with acting_as(by):
        row = _in_sight(deployment)
        expect_body(body)
        if not _takes_part(row, body):
            raise not_in_sight()
        if not words.strip() or happened_on > today():
            raise DeploymentRefusedError("Say what happened, on a day that is not in the future.")
        report = Report.objects.create(
            record_id=deployment, body=body, happened_on=happened_on, words=words, by_id=by
        )
        keep_deed("reported", "deployment", row, also={body})
        _tell_others("reported", row, body)
        return report.pk


def end_deployment(*, by: UUID, deployment: UUID, words: str = "") -> None:
    """Say that the work is over.

    Raises:
        DeploymentRefusedError: it has not begun, or has ended.
        OwnerDecidesError: ``by`` is not the asking state's desk.
    """
    with acting_as(by):
        row = _own_deployment(deployment)
        changed = Deployment.objects.filter(pk=row.pk, begun_at__isnull=False, ended_at__isnull=True).update(
            ended_at=database_now(), end_words=words
        )
        if not changed:
            raise DeploymentRefusedError("It has not begun, or has ended already.")
        keep_deed("ended", "deployment", row)
        _tell_senders("ended", row)
        publish(DeploymentEnded(deployment, by))


def complete_request(*, by: UUID, record: UUID) -> None:
    """Say that the help asked for has been given; both sides appraise it then.

    Raises:
        DeploymentRefusedError: a deployment has not ended.
        OwnerDecidesError: ``by`` is not the asking state's desk.
        StageRefusedError: nothing is under way.
    """
    with acting_as(by):
        row = own_request(record)
        expect_desk(row)
        expect(course_of(record), Deed.COMPLETE)
        works = Deployment.objects.filter(request_id=record, open_from__isnull=False)
        if works.filter(begun_at__isnull=False, ended_at__isnull=True).exists():
            raise DeploymentRefusedError("End what is under way first.")
        at = database_now()
        Progress.objects.filter(record_id=record).update(completed_at=at)
        Request.objects.filter(record_id=record).update(closed_at=at)
        keep_deed("completed", "request", row)
        bodies = Participant.objects.filter(record__in=works.values("record")).values_list("body", flat=True)
        tell("completed", set(bodies), row)


def _accepted(request: UUID, lines: Sequence[UUID]) -> dict[UUID, int]:
    offers = Offer.objects.filter(request_id=request).values("record")
    accepted = dict(
        AnswerLine.objects.filter(record__in=offers, line__in=lines).values_list("line_id", "number")
    )
    taken = Participant.objects.filter(line__in=lines).values_list("line", flat=True)
    if not lines or set(lines) - set(accepted) or set(taken):
        raise DeploymentRefusedError("Choose lines that you accepted and that are in no other deployment.")
    return accepted


def _take_part(record: UUID, line: UUID, number: int) -> None:
    row = OfferLine.objects.get(pk=line)
    Participant.objects.create(
        record_id=record,
        body=row.desk or UUID(int=0),
        offer_id=row.record_id,
        line=line,
        aid=row.aid,
        number=number,
        entry=row.entry,
        post_title=row.post_title,
    )


def _has_agreed(entry: UUID, deployment: UUID) -> bool:
    return Consent.objects.filter(record_id=entry, deployment=deployment, given=True).exists()


def _in_sight(deployment: UUID) -> Deployment:
    row = Deployment.objects.filter(record_id=deployment).select_related("record").first()
    if row is None:
        raise not_in_sight()
    return row


def _own_deployment(deployment: UUID) -> Deployment:
    row = _in_sight(deployment)
    if row.owner not in acting_principals():
        raise not_in_sight()
    expect_desk(row)
    return row


def _takes_part(row: Deployment, body: UUID) -> bool:
    return body == row.desk or Participant.objects.filter(record_id=row.record_id, body=body).exists()


def _senders(row: Deployment) -> set[UUID]:
    return set(Participant.objects.filter(record_id=row.record_id).values_list("body", flat=True))


def _tell_senders(about: str, row: Deployment) -> None:
    tell(about, _senders(row), row, subject_kind="deployment")


def _tell_host(about: str, sent: Participant) -> None:
    tell(about, [sent.desk] if sent.desk else [], sent, subject_kind="deployment", who=sent.body)


def _tell_others(about: str, row: Deployment, body: UUID) -> None:
    everybody = _senders(row) | ({row.desk} if row.desk else set())
    tell(about, everybody - {body}, row, subject_kind="deployment", who=body)


def _tell_expert(row: Entry, consent: Consent) -> None:
    if row.account_id is not None:
        give_notice(
            kind="assistance.consent_asked",
            accounts=[row.account_id],
            region=row.record.region_id,
            subject_kind="assistance.consent",
            subject=consent.pk,
            who=row.desk,
        )
