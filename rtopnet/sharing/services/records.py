"""Verbs on records: each is one transaction that authorises, decides, writes, keeps the ledger and tells."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Max

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.events import publish
from rtopnet.network.public import Account
from rtopnet.sharing.events import (
    OfARecord,
    RecordDrafted,
    RecordRecalled,
    RecordReleased,
    RecordRevised,
    RecordWithdrawn,
    ReleaseAnswered,
    ReleaseRequested,
)
from rtopnet.sharing.models import Addressee, Existence, Reading, Record, RecordText, ReleaseRequest
from rtopnet.sharing.queries import acting_principals, audience_of, database_now, people_of
from rtopnet.sharing.rules import (
    Audience,
    Marking,
    NobodyAddressedError,
    OwnerDecidesError,
    Reach,
    RecordClosedError,
    RecordNotInSightError,
    RequestAnsweredError,
    audience_fits,
)

ANSWER_WITHIN = timedelta(days=7)
"""How long an owner has to answer a request for release before it shows as overdue."""

NOT_IN_SIGHT = "There is no such record that you may know of."


@dataclass(frozen=True)
class Words:
    """What a version of a record says."""

    title: str
    body: str


@dataclass(frozen=True)
class Terms:
    """On what terms a record is kept and shared."""

    kind: str
    marking: Marking
    chatham_house: bool = False
    open_to_contributors: bool = False
    existence_only: bool = False
    embargo_until: datetime | None = None
    expires_at: datetime | None = None


def draft_record(
    *, by: UUID, terms: Terms, words: Words, state: UUID | None = None, institution: UUID | None = None
) -> UUID:
    """Begin a record of a state or an institution; contributors begin only what is open to contributors.

    Raises:
        OwnerDecidesError: ``by`` is not of the owner's people, or names no owner or two.
    """
    with acting_as(by):
        _expect_own(state, institution, terms)
        record = Record.objects.create(
            region_id=Account.objects.get(pk=by).region_id,
            owner_state_id=state,
            owner_institution_id=institution,
            drafted_by_id=by,
            kind=terms.kind,
            marking=terms.marking.value,
            chatham_house=terms.chatham_house,
            open_to_contributors=terms.open_to_contributors,
            existence_only=terms.existence_only,
            embargo_until=terms.embargo_until,
            expires_at=terms.expires_at,
        )
        _write_version(record, 1, words, by)
        _tell("drafted", record, RecordDrafted(record.pk, by))
        return record.pk


def address_record(*, by: UUID, record: UUID, audience: Audience) -> None:
    """Set to whom the record is addressed; after release that takes effect at once.

    Raises:
        MarkingTooNarrowError: the marking does not let it go so far.
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with _at_the_desk(by, record) as row:
        _expect_open(row)
        audience_fits(Marking(row.marking), audience)
        Addressee.objects.filter(record=row).delete()
        for line in _lines(audience):
            Addressee.objects.create(record=row, **line)
        _keep("addressed", row, {"addressees": len(_lines(audience))})


def revise_record(*, by: UUID, record: UUID, words: Words) -> int:
    """Write the draft anew, or, once it is released, a further version; its number.

    Raises:
        OwnerDecidesError: it is released and ``by`` is not the owner's desk, or it is not the owner's at all.
        RecordClosedError: it was recalled or withdrawn.
    """
    with acting_as(by):
        row = _own_in_sight(record, must_decide=False)
        _expect_open(row)
        newest = RecordText.objects.filter(record=row).aggregate(newest=Max("version"))["newest"] or 0
        if row.released_at is None:
            draft = RecordText.objects.filter(record=row, version=newest)
            if not draft.update(
                title=words.title, body=words.body, written_by_id=by, written_at=database_now()
            ):
                raise RecordClosedError("The record was released meanwhile; revise it again.")
        else:
            _expect_desk(row)
            newest += 1
            _write_version(row, newest, words, by)
        _tell("revised", row, RecordRevised(row.pk, by), {"version": newest})
        return newest


