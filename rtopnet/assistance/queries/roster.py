"""The roster as its keeper sees it, and one's own entry."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from rtopnet.assistance.models import Consent, Correction, Entry
from rtopnet.assistance.rules.fit import Candidate, Held
from rtopnet.assistance.rules.words import Aid
from rtopnet.kernel.acting import acting_account
from rtopnet.network.public import names_of
from rtopnet.sharing.public import acting_principals, record_sheet


@dataclass(frozen=True)
class CorrectionInSight:
    """What an expert said of their entry, and what became of it."""

    id: UUID
    words: str
    forget: bool
    at: datetime
    settled_at: datetime | None
    taken_over: bool | None
    answer: str


@dataclass(frozen=True)
class ConsentInSight:
    """An expert is asked whether they agree to a deployment."""

    id: UUID
    entry: UUID
    post_title: str
    deployment: UUID
    words: str
    starts_on: date
    ends_on: date
    account: UUID | None
    asked_at: datetime
    given: bool | None
    note: str
    may_answer: bool


@dataclass(frozen=True)
class EntryInSight:
    """An entry with all of it; ``is_own`` for the keeper's people, ``is_me`` for whom it is about."""

    id: UUID
    keeper: UUID
    keeper_names: dict[str, str]
    aid: Aid
    post_title: str
    person: str
    account: UUID | None
    skills: dict[str, Held]
    languages: tuple[str, ...]
    experience_years: int
    number: int
    periods: tuple[tuple[date, date], ...]
    clearances: dict[str, date | None]
    asks_again_on: date | None
    is_own: bool
    decides: bool
    is_me: bool
    notes: str = ""
    corrections: tuple[CorrectionInSight, ...] = ()
    consents: tuple[ConsentInSight, ...] = ()

    def as_candidate(self, marks: tuple[int, ...] = ()) -> Candidate:
        """It, as far as fitting depends on it."""
        return Candidate(
            id=self.id,
            skills=self.skills,
            languages=frozenset(self.languages),
            periods=self.periods,
            clearances=self.clearances,
            marks=marks,
            aid=self.aid,
        )


def entries_kept(*, search: str = "", limit: int = 500) -> list[EntryInSight]:
    """The rosters of the acting account's bodies, by post; ``search`` looks at posts, persons and skills."""
    rows = Entry.objects.filter(owner__in=acting_principals()).order_by("post_title", "pk")
    wanted = search.strip().lower()
    found = [row for row in rows[:limit] if not wanted or wanted in _said(row)]
    return _entries(found)


def own_entries() -> list[EntryInSight]:
    """Entries about the acting account itself, whoever keeps them."""
    me = acting_account()
    return _entries(Entry.objects.filter(account_id=me).order_by("pk")) if me else []


def entry_in_sight(record: UUID) -> EntryInSight | None:
    """One entry, for its keeper's people and for whom it is about."""
    row = Entry.objects.filter(record_id=record).first()
    sheet = record_sheet(record) if row else None
    if row is None or sheet is None:
        return None
    return _entry(
        row,
        names_of([sheet.owner]),
        notes=sheet.body,
        corrections=tuple(_corrections(record)),
        consents=tuple(consents_in_sight(entry=record)),
    )


def consents_in_sight(
    *, entry: UUID | None = None, open_only: bool = False, consent: UUID | None = None
) -> list[ConsentInSight]:
    """Consents asked of one's own experts or of oneself."""
    rows = Consent.objects.order_by("-asked_at")
    if entry is not None:
        rows = rows.filter(record_id=entry)
    if consent is not None:
        rows = rows.filter(pk=consent)
    if open_only:
        rows = rows.filter(given__isnull=True)
    found = list(rows)
    posts = dict(
        Entry.objects.filter(record__in={row.record_id for row in found}).values_list(
            "record_id", "post_title"
        )
    )
    mine, me = acting_principals(), acting_account()
    return [
        ConsentInSight(
            id=row.pk,
            entry=row.record_id,
            post_title=posts.get(row.record_id, ""),
            deployment=row.deployment,
            words=row.words,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            account=row.account_id,
            asked_at=row.asked_at,
            given=row.given,
            note=row.note,
            may_answer=row.given is None and (row.account_id == me if row.account_id else row.desk in mine),
        )
        for row in found
    ]


def consents_called(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Consents in sight, in words that tell nothing of their deployment."""
    found = Consent.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return dict.fromkeys(found, _("a deployment"))


def correction_in_sight(correction: UUID) -> tuple[UUID, CorrectionInSight] | None:
    """A correction with the entry that it is about."""
    row = Correction.objects.filter(pk=correction).first()
    return (row.record_id, _correction(row)) if row else None


def _corrections(record: UUID) -> list[CorrectionInSight]:
    return [_correction(row) for row in Correction.objects.filter(record_id=record).order_by("-at")]


def _correction(row: Correction) -> CorrectionInSight:
    return CorrectionInSight(
        row.pk, row.words, row.forget, row.at, row.settled_at, row.taken_over, row.answer
    )


def _entries(rows: Iterable[Entry]) -> list[EntryInSight]:
    found = list(rows)
    names = names_of({row.desk for row in found if row.desk})
    return [_entry(row, names) for row in found]


def _entry(
    row: Entry,
    names: dict[UUID, dict[str, str]],
    *,
    notes: str = "",
    corrections: tuple[CorrectionInSight, ...] = (),
    consents: tuple[ConsentInSight, ...] = (),
) -> EntryInSight:
    mine = acting_principals()
    keeper = row.desk or UUID(int=0)
    return EntryInSight(
        id=row.record_id,
        keeper=keeper,
        keeper_names=names.get(keeper, {}),
        aid=Aid(row.aid),
        post_title=row.post_title,
        person=row.person,
        account=row.account_id,
        skills=held_skills(row.skills, row.levels, row.skills_until),
        languages=tuple(row.languages),
        experience_years=row.experience_years,
        number=row.number,
        periods=held_periods(row.periods),
        clearances=held_clearances(row.clearances),
        asks_again_on=row.asks_again_on,
        is_own=row.owner in mine,
        decides=row.desk in mine,
        is_me=row.account_id is not None and row.account_id == acting_account(),
        notes=notes,
        corrections=corrections,
        consents=consents,
    )


def held_skills(codes: list[str], levels: list[int], until: list[date | None]) -> dict[str, Held]:
    """An entry's skills as the rules take them."""
    return {code: Held(level, end) for code, level, end in zip(codes, levels, until, strict=True)}


def held_periods(periods: list[list[str]]) -> tuple[tuple[date, date], ...]:
    """An entry's availability as the rules take it."""
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in periods)


def held_clearances(clearances: list[dict[str, str | None]]) -> dict[str, date | None]:
    """An entry's clearances as the rules take them."""
    return {
        str(one["name"]): date.fromisoformat(one["until"]) if one["until"] else None for one in clearances
    }


def _said(row: Entry) -> str:
    return " ".join([row.post_title, row.person, *row.skills, *row.languages]).lower()
