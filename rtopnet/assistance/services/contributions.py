"""Money and goods given for a request: pledged, committed, disbursed, in kind."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from rtopnet.assistance.models import Contribution, Request, Step
from rtopnet.assistance.rules.words import Flow
from rtopnet.assistance.services.sight import expect_desk, keep_deed, not_in_sight, tell
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import states_of
from rtopnet.sharing.public import (
    Audience,
    Marking,
    Terms,
    Words,
    acting_principals,
    address_record,
    draft_record,
    expect_body,
    release_record,
)

KIND = "contribution"


class ContributionRefusedError(RuleBrokenError):
    """An amount is nothing, or lacks its currency."""


@dataclass(frozen=True)
class Given:
    """One step of a contribution."""

    flow: Flow
    amount: Decimal
    currency: str
    value_on: date
    words: str = ""


def contribute(
    *, by: UUID, request: UUID, body: UUID, title: str, given: Given, marking: Marking = Marking.AMBER
) -> UUID:
    """Give something for a request, as ``body``; the asking state reads it, and with CLEAR anybody.

    Raises:
        ContributionRefusedError: the amount is nothing, or lacks its currency.
        OwnerDecidesError: ``by`` is not the body's desk.
        RecordNotInSightError: there is no such request for it.
    """
    with acting_as(by):
        expect_body(body)
        _expect_sound(given)
        asked = Request.objects.filter(record_id=request).select_related("record").first()
        if asked is None or asked.open_from is None:
            raise not_in_sight()
        is_state = body in {state.id for state in states_of(asked.record.region_id)}
        record = draft_record(
            by=by,
            terms=Terms(KIND, marking),
            words=Words(title, ""),
            **{"state" if is_state else "institution": body},
        )
        row = Contribution.objects.create(record_id=record, request_id=request)
        _step(record, given)
        audience = Audience(states=frozenset({asked.state_id}), public=marking is Marking.CLEAR)
        address_record(by=by, record=record, audience=audience)
        release_record(by=by, record=record)
        row.refresh_from_db()
        keep_deed("gave", "contribution", row)
        return record


def add_step(*, by: UUID, contribution: UUID, given: Given) -> None:
    """Go a step further with a contribution: commit what was pledged, pay out what was committed.

    Raises:
        ContributionRefusedError: the amount is nothing, or lacks its currency.
        OwnerDecidesError: ``by`` is not the giving body's desk.
    """
    with acting_as(by):
        row = Contribution.objects.filter(record_id=contribution).select_related("record").first()
        if row is None or row.owner not in acting_principals():
            raise not_in_sight()
        expect_desk(row)
        _expect_sound(given)
        _step(contribution, given)
        keep_deed("went_on", "contribution", row)
        asked = Request.objects.filter(record_id=row.request_id).first()
        if asked is not None:
            tell("contributed", [asked.state_id], row, subject_kind="contribution")


def _step(record: UUID, given: Given) -> None:
    Step.objects.create(
        record_id=record,
        flow=given.flow.value,
        amount=given.amount,
        currency=given.currency,
        value_on=given.value_on,
        words=given.words,
    )


def _expect_sound(given: Given) -> None:
    if given.amount <= 0:
        raise ContributionRefusedError("amount: it must be more than nothing.")
    if len(given.currency) != 3:  # noqa: PLR2004 -- as ISO 4217 has it
        raise ContributionRefusedError("currency: write its three letters.")
