"""Who is who in the region: posts with their holders, and how each is reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from django.db.models import QuerySet

from rtopnet.kernel.clock import now
from rtopnet.network.models import Account, Holding, Institution, Post, PostContact, PostKind, Region, State
from rtopnet.network.queries.acting import acting_desks, posts_in_hand
from rtopnet.network.queries.members import held_at
from rtopnet.network.rules import name_in
from rtopnet.network.rules.cards import Card
from rtopnet.network.rules.hours import SameDays, Week, is_open, same_days, week_of

_ORDER = {kind: place for place, kind in enumerate(PostKind)}


@dataclass(frozen=True)
class Spoken:
    """A language by code, and its name in the reader's language."""

    code: str
    name: str


@dataclass(frozen=True)
class PostView:
    """A post as members of the region see it."""

    id: UUID
    kind: str
    title: str
    body: str
    """The state or institution that it belongs to."""
    part: str
    """The institution of the state that it sits in, if any."""
    body_id: UUID | None
    iso3: str
    holder: str
    """Empty where nobody holds it."""
    held_since: datetime | None
    is_mine: bool
    in_my_hand: bool
    """Whether the reader holds it or decides for it."""
    of_my_desk: bool
    reads_space: bool
    drafts: bool
    has_contact: bool
    languages: tuple[Spoken, ...]
    zone: str
    local_time: datetime
    is_open: bool | None
    """Whether the office is open now; None where no hours are known."""
    week: Week
    phone: str
    email: str
    messenger: str
    phone_out_of_hours: str
    email_out_of_hours: str
    messenger_out_of_hours: str
    note: str

    @property
    def hours(self) -> list[SameDays]:
        """The office hours as they are told."""
        return same_days(self.week)

    @property
    def is_contributor(self) -> bool:
        """Whether what it may do is set by its state."""
        return self.kind == PostKind.CONTRIBUTOR

    @property
    def can_be_retired(self) -> bool:
        """A state always has its focal point."""
        return self.of_my_desk and self.kind != PostKind.FOCAL_POINT


@dataclass(frozen=True)
class BodyView:
    """A state or a regional institution, with its posts."""

    id: UUID
    name: str
    iso3: str
    institutions: tuple[str, ...]
    posts: tuple[PostView, ...]
    of_my_desk: bool


@dataclass(frozen=True)
class Directory:
    """The region's states and bodies, alphabetically, as far as they fit the filter."""

    states: tuple[BodyView, ...]
    bodies: tuple[BodyView, ...]
    all_states: tuple[tuple[str, str], ...]
    """Code and name of every state, for the filter."""
    all_languages: tuple[Spoken, ...]
    """Languages that somebody in the region speaks, for the filter."""


@dataclass(frozen=True)
class _Known:
    """What a page needs beside the posts themselves, read once."""

    region: Region
    account: UUID
    language: str
    desks: frozenset[UUID]
    in_hand: frozenset[UUID]
    holdings: dict[UUID, Holding]
    contacts: dict[UUID, PostContact]
    at: datetime


def directory_of(
    account: Account, language: str, *, words: str = "", iso3: str = "", spoken: str = ""
) -> Directory:
    """The directory, narrowed to posts that bear ``words``, are of a state, and speak a language."""
    states = list(State.objects.all())
    institutions = list(Institution.objects.all())
    posts = _views(account, language, Post.objects.filter(retired_at__isnull=True))
    fitting = [post for post in posts if _fits(post, words, iso3, spoken)]
    is_narrowed = bool(words or iso3 or spoken)
    desks = acting_desks()
    of_states = [
        _body(state, language, institutions, fitting, desks)
        for state in states
        if not iso3 or state.iso3 == iso3
    ]
    regional = [
        _body(body, language, [], fitting, desks)
        for body in institutions
        if body.state_id is None and not iso3
    ]
    known = {each.code: each for post in posts for each in post.languages}
    return Directory(
        states=_by_name(body for body in of_states if body.posts or not (words or spoken)),
        bodies=_by_name(body for body in regional if body.posts or not is_narrowed),
        all_states=tuple(
            sorted(((s.iso3, name_in(s.names, language)) for s in states), key=lambda pair: pair[1])
        ),
        all_languages=tuple(sorted(known.values(), key=lambda each: each.name)),
    )


def post_in_sight(account: Account, post: UUID, language: str) -> PostView | None:
    """One post of the reader's region, if it is not retired."""
    found = _views(account, language, Post.objects.filter(pk=post, retired_at__isnull=True))
    return next(iter(found), None)


