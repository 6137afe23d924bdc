"""Offers as the acting account may see them: its own, and those made to its state."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from rtopnet.assistance.models import Answer, AnswerLine, Need, Offer, OfferLine
from rtopnet.assistance.queries.requests import NeedInSight, needs_of
from rtopnet.assistance.rules.coverage import Covered, covered
from rtopnet.assistance.rules.words import Aid, Outcome
from rtopnet.kernel.clock import today
from rtopnet.network.public import names_of
from rtopnet.sharing.public import RecordSheet, acting_principals, record_sheet, titles_in_sight


@dataclass(frozen=True)
class OfferLineInSight:
    """A part of an offer, and how much of it was accepted."""

    id: UUID
    need: UUID
    what: str
    aid: Aid
    number: int
    starts_on: date
    ends_on: date
    entry: UUID | None
    post_title: str
    amount: Decimal | None
    currency: str
    words: str
    accepted: int


@dataclass(frozen=True)
class AnswerInSight:
    """How the asking state answered."""

    outcome: Outcome
    words: str
    at: datetime


@dataclass(frozen=True)
class OfferInSight:
    """An offer with its lines and its answer."""

    id: UUID
    request: UUID
    request_title: str
    """Empty where the request is out of sight, as one that was withdrawn."""
    title: str
    body: UUID
    body_names: dict[str, str]
    conditions: str
    valid_until: date
    sent_at: datetime | None
    is_own: bool
    decides: bool
    lines: tuple[OfferLineInSight, ...]
    answer: AnswerInSight | None
    sheet: RecordSheet | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer and can still be accepted."""
        return self.sent_at is not None and self.answer is None and self.valid_until >= today()

    @property
    def is_accepted(self) -> bool:
        """Whether any of it was accepted."""
        return self.answer is not None and self.answer.outcome is Outcome.ACCEPTED


@dataclass(frozen=True)
class ComparedNeed:
    """A need, how far it is covered, and what each offer in turn has for it."""

    need: NeedInSight
    covered: Covered
    cells: tuple[tuple[OfferLineInSight, ...], ...]


@dataclass(frozen=True)
class Comparison:
    """A request's offers side by side."""

    offers: tuple[OfferInSight, ...]
    needs: tuple[ComparedNeed, ...]

    @property
    def missing(self) -> tuple[ComparedNeed, ...]:
        """What no accepted offer covers."""
        return tuple(row for row in self.needs if row.covered.missing)


def offer_in_sight(offer: UUID) -> OfferInSight | None:
    """One offer, with the record that it is, where the acting account reads it."""
    row = Offer.objects.filter(record_id=offer).select_related("record").first()
    sheet = record_sheet(offer) if row else None
    if row is None or sheet is None:
        return None
    return _offers([row], {offer: sheet})[0]


def offers_listed(*, own: bool, limit: int = 200) -> list[OfferInSight]:
    """Offers that the acting account's bodies made, or those made to its state; the latest first."""
    mine = acting_principals()
    rows = Offer.objects.select_related("record").order_by("-record__drafted_at", "pk")
    rows = rows.filter(owner__in=mine) if own else rows.exclude(owner__in=mine)
    return _offers(list(rows[:limit]))


def offers_for(request: UUID) -> list[OfferInSight]:
    """Offers for one request: the asking state sees all that were sent, others their own alone."""
    rows = Offer.objects.filter(request_id=request).select_related("record")
    return _offers(list(rows.order_by("record__released_at", "pk")))


def comparison(request: UUID) -> Comparison:
    """A request's offers side by side, with what is covered and what is missing."""
    offers = tuple(one for one in offers_for(request) if one.is_open or one.is_accepted)
    needs = needs_of([request])
    lines = [(one, line) for one in offers for line in one.lines]
    sums = covered(
        {need.id: need.number for need in needs},
        [(line.need, line.number) for one, line in lines if one.is_open],
        [(line.need, line.accepted) for _, line in lines],
    )
    rows = tuple(
        ComparedNeed(
            need,
            how_far,
            tuple(tuple(line for line in one.lines if line.need == need.id) for one in offers),
        )
        for need, how_far in zip(needs, sums, strict=True)
    )
    return Comparison(offers, rows)


def _offers(rows: list[Offer], sheets: dict[UUID, RecordSheet] | None = None) -> list[OfferInSight]:
    records = [row.record_id for row in rows]
    mine, names = acting_principals(), names_of({row.desk for row in rows if row.desk})
    titles = titles_in_sight({*records, *(row.request_id for row in rows)})
    lines, answers = _lines(records), _answers(records)
    return [
        OfferInSight(
            id=row.record_id,
            request=row.request_id,
            request_title=titles.get(row.request_id, ""),
            title=titles.get(row.record_id, ""),
            body=row.desk or UUID(int=0),
            body_names=names.get(row.desk or UUID(int=0), {}),
            conditions=row.conditions,
            valid_until=row.valid_until,
            sent_at=row.record.released_at,
            is_own=row.owner in mine,
            decides=row.desk in mine,
            lines=tuple(lines.get(row.record_id, ())),
            answer=answers.get(row.record_id),
            sheet=(sheets or {}).get(row.record_id),
        )
        for row in rows
    ]


def _answers(offers: Collection[UUID]) -> dict[UUID, AnswerInSight]:
    rows = Answer.objects.filter(record__in=offers)
    return {row.record_id: AnswerInSight(Outcome(row.outcome), row.words, row.at) for row in rows}


def _lines(offers: Collection[UUID]) -> dict[UUID, list[OfferLineInSight]]:
    rows = list(OfferLine.objects.filter(record__in=offers).order_by("record", "starts_on", "pk"))
    accepted = dict(AnswerLine.objects.filter(record__in=offers).values_list("line_id", "number"))
    # Of a request that was withdrawn the needs are out of sight; the offer's own words stay.
    needs = _needs({row.need_id for row in rows})
    found: dict[UUID, list[OfferLineInSight]] = defaultdict(list)
    for row in rows:
        found[row.record_id].append(
            OfferLineInSight(
                id=row.pk,
                need=row.need_id,
                what=needs.get(row.need_id, ""),
                aid=Aid(row.aid),
                number=row.number,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                entry=row.entry,
                post_title=row.post_title,
                amount=row.amount,
                currency=row.currency,
                words=row.words,
                accepted=accepted.get(row.pk, 0),
            )
        )
    return found


def _needs(needs: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Need.objects.filter(pk__in=needs).values_list("pk", "what"))
