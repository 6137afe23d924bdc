"""Keeping a roster: entries, what experts say of their own, asking again, forgetting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from rtopnet.assistance.lists import skills as known_skills
from rtopnet.assistance.models import Consent, Correction, Entry
from rtopnet.assistance.rules.fit import Held
from rtopnet.assistance.rules.words import LEVELS, Aid
from rtopnet.assistance.services.sight import expect_desk, keep_deed, not_in_sight, tell
from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.public import states_of
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
    revise_record,
    tell_desks,
    withdraw_record,
)

KIND = "roster_entry"
ASK_AGAIN = timedelta(days=30)
"""How long before something runs out its keeper is asked to have it confirmed."""


class EntryRefusedError(RuleBrokenError):
    """An entry contradicts itself."""


class CorrectionSettledError(RuleBrokenError):
    """The correction was settled before."""


@dataclass(frozen=True)
class OnRoster:
    """What a keeper writes down of an expert or of something else that it could offer."""

    post_title: str
    aid: Aid = Aid.EXPERTS
    person: str = ""
    account: UUID | None = None
    """The expert's own, if they have one; they read their entry and answer for themselves."""
    skills: Mapping[str, Held] = field(default_factory=dict)
    languages: Sequence[str] = ()
    experience_years: int = 0
    number: int = 1
    periods: Sequence[tuple[date, date]] = ()
    clearances: Mapping[str, date | None] = field(default_factory=dict)
    notes: str = ""


def keep_entry(*, by: UUID, body: UUID, region: UUID, entry: OnRoster) -> UUID:
    """Take an expert or a standing offer into the roster of ``body``; nobody outside can browse it.

    Raises:
        EntryRefusedError: it contradicts itself.
        OwnerDecidesError: ``by`` is not the body's desk.
    """
    with acting_as(by):
        expect_body(body)
        _expect_sound(entry)
        is_state = body in {state.id for state in states_of(region)}
        record = draft_record(
            by=by,
            terms=Terms(KIND, Marking.RED),
            words=Words(entry.post_title, entry.notes),
            **{"state" if is_state else "institution": body},
        )
        row = Entry.objects.create(record_id=record, **_columns(entry))
        _let_read(by, record, entry.account)
        row.refresh_from_db()
        keep_deed("kept", "roster_entry", row)
        return record


def change_entry(*, by: UUID, record: UUID, entry: OnRoster) -> None:
    """Write an entry anew; whoever it is about sees the change.

    Raises:
        EntryRefusedError: it contradicts itself.
        OwnerDecidesError: ``by`` is not the keeper's desk.
    """
    with acting_as(by):
        row = _own_entry(record)
        _expect_sound(entry)
        before = row.account_id
        revise_record(
            by=by, record=record, words=Words(entry.post_title, entry.notes), take_back_earlier=True
        )
        Entry.objects.filter(pk=row.pk).update(asked_again_at=None, **_columns(entry))
        if before != entry.account:
            _let_read(by, record, entry.account, was_open=row.open_from is not None)
        keep_deed("changed", "roster_entry", row)


def correct_entry(*, by: UUID, record: UUID, words: str = "", forget: bool = False) -> UUID:
    """Say what is wrong in one's own entry, or ask to be forgotten; the keeper is told.

    Raises:
        EntryRefusedError: nothing is said.
        RecordNotInSightError: ``by`` has no such entry.
    """
    with acting_as(by):
        row = Entry.objects.filter(record_id=record, account_id=by).select_related("record").first()
        if row is None:
            raise not_in_sight()
        if not words.strip() and not forget:
            raise EntryRefusedError("Say what is wrong.")
        correction = Correction.objects.create(record_id=record, by_id=by, words=words, forget=forget)
        keep_deed("corrected", "roster_entry", row)
        tell("corrected", [row.desk] if row.desk else [], row, subject_kind="entry")
        return correction.pk


