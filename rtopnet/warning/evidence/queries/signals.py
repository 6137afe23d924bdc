"""Signals as the acting account may read them, those that belong together as one."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from rtopnet.sharing.public import titles_in_sight
from rtopnet.warning.evidence.models import (
    Dismissal,
    Signal,
    SignalJudgement,
    SignalLink,
    SignalRevision,
    SignalSource,
    SignalUse,
)
from rtopnet.warning.evidence.rules.linking import (
    Judgement,
    Likeness,
    Told,
    groups,
    independent_sources,
)
from rtopnet.warning.evidence.rules.linking import Tie as SignalTie

GROUPS_ON_A_PAGE = 25
SCANNED = 400
"""Signals that one page looks at; what belongs together with them is looked up beside."""
MOST_COUNTED = 20_000
_STEPS = 3
"""How far a group is followed from one signal to the next."""


@dataclass(frozen=True)
class WantedSignals:
    """Which signals are asked for; empty values ask for all."""

    state: str = ""
    source: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None
    dismissed: bool = False
    """Those that the reader's own desk set aside, instead of the others."""


@dataclass(frozen=True)
class SignalLine:
    """A signal in a list."""

    id: UUID
    title: str
    source_key: str
    source_name: str
    is_licensed: bool
    published_at: datetime
    first_day: date
    last_day: date
    day_known: bool
    place: str
    state: str
    state_names: Mapping[str, str]
    outlets: tuple[str, ...]
    deaths: int | None
    language: str
    url: str
    gone_at: datetime | None


@dataclass(frozen=True)
class SignalGroup:
    """Signals that tell of one event; the newest first."""

    lead: SignalLine
    others: tuple[SignalLine, ...]
    sources: int
    """How many tell of it independently."""


@dataclass(frozen=True)
class SignalPage:
    """A page of groups; ``older`` asks for the next one and is empty at the end."""

    groups: tuple[SignalGroup, ...]
    older: str


@dataclass(frozen=True)
class JudgementInSight:
    """What a desk said of two signals, and why."""

    other: UUID
    other_title: str
    joined: bool
    reason: str
    body: UUID
    at: datetime


@dataclass(frozen=True)
class RevisionInSight:
    """What a signal said before."""

    revision: int
    title: str
    text: str
    deaths: int | None
    fetched_at: datetime


@dataclass(frozen=True)
class DismissalInSight:
    """Why the reader's own desk set a signal aside."""

    body: UUID
    reason: str
    at: datetime


