"""Asking for help: drafting, submitting, circulating, stopping."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from rtopnet.assistance.events import RequestCirculated, RequestWithdrawn
from rtopnet.assistance.lists import skills as known_skills
from rtopnet.assistance.models import Answer, Deployment, Need, Offer, Progress, Regret, Request
from rtopnet.assistance.queries.courses import course_of
from rtopnet.assistance.rules.course import Deed, expect
from rtopnet.assistance.rules.words import Area, Form, Outcome, Pillar
from rtopnet.assistance.services.sight import actor, expect_desk, keep_deed, not_in_sight, tell
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.events import publish
from rtopnet.sharing.public import (
    Audience,
    Marking,
    NobodyAddressedError,
    Terms,
    Words,
    acting_principals,
    address_record,
    database_now,
    draft_record,
    expect_body,
    recall_record,
    release_record,
    revise_record,
)

KIND = "assistance_request"
MOST_SKILLS = 8


class NeedRefusedError(RuleBrokenError):
    """A need contradicts itself, or a request has none."""


@dataclass(frozen=True)
class Asking:
    """What a request says; days in the asking state's own calendar."""

    title: str
    body: str = ""
    conditions: str = ""
    needed_by: date | None = None


@dataclass(frozen=True)
class Wish:
    """One thing that is needed, as it is written down; ``form`` goes with the second pillar alone."""

    what: str
    area: Area
    pillar: Pillar
    starts_on: date
    ends_on: date
    form: Form | None = None
    skills: Sequence[str] = ()
    level: int = 1
    languages: Sequence[str] = ()
    clearances: Sequence[str] = ()
    number: int = 1
    place: str = ""
    budget: Decimal | None = None
    currency: str = ""


def draft_request(
    *,
    by: UUID,
    state: UUID,
    asking: Asking,
    marking: Marking = Marking.AMBER,
    open_to_contributors: bool = False,
) -> UUID:
    """Begin a request of ``state`` for itself; the record that it is.

    Raises:
        OwnerDecidesError: ``by`` is not of the state's people. An institution cannot ask, nor one state
            for another.
    """
    with acting_as(by):
        record = draft_record(
            by=by,
            terms=Terms(KIND, marking, open_to_contributors=open_to_contributors),
            words=Words(asking.title, asking.body),
            state=state,
        )
        row = Request.objects.create(
            record_id=record, state_id=state, conditions=asking.conditions, needed_by=asking.needed_by
        )
        Progress.objects.create(record_id=record)
        row.refresh_from_db()
        keep_deed("drafted", "request", row)
        return record


def revise_request(*, by: UUID, record: UUID, asking: Asking, seen: datetime | None = None) -> None:
    """Write the draft anew.

    Raises:
        RecordChangedError: somebody else changed it since ``seen``.
        StageRefusedError: it is not a draft any more.
    """
    with acting_as(by):
        row = own_request(record)
        expect(course_of(record), Deed.SUBMIT)
        revise_record(by=by, record=record, words=Words(asking.title, asking.body), seen=seen)
        Request.objects.filter(pk=row.pk).update(conditions=asking.conditions, needed_by=asking.needed_by)
        keep_deed("revised", "request", row)


def add_need(*, by: UUID, record: UUID, wish: Wish) -> UUID:
    """Add something that is needed to the draft; its id.

    Raises:
        NeedRefusedError: the need contradicts itself.
        StageRefusedError: it is not a draft any more.
    """
    with acting_as(by):
        row = own_request(record)
        expect(course_of(record), Deed.SUBMIT)
        _expect_sound(wish)
        last = Need.objects.filter(record_id=record).order_by("-position").first()
        need = Need.objects.create(
            record_id=record, position=last.position + 1 if last else 1, **_columns(wish)
        )
        keep_deed("added_need", "request", row)
        return need.pk


