"""Notices as the acting account sees them; every word is looked up as this reader."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rtopnet.kernel.acting import acting_account
from rtopnet.network.models import (
    Account,
    Institution,
    Notice,
    NoticeDelivery,
    NoticeHabits,
    NoticeRefusal,
    PushSubscription,
    Region,
    State,
)
from rtopnet.network.notice_kinds import known_kinds, notice_kind, subjects_of
from rtopnet.network.notice_rules import Channel, Habits, Rhythm
from rtopnet.network.rules import name_in

PER_PAGE = 20
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class NoticeLine:
    """A notice in words, as its reader may see it now; instants are in the reader's time zone.

    ``what`` is the subject's title, empty where the reader has none any more. ``href`` is empty where the
    notice leads nowhere.
    """

    id: UUID
    kind: str
    title: str
    sentence: str
    what: str
    href: str
    given_at: datetime
    due_at: datetime | None
    is_read: bool
    may_name: bool


@dataclass(frozen=True)
class KindCount:
    """A kind of notice of which the reader has some."""

    key: str
    title: str
    count: int


@dataclass(frozen=True)
class NoticePage:
    """Some of the reader's own notices, the newest first."""

    lines: tuple[NoticeLine, ...]
    kinds: tuple[KindCount, ...]
    total: int
    unread: int


@dataclass(frozen=True)
class KindChoice:
    """Whether a kind of notice comes by mail and by push."""

    key: str
    title: str
    urgent: bool
    mail: bool
    push: bool


@dataclass(frozen=True)
class Device:
    """A browser that the reader lets be woken."""

    id: UUID
    browser: str
    added_at: datetime
    problem: str


@dataclass(frozen=True)
class LastMail:
    """What became of the newest mails to the reader."""

    sent_at: datetime | None
    failed_at: datetime | None
    problem: str
    is_waiting: bool


@dataclass(frozen=True)
class NoticeChoices:
    """How the reader wants to be told, and how that has gone."""

    habits: Habits
    own_zone: str
    kinds: tuple[KindChoice, ...]
    devices: tuple[Device, ...]
    last_mail: LastMail


def unread_notice_count() -> int:
    """How many notices of the acting account are unread."""
    return _of_reader().filter(read_at__isnull=True).count()


def notices_in_sight(*, account: Account, kind: str = "", page: int = 1) -> NoticePage:
    """A page of the acting account's notices; ``kind`` narrows to one kind."""
    found = _of_reader()
    wanted = (found.filter(kind=kind) if kind else found).order_by("-given_at", "pk")
    titles = {one.key: str(one.title) for one in known_kinds()}
    counts = found.values_list("kind").annotate(rows=Count("pk")).order_by()
    start = (page - 1) * PER_PAGE
    return NoticePage(
        lines=tuple(notice_lines(wanted[start : start + PER_PAGE], zone=ZoneInfo(time_zone_of(account)))),
        kinds=tuple(
            sorted((KindCount(key, titles[key], rows) for key, rows in counts), key=lambda k: k.title)
        ),
        total=wanted.count(),
        unread=found.filter(read_at__isnull=True).count(),
    )


def notices_page(*, after: tuple[datetime, UUID] | None, size: int) -> list[tuple[NoticeLine, UUID, str]]:
    """Up to ``size`` of the acting account's notices with their subjects, the latest first, by UTC."""
    rows = _of_reader().order_by("-given_at", "pk")
    if after is not None:
        given_at, pk = after
        rows = rows.filter(Q(given_at__lt=given_at) | Q(given_at=given_at, pk__gt=pk))
    found = list(rows[:size])
    lines = notice_lines(found, zone=ZoneInfo("UTC"))
    return [(line, row.subject, row.subject_kind) for line, row in zip(lines, found, strict=True)]


def newest_notices(*, zone: ZoneInfo, most: int) -> list[NoticeLine]:
    """The newest of the acting account's notices, read or not."""
    rows = _of_reader().order_by("-given_at", "pk")[:most]
    return notice_lines(rows, zone=zone)


def notice_lines(rows: Iterable[Notice], *, zone: ZoneInfo) -> list[NoticeLine]:
    """The rows in words, in the active language; a handful of look-ups however many rows there are."""
    rows = list(rows)
    titles = _titles(rows)
    names = _names({row.who for row in rows if row.who})
    return [_line(row, titles.get((row.subject_kind, row.subject), ""), names, zone) for row in rows]


def nameable_notices(rows: Iterable[Notice]) -> set[UUID]:
    """Of the rows, as their reader acts: those whose subject and whose giver a mail may name at present."""
    wanted: dict[str, set[UUID]] = {}
    for row in rows:
        if row.may_name:
            wanted.setdefault(row.subject_kind, set()).add(row.subject)
    open_ids: set[tuple[str, UUID]] = set()
    for kind, ids in wanted.items():
        nameable = subjects_of(kind).nameable
        open_ids |= {(kind, one) for one in (nameable(ids) if nameable else ids)}
    return {row.pk for row in rows if row.may_name and (row.subject_kind, row.subject) in open_ids}