def settle_correction(*, by: UUID, correction: UUID, taken_over: bool, answer: str = "") -> None:
    """Say that a correction was taken over into the entry, or why not.

    Raises:
        CorrectionSettledError: it was settled before.
        EntryRefusedError: it is refused without a word.
        OwnerDecidesError: ``by`` is not the keeper's desk.
    """
    with acting_as(by):
        asked = Correction.objects.filter(pk=correction).first()
        if asked is None:
            raise not_in_sight()
        row = _own_entry(asked.record_id)
        if not taken_over and not answer.strip():
            raise EntryRefusedError("Say why it is not taken over.")
        changed = Correction.objects.filter(pk=correction, settled_at__isnull=True).update(
            settled_at=database_now(), settled_by_id=by, taken_over=taken_over, answer=answer
        )
        if not changed:
            raise CorrectionSettledError("The correction was settled before.")
        keep_deed("settled", "roster_entry", row)


def forget_entry(*, by: UUID, record: UUID) -> None:
    """Delete everything that the roster holds of somebody; the ledger keeps that there was an entry.

    What was offered before names a post and no person, and stays as it is.

    Raises:
        OwnerDecidesError: ``by`` is not the keeper's desk.
    """
    with acting_as(by):
        row = _own_entry(record)
        withdraw_record(by=by, record=record)
        for model in (Consent, Correction, Entry):
            model.objects.filter(record_id=record).delete()
        keep_deed("forgot", "roster_entry", row)


def ask_for_confirmations() -> int:
    """Ask keepers to have clearances and skills confirmed that run out soon, once each; how many entries."""
    with acting_for(Capacity.INSTALLATION):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT record, desk, region, runs_out_on FROM assistance_running_out(%s)",
                [today() + ASK_AGAIN],
            )
            rows = cursor.fetchall()
        for record, desk, region, _ in rows:
            record_deed(
                verb="asked_again",
                kind="assistance.roster_entry",
                subject=record,
                region=region,
                books=[desk],
            )
            tell_desks(
                kind="assistance.runs_out",
                bodies=[desk],
                region=region,
                subject=record,
                subject_kind="assistance.entry",
            )
        return len(rows)


def _let_read(by: UUID, record: UUID, account: UUID | None, *, was_open: bool = False) -> None:
    """Let the expert, and nobody else outside the keeper's people, read the entry."""
    if account is None and not was_open:
        return
    address_record(by=by, record=record, audience=Audience(persons=frozenset({account} if account else ())))
    if account is not None and not was_open:
        release_record(by=by, record=record)


def _own_entry(record: UUID) -> Entry:
    row = Entry.objects.filter(record_id=record).select_related("record").first()
    if row is None or row.owner not in acting_principals():
        raise not_in_sight()
    expect_desk(row)
    return row


def _expect_sound(entry: OnRoster) -> None:
    if not entry.post_title.strip():
        raise EntryRefusedError("post: say what the post is, or what could be offered.")
    if unknown := sorted(set(entry.skills) - set(known_skills())):
        raise EntryRefusedError(f"skills: not on the list: {', '.join(unknown)}.")
    if any(held.level not in LEVELS for held in entry.skills.values()):
        raise EntryRefusedError("skills: a level is 1, 2 or 3.")
    if any(last < first for first, last in entry.periods):
        raise EntryRefusedError("availability: a period must not end before it begins.")
    if entry.number < 1:
        raise EntryRefusedError("number: there is one at least.")


def _columns(entry: OnRoster) -> dict[str, object]:
    codes = sorted(entry.skills)
    periods = sorted(entry.periods)
    return {
        "aid": entry.aid.value,
        "post_title": entry.post_title,
        "person": entry.person,
        "account_id": entry.account,
        "skills": codes,
        "levels": [entry.skills[code].level for code in codes],
        "skills_until": [entry.skills[code].until for code in codes],
        "languages": sorted(set(entry.languages)),
        "experience_years": entry.experience_years,
        "number": entry.number,
        "periods": [[first.isoformat(), last.isoformat()] for first, last in periods],
        "first_day": min((first for first, _ in periods), default=None),
        "last_day": max((last for _, last in periods), default=None),
        "clearances": [
            {"name": name, "until": until.isoformat() if until else None}
            for name, until in sorted(entry.clearances.items())
        ],
        "asks_again_on": min(_ends(entry), default=None),
    }


def _ends(entry: OnRoster) -> Iterable[date]:
    yield from (held.until for held in entry.skills.values() if held.until)
    yield from (until for until in entry.clearances.values() if until)