def change_need(*, by: UUID, need: UUID, wish: Wish) -> None:
    """Write a need of the draft anew.

    Raises:
        NeedRefusedError: the need contradicts itself.
        StageRefusedError: the request is not a draft any more.
    """
    with acting_as(by):
        row = _request_of_need(need)
        _expect_sound(wish)
        Need.objects.filter(pk=need).update(**_columns(wish))
        keep_deed("changed_need", "request", row)


def remove_need(*, by: UUID, need: UUID) -> None:
    """Take a need out of the draft.

    Raises:
        StageRefusedError: the request is not a draft any more.
    """
    with acting_as(by):
        row = _request_of_need(need)
        Need.objects.filter(pk=need).delete()
        keep_deed("removed_need", "request", row)


def submit_request(*, by: UUID, record: UUID) -> None:
    """Hand the draft to the state's focal point, who decides whom it goes to.

    Raises:
        NeedRefusedError: it names nothing that is needed.
        StageRefusedError: it was submitted before.
    """
    with acting_as(by):
        row = own_request(record)
        expect(course_of(record), Deed.SUBMIT)
        if not Need.objects.filter(record_id=record).exists():
            raise NeedRefusedError("Say at least one thing that is needed before you submit the request.")
        Progress.objects.filter(record_id=record).update(submitted_at=database_now(), submitted_by_id=by)
        keep_deed("submitted", "request", row)
        if row.desk not in acting_principals():
            tell("submitted", [row.state_id], row)


def return_request(*, by: UUID, record: UUID) -> None:
    """Hand it back to its writer as a draft.

    Raises:
        OwnerDecidesError: ``by`` is not the state's desk.
        StageRefusedError: it was not submitted, or has gone out.
    """
    with acting_as(by):
        row = own_request(record)
        expect_desk(row)
        expect(course_of(record), Deed.RETURN)
        Progress.objects.filter(record_id=record).update(submitted_at=None, submitted_by=None)
        keep_deed("returned", "request", row)


def address_request(*, by: UUID, record: UUID, audience: Audience) -> None:
    """Choose whom the request goes to; nobody reads it before it is circulated.

    Raises:
        MarkingTooNarrowError: its marking does not let it go so far.
        StageRefusedError: it was not submitted, or has gone out.
    """
    with acting_as(by):
        row = own_request(record)
        expect_desk(row)
        expect(course_of(record), Deed.CIRCULATE)
        address_record(by=by, record=record, audience=audience)
        keep_deed("addressed", "request", row)


def circulate_request(*, by: UUID, record: UUID) -> None:
    """Let those whom the state chose read the request and make offers.

    Raises:
        NobodyAddressedError: nobody was chosen.
        OwnerDecidesError: ``by`` is not the state's desk.
        StageRefusedError: it was not submitted, or has gone out.
    """
    with acting_as(by):
        row = own_request(record)
        expect_desk(row)
        expect(course_of(record), Deed.CIRCULATE)
        release_record(by=by, record=record)
        keep_deed("circulated", "request", row)
        publish(RequestCirculated(record, by))


def withdraw_request(*, by: UUID, record: UUID, words: str = "") -> None:
    """Stop the request: nobody outside reads it any more, every offer is closed and who offered is told.

    Raises:
        OwnerDecidesError: ``by`` is not the state's desk.
        StageRefusedError: the work is done, or it was withdrawn before.
    """
    with acting_as(by):
        row = own_request(record)
        expect_desk(row)
        course = course_of(record)
        expect(course, Deed.WITHDRAW)
        offers = list(Offer.objects.filter(request_id=record).select_related("record"))
        answered = set(
            Answer.objects.filter(record__in=[o.record_id for o in offers]).values_list("record", flat=True)
        )
        for offer in offers:
            if offer.record_id not in answered:
                Answer.objects.create(
                    record_id=offer.record_id,
                    state_id=row.state_id,
                    outcome=Outcome.CLOSED,
                    words=words,
                    by_id=by,
                )
            tell(
                "withdrawn", [offer.desk] if offer.desk else [], offer, subject_kind="offer", who=row.state_id
            )
        at = database_now()
        Progress.objects.filter(record_id=record).update(withdrawn_at=at, ended_at=at)
        _call_off(row, words)
        # A draft stays with its state, which alone knows of it.
        if course.circulated_at is not None:
            recall_record(by=by, record=record)
        keep_deed("withdrew", "request", row, also={o.desk for o in offers if o.desk})
        publish(RequestWithdrawn(record, by))