def release_record(*, by: UUID, record: UUID) -> None:
    """Let its addressees read the record, from its embargo on.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
        MarkingTooNarrowError: the audience goes further than the marking.
        NobodyAddressedError: it has no addressee, nor is its existence to be shown.
        RecordClosedError: it was released before, recalled or withdrawn.
    """
    with _at_the_desk(by, record) as row:
        _expect_open(row)
        if row.released_at is not None:
            raise RecordClosedError("The record is released already.")
        audience = audience_of(row.pk)
        audience_fits(Marking(row.marking), audience)
        if audience.reach() is None and not row.existence_only:
            raise NobodyAddressedError("The record has no addressee: name one, or show that it exists.")
        Record.objects.filter(pk=row.pk).update(released_at=database_now())
        _tell("released", row, RecordReleased(row.pk, by), {"marking": Marking(row.marking).name})


def recall_record(*, by: UUID, record: UUID) -> None:
    """Take the record back: its content is gone for every addressee at once.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
        RecordClosedError: it is not released, or was recalled or withdrawn before.
    """
    with _at_the_desk(by, record) as row:
        _expect_open(row)
        if row.released_at is None:
            raise RecordClosedError("The record is not released, so there is nothing to recall.")
        Record.objects.filter(pk=row.pk).update(recalled_at=database_now())
        _tell("recalled", row, RecordRecalled(row.pk, by))


def withdraw_record(*, by: UUID, record: UUID) -> None:
    """Delete the record's content; who knew of the record sees that its owner withdrew it.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
        RecordClosedError: it was withdrawn before.
    """
    with _at_the_desk(by, record) as row:
        if row.withdrawn_at is not None:
            raise RecordClosedError("The record was withdrawn before.")
        Record.objects.filter(pk=row.pk).update(withdrawn_at=database_now())
        RecordText.objects.filter(record=row).delete()
        _tell("withdrawn", row, RecordWithdrawn(row.pk, by))


def note_reading(*, by: UUID, record: UUID, how: Literal["opened", "exported"] = "opened") -> bool:
    """Enter an addressee's reading of AMBER or stricter in the owner's release ledger; whether it was.

    Raises:
        RecordNotInSightError: ``by`` does not read the record.
    """
    with acting_as(by):
        row = _in_sight(record)
        if row.marking > Marking.AMBER or row.owner in acting_principals():
            return False
        Reading.objects.create(record=row, account_id=by, at=database_now(), how=how)
        _keep(how, row)
        return True


def request_release(*, by: UUID, record: UUID, reason: str) -> UUID:
    """Ask the owner of a record that one knows of to be let read it.

    Raises:
        RecordNotInSightError: there is none, or ``by`` may not know of it.
        RecordClosedError: it was recalled or withdrawn.
    """
    with acting_as(by):
        known = Existence.objects.filter(pk=record).first()
        if known is None:
            raise RecordNotInSightError(NOT_IN_SIGHT)
        if known.recalled_at or known.withdrawn_at:
            raise RecordClosedError("The record was recalled or withdrawn by its owner.")
        now = database_now()
        request = ReleaseRequest.objects.create(
            record_id=record, asked_by_id=by, asked_at=now, due_at=now + ANSWER_WITHIN, reason=reason
        )
        record_deed(verb="requested", kind="sharing.release_request", subject=request.pk)
        publish(ReleaseRequested(record, by))
        return request.pk


