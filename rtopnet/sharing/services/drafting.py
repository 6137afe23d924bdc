"""Beginning a record, and writing it anew."""

from datetime import datetime
from uuid import UUID

from rtopnet.kernel.acting import acting_as
from rtopnet.network.public import Account, Institution, State
from rtopnet.sharing.events import RecordDrafted, RecordRevised
from rtopnet.sharing.models import Record, RecordText
from rtopnet.sharing.queries import acting_principals, audience_of, database_now, people_of
from rtopnet.sharing.rules import (
    OwnerDecidesError,
    RecordChangedError,
    TermsRefusedError,
    audience_fits,
)
from rtopnet.sharing.services.parts import carry_parts, keep_parts
from rtopnet.sharing.services.search import index_record
from rtopnet.sharing.services.sight import (
    at_the_desk,
    expect_desk,
    expect_open,
    keep_deed,
    may_draft_for,
    own_in_sight,
    tell,
)
from rtopnet.sharing.services.telling import plan_telling
from rtopnet.sharing.services.words import Terms, Words


def draft_record(
    *, by: UUID, terms: Terms, words: Words, state: UUID | None = None, institution: UUID | None = None
) -> UUID:
    """Begin a record of a state or an institution; contributors begin only what is open to contributors.

    Raises:
        OwnerDecidesError: ``by`` is not of the owner's people, or names no owner or two.
        TermsRefusedError: it would end before it opens.
    """
    with acting_as(by):
        _expect_own(state, institution, terms)
        _expect_sound(terms)
        record = Record.objects.create(
            region_id=Account.objects.get(pk=by).region_id,
            owner_state_id=state,
            owner_institution_id=institution,
            drafted_by_id=by,
            **_columns(terms),
        )
        _write_version(record, 1, words, by)
        keep_parts(record, 1, words.parts or ())
        index_record(record=record.pk)
        tell("drafted", record, RecordDrafted(record.pk, by))
        return record.pk


def set_terms(*, by: UUID, record: UUID, terms: Terms) -> None:
    """Set on what terms the record is kept and shared; after release that takes effect at once.

    Raises:
        MarkingTooNarrowError: its audience goes further than the new marking.
        OwnerDecidesError: ``by`` is not the owner's desk.
        RecordClosedError: it was recalled or withdrawn.
        TermsRefusedError: it would end before it opens.
    """
    with at_the_desk(by, record) as row:
        expect_open(row)
        audience_fits(terms.marking, audience_of(row.pk))
        _expect_sound(terms)
        Record.objects.filter(pk=row.pk).update(**_columns(terms))
        keep_deed("set_terms", row, {"marking": terms.marking.name})
        if row.released_at is not None:
            plan_telling(row, "released")


def revise_record(
    *, by: UUID, record: UUID, words: Words, seen: datetime | None = None, take_back_earlier: bool = False
) -> int:
    """Write the draft anew, or, once it is released, a further version; its number.

    Args:
        by: the acting account.
        record: its id.
        words: what it says from now on.
        seen: when the version that was revised had been written; another one meanwhile refuses the revision.
        take_back_earlier: addressees no longer read the versions before.

    Raises:
        OwnerDecidesError: it is released and ``by`` is not the owner's desk, or it is not the owner's at all.
        RecordChangedError: somebody else revised it since ``seen``.
        RecordClosedError: it was recalled or withdrawn.
        MarkingTooNarrowError: a part's marking does not let it go as far as its audience.
    """
    with acting_as(by):
        row = own_in_sight(record, must_decide=False)
        if row.released_at is not None:
            row = own_in_sight(record, must_decide=True)
        expect_open(row)
        newest = RecordText.objects.filter(record=row).order_by("-version").first()
        if newest is not None and seen is not None and newest.written_at != seen:
            raise RecordChangedError("Somebody else changed the record meanwhile; look at it again.")
        number = newest.version if newest else 0
        if row.released_at is None:
            _rewrite_draft(row, number, words, by, seen)
        else:
            number += 1
            _write_version(row, number, words, by)
            carry_parts(row, number, words.parts)
        index_record(record=row.pk)
        if take_back_earlier:
            expect_desk(row)
            Record.objects.filter(pk=row.pk).update(oldest_version=number)
        tell("revised", row, RecordRevised(row.pk, by), {"version": number})
        if row.released_at is not None:
            plan_telling(row, "revised")
        return number


def _rewrite_draft(row: Record, number: int, words: Words, by: UUID, seen: datetime | None) -> None:
    draft = RecordText.objects.filter(record=row, version=number)
    if seen is not None:
        # Of two who write at once, the second finds words that it had not seen.
        draft = draft.filter(written_at=seen)
    changed = {"title": words.title, "body": words.body, "written_by_id": by, "written_at": database_now()}
    if not draft.update(**changed):
        raise RecordChangedError("The record was changed or released meanwhile; look at it again.")
    if words.parts is not None:
        keep_parts(row, number, words.parts)


def _expect_own(state: UUID | None, institution: UUID | None, terms: Terms) -> None:
    owners = [owner for owner in (state, institution) if owner is not None]
    mine = acting_principals()
    if len(owners) != 1:
        raise OwnerDecidesError("A record has one owner: a state or an institution.")
    is_theirs = owners[0] in mine or (
        terms.open_to_contributors and people_of(owners[0]) in mine and may_draft_for(owners[0])
    )
    # Nothing else that one reads as keeps records, and a state is no institution.
    kind = State if state is not None else Institution
    if not is_theirs or not kind.objects.filter(pk=owners[0]).exists():
        raise OwnerDecidesError("Only the owner's people may draft its records.")


def _expect_sound(terms: Terms) -> None:
    if terms.embargo_until and terms.expires_at and terms.expires_at <= terms.embargo_until:
        raise TermsRefusedError("expiry: it must be later than the embargo.")


def _columns(terms: Terms) -> dict[str, str | int | bool | datetime | None]:
    return {
        "kind": terms.kind,
        "marking": terms.marking.value,
        "chatham_house": terms.chatham_house,
        "open_to_contributors": terms.open_to_contributors,
        "existence_only": terms.existence_only,
        "embargo_until": terms.embargo_until,
        "expires_at": terms.expires_at,
    }


def _write_version(row: Record, version: int, words: Words, by: UUID) -> None:
    RecordText.objects.create(
        record=row,
        version=version,
        title=words.title,
        body=words.body,
        written_by_id=by,
        written_at=database_now(),
    )