@dataclass(frozen=True)
class SignalSheet:
    """Everything about a signal that the reader may know."""

    line: SignalLine
    text: str
    revision: int
    revisions: tuple[RevisionInSight, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    kind: str
    latitude: float | None
    longitude: float | None
    reach_km: int
    licence: str
    attribution: str
    raw_sha256: str
    fetched_at: datetime
    others: tuple[SignalLine, ...]
    """Those that belong together with it."""
    nearby: tuple[SignalLine, ...]
    """Others of the same days and state, which a desk may join."""
    sources: int
    judgements: tuple[JudgementInSight, ...]
    reports: Mapping[UUID, str]
    """Records that rest on it and that the reader reads, by their titles."""
    dismissals: tuple[DismissalInSight, ...]


@dataclass(frozen=True)
class SourceHealth:
    """A source, and how reading it goes."""

    key: str
    name: str
    kind: str
    licence: str
    attribution: str
    is_licensed: bool
    enabled: bool
    every_minutes: int
    tried_at: datetime | None
    brought_at: datetime | None
    newest_at: datetime | None
    brought: int
    set_aside: int
    next_try_at: datetime | None
    error: str
    error_detail: str
    fails_in_a_row: int


def signals_in_sight(wanted: WantedSignals, *, before: str = "") -> SignalPage:
    """The newest groups of signals that the acting account may read, older than ``before``."""
    asked = _wanted(wanted)
    cursor = _cursor(before)
    rows = list(_older(asked, cursor).order_by("-published_at", "-id")[:SCANNED])
    woven = _Woven(rows)
    newest = {row.pk: (row.published_at, row.pk) for row in rows}
    if cursor is not None:
        shown = asked.filter(pk__in=list(woven.rows)).values_list("pk", "published_at")
        newest |= {pk: (at, pk) for pk, at in shown}
    found = [_group(woven, members, newest) for members in woven.groups]
    leads = [(lead, group) for lead, group in found if lead and (cursor is None or lead < cursor)]
    leads.sort(key=lambda each: each[0], reverse=True)
    page = leads[:GROUPS_ON_A_PAGE]
    older = ""
    if len(leads) > GROUPS_ON_A_PAGE:
        older = _written(page[-1][0])
    elif len(rows) == SCANNED:
        older = _written((rows[-1].published_at, rows[-1].pk))
    return SignalPage(tuple(group for _, group in page), older)


def signal_sheet(signal: UUID) -> SignalSheet | None:
    """Everything about a signal, where it is in sight."""
    row = Signal.objects.select_related("source", "state").filter(pk=signal).first()
    if row is None:
        return None
    woven = _Woven([row])
    group = next(members for members in woven.groups if str(signal) in members)
    others = sorted(
        (woven.rows[UUID(each)] for each in group if each != str(signal)),
        key=lambda other: (other.published_at, other.pk),
        reverse=True,
    )
    return SignalSheet(
        line=_line(row),
        text=row.text,
        revision=row.revision,
        revisions=_revisions(row),
        actors=tuple(row.actors),
        targets=tuple(row.targets),
        kind=row.kind,
        latitude=row.latitude,
        longitude=row.longitude,
        reach_km=row.reach_km,
        licence=row.source.licence,
        attribution=row.source.attribution,
        raw_sha256=row.raw_sha256,
        fetched_at=row.fetched_at,
        others=tuple(_line(other) for other in others),
        nearby=_nearby(row, {UUID(each) for each in group}),
        sources=woven.independent(group),
        judgements=_judgements(row),
        reports=_reports(row),
        dismissals=tuple(
            DismissalInSight(each.body, each.reason, each.at)
            for each in Dismissal.objects.filter(signal=row).order_by("at")
        ),
    )


def sources_in_sight() -> list[SourceHealth]:
    """The sources whose signals the acting account may read, by name."""
    return [
        SourceHealth(**{name: getattr(row, name) for name in SourceHealth.__dataclass_fields__})
        for row in SignalSource.objects.order_by("name", "key")
    ]


def languages_in_sight() -> list[str]:
    """The languages of signals in sight."""
    found = Signal.objects.exclude(language="").order_by("language").values_list("language", flat=True)
    return list(found.distinct())


def signal_counts(
    *, state: UUID | None, region_name: str, target: str, since: date, until: date
) -> dict[date, int]:
    """How many events signals told of, by the month's first day, as far as the acting account may read.

    What belongs together counts once, in the month in which it began.

    Args:
        state: of that state; None for all.
        region_name: of places whose name holds these words; empty for all.
        target: with somebody among the targets whose name holds these words; empty for all.
        since: the first day that counts.
        until: the last day that counts.
    """
    rows = Signal.objects.filter(first_day__gte=since, first_day__lte=until, gone_at__isnull=True)
    if state is not None:
        rows = rows.filter(state_id=state)
    if region_name:
        rows = rows.filter(place__icontains=region_name)
    found = [
        row
        for row in rows.select_related("source", "state").order_by("first_day", "id")[:MOST_COUNTED]
        if not target or any(target.casefold() in each.casefold() for each in row.targets)
    ]
    woven = _Woven(found, follow=False)
    days = {str(row.pk): row.first_day for row in found}
    return dict(Counter(min(days[each] for each in members).replace(day=1) for members in woven.groups))


class _Woven:
    """Signals with what belongs to them: links, what desks said, and the groups that follow."""

    def __init__(self, rows: Iterable[Signal], *, follow: bool = True) -> None:
        self.rows: dict[UUID, Signal] = {row.pk: row for row in rows}
        self.links: dict[tuple[UUID, UUID], Likeness] = {}
        self._said: dict[tuple[UUID, UUID], tuple[datetime, Judgement]] = {}
        fresh = set(self.rows)
        for _ in range(_STEPS if follow else 1):
            if not fresh:
                break
            fresh = self._follow(fresh) if follow else self._within(fresh)
        self.judged = [judgement for _, judgement in self._said.values()]
        self.groups = groups(map(str, self.rows), self.links.values(), self.judged)

    def independent(self, members: Collection[str]) -> int:
        """How many of the group tell of it independently."""
        told = (
            Told(each, frozenset(self.rows[UUID(each)].outlets or [self.rows[UUID(each)].source.name]))
            for each in members
        )
        return independent_sources(told, self.links.values())

    def _follow(self, fresh: set[UUID]) -> set[UUID]:
        met = self._take(Q(first__in=fresh) | Q(second__in=fresh))
        missing = met - self.rows.keys()
        found = Signal.objects.select_related("source", "state").filter(pk__in=missing)
        added = {row.pk: row for row in found}
        self.rows |= added
        return set(added)

    def _within(self, ids: set[UUID]) -> set[UUID]:
        self._take(Q(first__in=ids, second__in=ids))
        return set()

    def _take(self, about: Q) -> set[UUID]:
        for link in SignalLink.objects.filter(about):
            tie = SignalTie(link.tie)
            self.links[link.first_id, link.second_id] = Likeness(
                str(link.first_id), str(link.second_id), tie, link.score
            )
        for said in SignalJudgement.objects.filter(about).order_by("at", "id"):
            judgement = Judgement(str(said.first_id), str(said.second_id), said.joined)
            self._said[said.first_id, said.second_id] = (said.at, judgement)
        return {each for pair in (*self.links, *self._said) for each in pair}


def _wanted(wanted: WantedSignals) -> QuerySet[Signal]:
    rows = Signal.objects.select_related("source", "state")
    set_aside = Exists(Dismissal.objects.filter(signal=OuterRef("pk")))
    rows = rows.filter(set_aside) if wanted.dismissed else rows.exclude(set_aside)
    conditions = {
        "state__iso3": wanted.state,
        "source__key": wanted.source,
        "language": wanted.language,
        "last_day__gte": wanted.since,
        "first_day__lte": wanted.until,
    }
    return rows.filter(**{key: value for key, value in conditions.items() if value})


def _older(rows: QuerySet[Signal], cursor: tuple[datetime, UUID] | None) -> QuerySet[Signal]:
    if cursor is None:
        return rows
    at, pk = cursor
    return rows.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))