def answer_request(*, by: UUID, request: UUID, granted: bool, answer: str) -> None:
    """Answer a request for release; granting names the asker among the record's addressees.

    Raises:
        RecordNotInSightError: there is no such request for ``by`` to know of.
        OwnerDecidesError: ``by`` is not the owner's desk.
        RequestAnsweredError: it has its answer already.
        RecordClosedError: granted, but the record was recalled or withdrawn.
    """
    with acting_as(by):
        asked = ReleaseRequest.objects.filter(pk=request).first()
        if asked is None:
            raise RecordNotInSightError("There is no such request that you may know of.")
        _expect_desk(asked)
        open_requests = ReleaseRequest.objects.filter(pk=request, granted__isnull=True)
        if not open_requests.update(
            granted=granted, answer=answer, answered_by_id=by, answered_at=database_now()
        ):
            raise RequestAnsweredError("The request has its answer already.")
        if granted:
            _name(asked.asked_by_id, _in_sight(asked.record_id))
        record_deed(verb="granted" if granted else "refused", kind="sharing.release_request", subject=request)
        publish(ReleaseAnswered(asked.record_id, by))


def _name(account: UUID, row: Record) -> None:
    _expect_open(row)
    if account not in audience_of(row.pk).persons:
        Addressee.objects.create(record=row, reach=Reach.PERSONS, account_id=account)


@contextmanager
def _at_the_desk(by: UUID, record: UUID) -> Iterator[Record]:
    with acting_as(by):
        yield _own_in_sight(record, must_decide=True)


def _in_sight(record: UUID) -> Record:
    row = Record.objects.filter(pk=record).first()
    if row is None:
        raise RecordNotInSightError(NOT_IN_SIGHT)
    return row


def _own_in_sight(record: UUID, *, must_decide: bool) -> Record:
    row = _in_sight(record)
    if must_decide:
        _expect_desk(row)
        # Two who decide at once take turns; only the desk may lock.
        return Record.objects.select_for_update().get(pk=record)
    if row.owner not in acting_principals():
        raise OwnerDecidesError("Only the owner's people may revise the record.")
    return row


def _expect_desk(row: Record | ReleaseRequest) -> None:
    if row.desk not in acting_principals():
        raise OwnerDecidesError("Only the owner's focal point or deputy may do this.")


def _expect_open(row: Record) -> None:
    if row.recalled_at is not None or row.withdrawn_at is not None:
        raise RecordClosedError("The record was recalled or withdrawn; draft a new one.")


def _expect_own(state: UUID | None, institution: UUID | None, terms: Terms) -> None:
    owners = [owner for owner in (state, institution) if owner is not None]
    mine = acting_principals()
    if len(owners) != 1:
        raise OwnerDecidesError("A record has one owner: a state or an institution.")
    if owners[0] in mine or (terms.open_to_contributors and people_of(owners[0]) in mine):
        return
    raise OwnerDecidesError("Only the owner's people may draft its records.")


def _write_version(row: Record, version: int, words: Words, by: UUID) -> None:
    RecordText.objects.create(
        record=row,
        version=version,
        title=words.title,
        body=words.body,
        written_by_id=by,
        written_at=database_now(),
    )


def _lines(audience: Audience) -> list[dict[str, UUID | int]]:
    named: list[tuple[Reach, str, frozenset[UUID]]] = [
        (Reach.PERSONS, "account_id", audience.persons),
        (Reach.NAMED_BODIES, "state_id", audience.states),
        (Reach.NAMED_BODIES, "institution_id", audience.institutions),
        (Reach.GROUPS, "group_id", audience.groups),
    ]
    lines: list[dict[str, UUID | int]] = [
        {"reach": reach, column: found} for reach, column, ids in named for found in sorted(ids)
    ]
    everybody = [(Reach.NETWORK, audience.network), (Reach.PUBLIC, audience.public)]
    return lines + [{"reach": reach} for reach, is_in in everybody if is_in]


def _tell(
    verb: str, row: Record, event: OfARecord, detail: Mapping[str, str | int | None] | None = None
) -> None:
    _keep(verb, row, detail)
    publish(event)


def _keep(verb: str, row: Record, detail: Mapping[str, str | int | None] | None = None) -> None:
    owner = row.owner_state_id or row.owner_institution_id
    record_deed(
        verb=verb,
        kind="sharing.record",
        subject=row.pk,
        region=row.region_id,
        detail=detail,
        books=[owner] if owner else [],
    )
