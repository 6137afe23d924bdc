"""Offering help, and answering what is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import get_language, gettext

from rtopnet.assistance.events import OfferAnswered, OfferMade
from rtopnet.assistance.models import Answer, AnswerLine, Entry, Need, Offer, OfferLine, Request
from rtopnet.assistance.queries.courses import course_of
from rtopnet.assistance.rules.course import Deed, expect
from rtopnet.assistance.rules.coverage import expect_on_offer
from rtopnet.assistance.rules.words import Aid, Outcome
from rtopnet.assistance.services.requests import own_request
from rtopnet.assistance.services.sight import expect_desk, keep_deed, not_in_sight, tell
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import today
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.events import publish
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
    recall_record,
    release_record,
)

KIND = "assistance_offer"


class OfferRefusedError(RuleBrokenError):
    """The offer holds nothing, contradicts itself, or its request takes none."""


class OfferAnsweredError(RuleBrokenError):
    """The offer has its answer."""


@dataclass(frozen=True)
class OnOffer:
    """So many of something for one need; of a roster entry only its id and its post's title go along."""

    need: UUID
    aid: Aid
    number: int
    starts_on: date
    ends_on: date
    entry: UUID | None = None
    amount: Decimal | None = None
    currency: str = ""
    words: str = ""


def draft_offer(
    *,
    by: UUID,
    request: UUID,
    body: UUID,
    valid_until: date,
    lines: Sequence[OnOffer],
    conditions: str = "",
) -> UUID:
    """Begin an offer of ``body`` for a request that was sent to it; nobody else reads it yet.

    Raises:
        OfferRefusedError: it contradicts itself, or the request takes no more offers.
        OwnerDecidesError: ``by`` is not the body's desk.
        RecordNotInSightError: there is no such request for it.
    """
    with acting_as(by):
        expect_body(body)
        asked = _open_request(request)
        states = {state.id: state for state in states_of(asked.record.region_id)}
        # Not the request's own title, which the offer would keep after the request was withdrawn.
        language = get_language() or "en"
        title = gettext("Offer to %(state)s") % {"state": states[asked.state_id].name(language)}
        is_state = body in states
        offer = draft_record(
            by=by,
            terms=Terms(KIND, Marking.AMBER_STRICT),
            words=Words(title, ""),
            **{"state" if is_state else "institution": body},
        )
        row = Offer.objects.create(
            record_id=offer, request_id=request, conditions=conditions, valid_until=valid_until
        )
        _write_lines(offer, asked, lines)
        row.refresh_from_db()
        keep_deed("drafted", "offer", row)
        return offer


def revise_offer(
    *, by: UUID, offer: UUID, valid_until: date, lines: Sequence[OnOffer], conditions: str = ""
) -> None:
    """Write the draft of an offer anew.

    Raises:
        OfferRefusedError: it contradicts itself, or it was sent.
    """
    with acting_as(by):
        row = _own_offer(offer)
        _expect_draft(row)
        OfferLine.objects.filter(record_id=offer).delete()
        _write_lines(offer, _open_request(row.request_id), lines)
        Offer.objects.filter(pk=row.pk).update(conditions=conditions, valid_until=valid_until)
        keep_deed("revised", "offer", row)


def send_offer(*, by: UUID, offer: UUID) -> None:
    """Let the asking state, and nobody else, read the offer.

    Raises:
        OfferRefusedError: it holds nothing, its time is over, or the request takes no more offers.
        OwnerDecidesError: ``by`` is not the offering body's desk.
    """
    with acting_as(by):
        row = _own_offer(offer)
        _expect_draft(row)
        asked = _open_request(row.request_id)
        if not OfferLine.objects.filter(record_id=offer).exists():
            raise OfferRefusedError("Offer something for one of the needs at least.")
        if row.valid_until < today():
            raise OfferRefusedError("valid until: this day is over.")
        address_record(by=by, record=offer, audience=Audience(states=frozenset({asked.state_id})))
        release_record(by=by, record=offer)
        row.refresh_from_db()
        keep_deed("made", "offer", row)
        publish(OfferMade(offer, by))


def take_back_offer(*, by: UUID, offer: UUID) -> None:
    """Take an offer back that has no answer yet.

    Raises:
        OfferAnsweredError: it was answered.
        OwnerDecidesError: ``by`` is not the offering body's desk.
    """
    with acting_as(by):
        row = _own_offer(offer)
        _expect_unanswered(row)
        recall_record(by=by, record=offer)
        keep_deed("took_back", "offer", row)