def _cursor(before: str) -> tuple[datetime, UUID] | None:
    at, _, pk = before.partition("_")
    try:
        instant = datetime.fromisoformat(at)
        return (instant, UUID(pk)) if instant.tzinfo else None
    except ValueError:
        return None


def _written(cursor: tuple[datetime, UUID]) -> str:
    return f"{cursor[0].isoformat()}_{cursor[1]}"


def _group(
    woven: _Woven, members: frozenset[str], newest: Mapping[UUID, tuple[datetime, UUID]]
) -> tuple[tuple[datetime, UUID] | None, SignalGroup]:
    ids = [UUID(each) for each in members]
    asked = [newest[each] for each in ids if each in newest]
    lead = max(asked, default=None)
    first = lead[1] if lead else ids[0]
    rest = sorted((woven.rows[each] for each in ids if each != first), key=_by_age, reverse=True)
    group = SignalGroup(_line(woven.rows[first]), tuple(map(_line, rest)), woven.independent(members))
    return lead, group


def _by_age(row: Signal) -> tuple[datetime, UUID]:
    return row.published_at, row.pk


def _line(row: Signal) -> SignalLine:
    return SignalLine(
        id=row.pk,
        title=row.title,
        source_key=row.source.key,
        source_name=row.source.name,
        is_licensed=row.source.is_licensed,
        published_at=row.published_at,
        first_day=row.first_day,
        last_day=row.last_day,
        day_known=row.day_known,
        place=row.place,
        state=row.state.iso3 if row.state else "",
        state_names=row.state.names if row.state else {},
        outlets=tuple(row.outlets),
        deaths=row.deaths,
        language=row.language,
        url=row.url,
        gone_at=row.gone_at,
    )


def _nearby(row: Signal, group: Collection[UUID]) -> tuple[SignalLine, ...]:
    rows = Signal.objects.select_related("source", "state").exclude(pk__in=list(group))
    rows = rows.filter(state=row.state, first_day__lte=row.last_day, last_day__gte=row.first_day)
    return tuple(_line(other) for other in rows.order_by("-published_at", "-id")[:10])


def _revisions(row: Signal) -> tuple[RevisionInSight, ...]:
    return tuple(
        RevisionInSight(
            each.revision, each.told["title"], each.told["text"], each.told.get("deaths"), each.fetched_at
        )
        for each in SignalRevision.objects.filter(signal=row).order_by("-revision")
    )


def _judgements(row: Signal) -> tuple[JudgementInSight, ...]:
    found = SignalJudgement.objects.select_related("first", "second").filter(Q(first=row) | Q(second=row))
    lines = []
    for each in found.order_by("-at", "-id"):
        other = each.second if each.first_id == row.pk else each.first
        lines.append(JudgementInSight(other.pk, other.title, each.joined, each.reason, each.body, each.at))
    return tuple(lines)


def _reports(row: Signal) -> dict[UUID, str]:
    uses = SignalUse.objects.filter(signal=row).values_list("record", flat=True)
    return dict(titles_in_sight(list(uses)))