def posts_of_account(account: Account, language: str) -> list[PostView]:
    """The posts that the reader holds now."""
    held = Holding.objects.filter(held_at(now()), account_id=account.pk).values("post_id")
    return _views(account, language, Post.objects.filter(pk__in=held))


def card_of(post: PostView) -> Card:
    """The post's visiting card."""
    lines = (post.messenger, post.phone_out_of_hours, post.email_out_of_hours, post.messenger_out_of_hours)
    return Card(
        post=post.id,
        name=post.holder,
        title=post.title,
        body=post.body,
        part=post.part,
        phone=post.phone,
        email=post.email,
        languages=tuple(spoken.code for spoken in post.languages),
        zone=post.zone,
        note="\n".join(line for line in (*lines, post.note) if line),
    )


@cache
def language_name(code: str, language: str) -> str:
    """The name of a language in the reader's language; its code where that has none."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return code
    return str(name) if name else code


def zones_of(post: UUID) -> tuple[str, ...]:
    """The time zones of the post's state, or the region's."""
    row = Post.objects.select_related("state", "region").get(pk=post)
    return _zones(row, row.region)


def _zones(post: Post, region: Region) -> tuple[str, ...]:
    return tuple(post.state.time_zones if post.state else ()) or (region.time_zone,)


def _views(account: Account, language: str, posts: QuerySet[Post]) -> list[PostView]:
    rows = list(posts.select_related("state", "institution").order_by("key"))
    ids = [row.pk for row in rows]
    holdings = Holding.objects.filter(held_at(now()), post_id__in=ids).select_related("account")
    known = _Known(
        region=Region.objects.get(pk=account.region_id),
        account=account.pk,
        language=language,
        desks=acting_desks(),
        in_hand=posts_in_hand(),
        holdings={holding.post_id: holding for holding in holdings},
        contacts={contact.post_id: contact for contact in PostContact.objects.filter(post_id__in=ids)},
        at=now(),
    )
    views = [_view(row, known) for row in rows]
    return sorted(views, key=lambda view: (_ORDER[PostKind(view.kind)], view.title, view.holder))


def _view(row: Post, known: _Known) -> PostView:
    holding = known.holdings.get(row.pk)
    contact = known.contacts.get(row.pk)
    has_contact = contact is not None
    contact = contact or PostContact(time_zone=_zones(row, known.region)[0])
    week = week_of(contact.week)
    local = known.at.astimezone(ZoneInfo(contact.time_zone))
    named = row.state or row.institution
    return PostView(
        id=row.pk,
        kind=row.kind,
        title=name_in(row.titles, known.language),
        body=name_in(named.names, known.language) if named else "",
        part=name_in(row.institution.names, known.language) if row.state and row.institution else "",
        body_id=row.state_id or row.institution_id,
        iso3=row.state.iso3 if row.state else "",
        holder=holding.account.name if holding else "",
        held_since=holding.starts_at if holding else None,
        is_mine=holding is not None and holding.account_id == known.account,
        in_my_hand=row.pk in known.in_hand,
        of_my_desk=(row.state_id or row.institution_id) in known.desks,
        reads_space=row.reads_space,
        drafts=row.drafts,
        has_contact=has_contact,
        languages=tuple(Spoken(code, language_name(code, known.language)) for code in contact.languages),
        zone=contact.time_zone,
        local_time=local,
        is_open=is_open(week, local.replace(tzinfo=None)),
        week=week,
        phone=contact.phone,
        email=contact.email,
        messenger=contact.messenger,
        phone_out_of_hours=contact.phone_out_of_hours,
        email_out_of_hours=contact.email_out_of_hours,
        messenger_out_of_hours=contact.messenger_out_of_hours,
        note=contact.note,
    )


def _fits(post: PostView, words: str, iso3: str, spoken: str) -> bool:
    said = f"{post.holder} {post.title} {post.body} {post.part}".casefold()
    return (
        all(word in said for word in words.casefold().split())
        and (not iso3 or post.iso3 == iso3)
        and (not spoken or spoken in {each.code for each in post.languages})
    )


def _body(
    body: State | Institution,
    language: str,
    institutions: list[Institution],
    posts: list[PostView],
    desks: frozenset[UUID],
) -> BodyView:
    return BodyView(
        id=body.pk,
        name=name_in(body.names, language),
        iso3=body.iso3 if isinstance(body, State) else "",
        institutions=tuple(
            sorted(name_in(each.names, language) for each in institutions if each.state_id == body.pk)
        ),
        posts=tuple(post for post in posts if post.body_id == body.pk),
        of_my_desk=body.pk in desks,
    )


def _by_name(bodies: Iterable[BodyView]) -> tuple[BodyView, ...]:
    return tuple(sorted(bodies, key=lambda body: body.name))