def accept_offer(*, by: UUID, offer: UUID, accepted: Mapping[UUID, int], words: str = "") -> None:
    """Accept of each line as many as ``accepted`` says; what is not in it is not accepted.

    Raises:
        NotOnOfferError: more than is offered, or nothing.
        OfferAnsweredError: it was answered, or its time is over.
        OwnerDecidesError: ``by`` is not the asking state's desk.
        StageRefusedError: the request's stage does not allow it.
    """
    with acting_as(by):
        row, asked = _offer_to_answer(offer)
        expect(course_of(asked.record_id), Deed.ACCEPT)
        if row.valid_until < today():
            raise OfferAnsweredError("The offer was valid until a day that is over; ask for a new one.")
        lines = dict(OfferLine.objects.filter(record_id=offer).values_list("pk", "number"))
        expect_on_offer(lines, accepted)
        answer = _answer(row, asked, by, Outcome.ACCEPTED, words)
        for line, number in accepted.items():
            if number:
                AnswerLine.objects.create(
                    record_id=offer, answer=answer, line_id=line, state_id=asked.state_id, number=number
                )


def decline_offer(*, by: UUID, offer: UUID, words: str) -> None:
    """Decline an offer, with words for those who made it.

    Raises:
        OfferAnsweredError: it was answered.
        OfferRefusedError: no words are given.
        OwnerDecidesError: ``by`` is not the asking state's desk.
    """
    with acting_as(by):
        row, asked = _offer_to_answer(offer)
        if not words.strip():
            raise OfferRefusedError("Say in a few words why; whoever offered help deserves them.")
        _answer(row, asked, by, Outcome.DECLINED, words)


def _answer(row: Offer, asked: Request, by: UUID, outcome: Outcome, words: str) -> Answer:
    answer = Answer.objects.create(
        record_id=row.record_id, state_id=asked.state_id, outcome=outcome, words=words, by_id=by
    )
    keep_deed(outcome.value, "offer", row, also={asked.state_id})
    tell("answered", [row.desk] if row.desk else [], row, subject_kind="offer", who=asked.state_id)
    publish(OfferAnswered(row.record_id, by))
    return answer


def _offer_to_answer(offer: UUID) -> tuple[Offer, Request]:
    row = Offer.objects.filter(record_id=offer, open_from__isnull=False).select_related("record").first()
    if row is None or row.owner in acting_principals():
        raise not_in_sight()
    asked = own_request(row.request_id)
    expect_desk(asked)
    _expect_unanswered(row)
    return row, asked


def _expect_unanswered(row: Offer) -> None:
    if Answer.objects.filter(record_id=row.record_id).exists():
        raise OfferAnsweredError("The offer has been answered.")


def _expect_draft(row: Offer) -> None:
    expect_desk(row)
    if row.open_from is not None:
        raise OfferRefusedError("The offer was sent; take it back and make another one.")


def _own_offer(offer: UUID) -> Offer:
    row = Offer.objects.filter(record_id=offer).select_related("record").first()
    if row is None or row.owner not in acting_principals():
        raise not_in_sight()
    return row


def _open_request(request: UUID) -> Request:
    """The request of another state, while it takes offers."""
    row = Request.objects.filter(record_id=request).select_related("record").first()
    if row is None or row.owner in acting_principals():
        raise not_in_sight()
    if row.closed_at is not None:
        raise OfferRefusedError("The state takes no more offers for this request.")
    return row


def _write_lines(offer: UUID, asked: Request, lines: Sequence[OnOffer]) -> None:
    needs = set(Need.objects.filter(record_id=asked.record_id).values_list("pk", flat=True))
    titles = _post_titles({line.entry for line in lines if line.entry})
    for line in lines:
        _expect_sound(line, needs, titles)
        OfferLine.objects.create(
            record_id=offer,
            need_id=line.need,
            aid=line.aid.value,
            number=line.number,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            entry=line.entry,
            post_title=titles.get(line.entry, "") if line.entry else "",
            amount=line.amount,
            currency=line.currency,
            words=line.words,
        )


def _post_titles(entries: set[UUID]) -> dict[UUID, str]:
    mine = acting_principals()
    rows = Entry.objects.filter(record__in=entries, owner__in=mine)
    return dict(rows.values_list("record_id", "post_title"))


def _expect_sound(line: OnOffer, needs: set[UUID], entries: Mapping[UUID, str]) -> None:
    if line.need not in needs:
        raise OfferRefusedError("need: that is not one of the request's.")
    if line.ends_on < line.starts_on:
        raise OfferRefusedError("until: it must not be before the first day.")
    if line.number < 1:
        raise OfferRefusedError("number: offer one at least.")
    if line.aid is Aid.MONEY and line.amount is None:
        raise OfferRefusedError("amount: say how much money.")
    if (line.amount is None) != (not line.currency):
        raise OfferRefusedError("amount: it needs its currency.")
    if line.entry is not None and line.entry not in entries:
        raise OfferRefusedError("entry: that is not on your roster.")