def send_regret(*, by: UUID, record: UUID, body: UUID, words: str = "") -> None:
    """Tell the asking state that ``body`` will not offer anything this time.

    Raises:
        OwnerDecidesError: ``by`` is not the body's desk.
        RecordNotInSightError: there is no such request for it.
    """
    with acting_as(by):
        expect_body(body)
        row = Request.objects.filter(record_id=record).select_related("record").first()
        if row is None or row.desk == body:
            raise not_in_sight()
        with transaction.atomic():
            Regret.objects.filter(record_id=record, body=body).delete()
            Regret.objects.create(record_id=record, body=body, words=words, by_id=by)
        keep_deed("regretted", "request", row, also={body})
        tell("regretted", [row.state_id], row, who=body)


def own_request(record: UUID) -> Request:
    """The request, for its state's own people.

    Raises:
        RecordNotInSightError: it is not in sight, or another's.
    """
    row = Request.objects.filter(record_id=record).select_related("record").first()
    if row is None or row.owner not in acting_principals():
        raise not_in_sight()
    return row


def expect_addressees(audience: Audience) -> None:
    """Refuse an empty choice in the words of a request.

    Raises:
        NobodyAddressedError: nobody was chosen.
    """
    if audience.reach() is None:
        raise NobodyAddressedError("Choose at least one state or institution to ask.")


def _call_off(row: Request, words: str) -> None:
    """End what is under way, and take back what has not begun."""
    at, by = database_now(), actor()
    for work in Deployment.objects.filter(request_id=row.record_id, ended_at__isnull=True):
        if work.begun_at is not None:
            Deployment.objects.filter(pk=work.pk).update(ended_at=at, end_words=words)
        elif work.open_from is not None:
            recall_record(by=by, record=work.record_id)


def _request_of_need(need: UUID) -> Request:
    row = Need.objects.filter(pk=need).first()
    if row is None:
        raise not_in_sight()
    request = own_request(row.record_id)
    expect(course_of(row.record_id), Deed.SUBMIT)
    return request


def _expect_sound(wish: Wish) -> None:
    if wish.ends_on < wish.starts_on:
        raise NeedRefusedError("until: it must not be before the first day.")
    if (wish.pillar is Pillar.HELP) != (wish.form is not None):
        raise NeedRefusedError(
            "form: help under the second pillar has one of three forms; other needs have none."
        )
    if wish.number < 1:
        raise NeedRefusedError("number: ask for one at least.")
    if len(set(wish.skills)) > MOST_SKILLS:
        raise NeedRefusedError(f"skills: name {MOST_SKILLS} at most; ask for the rest as another need.")
    if unknown := sorted(set(wish.skills) - set(known_skills())):
        raise NeedRefusedError(f"skills: not on the list: {', '.join(unknown)}.")
    if (wish.budget is None) != (not wish.currency):
        raise NeedRefusedError("budget: an amount needs its currency.")


def _columns(wish: Wish) -> dict[str, object]:
    return {
        "what": wish.what,
        "area": wish.area.value,
        "pillar": wish.pillar.value,
        "form": wish.form.value if wish.form else "",
        "skills": sorted(set(wish.skills)),
        "level": wish.level,
        "languages": sorted(set(wish.languages)),
        "clearances": sorted(set(wish.clearances)),
        "number": wish.number,
        "starts_on": wish.starts_on,
        "ends_on": wish.ends_on,
        "place": wish.place,
        "budget": wish.budget,
        "currency": wish.currency,
    }