def notice_target(notice: UUID) -> str | None:
    """Where one of the acting account's notices leads; None: there is no such notice, empty: nowhere."""
    row = _of_reader().filter(pk=notice).first()
    return None if row is None else _href(row)


def time_zone_of(account: Account) -> str:
    """The account's time zone, else its region's."""
    return account.time_zone or Region.objects.values_list("time_zone", flat=True).get(pk=account.region_id)


def zones_of_region(region: UUID) -> list[str]:
    """The time zones of the region and its states."""
    zones = {zone for state in State.objects.filter(region_id=region) for zone in state.time_zones}
    return sorted(zones | set(Region.objects.filter(pk=region).values_list("time_zone", flat=True)))


def notice_choices(*, account: Account) -> NoticeChoices:
    """How the acting account wants to be told, and how that has gone."""
    zone = ZoneInfo(time_zone_of(account))
    refused = set(NoticeRefusal.objects.filter(account=account).values_list("kind", "channel"))
    devices = PushSubscription.objects.filter(account=account).order_by("added_at")
    return NoticeChoices(
        habits=habits_of([account])[account.pk],
        own_zone=account.time_zone,
        kinds=tuple(
            KindChoice(
                kind.key,
                str(kind.title),
                kind.urgent,
                mail=(kind.key, Channel.MAIL) not in refused,
                push=(kind.key, Channel.PUSH) not in refused,
            )
            for kind in known_kinds()
        ),
        devices=tuple(
            Device(row.pk, row.browser, row.added_at.astimezone(zone), row.problem) for row in devices
        ),
        last_mail=_last_mail(account, zone),
    )


def habits_of(accounts: Collection[Account]) -> dict[UUID, Habits]:
    """When each account wants to be told, by its id."""
    kept = NoticeHabits.objects.in_bulk([account.pk for account in accounts])
    regions = Region.objects.filter(pk__in={account.region_id for account in accounts})
    zones = dict(regions.values_list("pk", "time_zone"))
    return {
        account.pk: _habits(kept.get(account.pk), account.time_zone or zones.get(account.region_id, "UTC"))
        for account in accounts
    }


def _habits(row: NoticeHabits | None, zone: str) -> Habits:
    if row is None:
        return Habits(zone=zone)
    return Habits(
        zone=zone,
        rhythm=Rhythm(row.rhythm),
        digest_hour=row.digest_hour,
        digest_weekday=row.digest_weekday,
        quiet_from=_wall(row.quiet_from),
        quiet_until=_wall(row.quiet_until),
        urgent_passes=row.urgent_passes,
    )


def _wall(value: time | None) -> time | None:
    return value.replace(second=0, microsecond=0) if value else None


def _of_reader() -> QuerySet[Notice]:
    # A kind whose room is no longer there has no words; its rows stay until they are forgotten.
    known, reader = [kind.key for kind in known_kinds()], acting_account() or NOBODY
    return Notice.objects.filter(account_id=reader, cleared_at__isnull=True, kind__in=known)


def _last_mail(account: Account, zone: ZoneInfo) -> LastMail:
    mails = NoticeDelivery.objects.filter(account=account, channel=Channel.MAIL)
    sent = mails.filter(outcome="sent").order_by("-settled_at").first()
    failed = mails.filter(~Q(problem="")).exclude(outcome="sent").order_by("-not_before").first()
    return LastMail(
        sent_at=sent.settled_at.astimezone(zone) if sent and sent.settled_at else None,
        failed_at=failed.not_before.astimezone(zone) if failed else None,
        problem=failed.problem if failed else "",
        is_waiting=bool(failed and failed.settled_at is None),
    )


def _titles(rows: Iterable[Notice]) -> dict[tuple[str, UUID], str]:
    wanted: dict[str, set[UUID]] = {}
    for row in rows:
        wanted.setdefault(row.subject_kind, set()).add(row.subject)
    return {
        (kind, subject): title
        for kind, ids in wanted.items()
        for subject, title in subjects_of(kind).titles_of(ids).items()
    }


def _names(ids: Collection[UUID]) -> dict[UUID, str]:
    if not ids:
        return {}
    language = get_language() or "en"
    states = State.objects.filter(pk__in=ids).values_list("pk", "names")
    bodies = Institution.objects.filter(pk__in=ids).values_list("pk", "names")
    return {one: name_in(names, language) for one, names in (*states, *bodies)}


def _line(row: Notice, what: str, names: Mapping[UUID, str], zone: ZoneInfo) -> NoticeLine:
    kind = notice_kind(row.kind)
    who = names.get(row.who, "") if row.who else ""
    return NoticeLine(
        id=row.pk,
        kind=row.kind,
        title=str(kind.title),
        sentence=str(kind.sentence).format(
            who=who or _("somebody"), what=what or _("something that is no longer available")
        ),
        what=what,
        href=_href(row) if what else "",
        given_at=row.given_at.astimezone(zone),
        due_at=row.due_at.astimezone(zone) if row.due_at else None,
        is_read=row.read_at is not None,
        may_name=row.may_name,
    )


def _href(row: Notice) -> str:
    route = notice_kind(row.kind).route
    return reverse(route, args=[row.subject]) if route else ""
