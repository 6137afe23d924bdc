"""Bringing a region pack into the database; loading it again brings what changed."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network import region_pack as packs
from rtopnet.network.models import Account, Holding, Institution, Post, Region, State, StateCalendar
from rtopnet.network.rules import name_in
from rtopnet.network.services.accounts import give_sign_in_link, open_account


@dataclass(frozen=True)
class DemonstrationLink:
    """A one-time way in for a post, for trying the platform on one machine."""

    region: str
    holder: str
    secret: str


class AnotherRegionsPackError(RuleBrokenError):
    """The pack bears the short name of a region that is already loaded and is not it."""


def load_region_pack(pack: packs.RegionPack) -> UUID:
    """Make or bring up to date the region, its states, institutions and posts; accounts stay as they are.

    What a newer pack no longer names stays in the database: posts may have holders and history.

    Raises:
        AnotherRegionsPackError: a different region is loaded under the pack's short name.
    """
    region = _region(pack)
    states = {state.iso3: _state(region, state) for state in pack.region.states}
    bodies = {body.key: _institution(region, None, body) for body in pack.region.institutions}
    for state in pack.region.states:
        for body in state.institutions:
            _institution(region, states[state.iso3], body)
    for post in pack.region.posts:
        _post(region, states, bodies, post)
    if pack.holidays:
        _calendars(region, states, pack.holidays)
    record_deed(
        verb="loaded",
        kind="network.region",
        subject=region.pk,
        region=region.pk,
        detail={"pack": pack.sha256},
    )
    return region.pk


def give_demonstration_links(pack: packs.RegionPack) -> list[DemonstrationLink]:
    """One-time links for the posts that the pack names for demonstrations; opens their accounts if needed."""
    region = Region.objects.get(slug=pack.region.slug)
    wanted = pack.region.sign_in_posts
    found = Post.objects.filter(region=region, key__in=wanted).select_related("state")
    posts = {post.key: post for post in found}
    links = []
    for key in wanted:
        secret = give_sign_in_link(account=_demonstration_account(region, posts[key]))
        links.append(DemonstrationLink(name_in(region.names, "en"), _holder(posts[key]), secret))
    return links


def demonstration_accounts(pack: packs.RegionPack, keys: Collection[str]) -> dict[str, UUID] | None:
    """The accounts of posts that are held for demonstration, by key; opened where a post has no holder.

    None, with nothing opened, where one of the posts is somebody's own by now, or no longer there.
    """
    region = Region.objects.get(slug=pack.region.slug)
    posts = Post.objects.filter(region=region, key__in=keys, retired_at__isnull=True)
    found = {post.key: post for post in posts}
    held = Holding.objects.filter(post__in=posts, ends_at__isnull=True).select_related("post", "account")
    theirs = [one for one in held if one.account.email != _demonstration_address(region, one.post)]
    if found.keys() != set(keys) or theirs:
        return None
    return {key: _demonstration_account(region, found[key]).pk for key in sorted(found)}


def _holder(post: Post) -> str:
    title = name_in(post.titles, "en")
    return f"{name_in(post.state.names, 'en')}, {title.lower()}" if post.state else title


def _demonstration_account(region: Region, post: Post) -> Account:
    holding = Holding.objects.filter(post=post, ends_at__isnull=True).select_related("account").first()
    if holding:
        return holding.account
    title = name_in(post.titles, "en")
    return open_account(post=post, email=_demonstration_address(region, post), name=title)


def _demonstration_address(region: Region, post: Post) -> str:
    return f"{post.key}@{region.slug}.example"


def _refuse_another_region(pack: packs.RegionPack) -> None:
    loaded = Region.objects.filter(slug=pack.region.slug).first()
    if loaded is None:
        return
    known = set(State.objects.filter(region=loaded).values_list("iso3", flat=True))
    named = {state.iso3 for state in pack.region.states}
    if loaded.kind != pack.region.kind or (known and not known & named):
        raise AnotherRegionsPackError(
            f"'{pack.region.slug}' is loaded as another region ({loaded.kind}, {len(known)} other states): "
            "give this pack a slug of its own"
        )


def _region(pack: packs.RegionPack) -> Region:
    _refuse_another_region(pack)
    region, _ = Region.objects.update_or_create(
        slug=pack.region.slug,
        defaults={
            "names": dict(pack.region.names),
            "kind": pack.region.kind,
            "working_language": pack.region.working_language,
            "languages": [asdict(language) for language in pack.region.languages],
            "time_zone": pack.region.time_zone,
            "pack_sha256": pack.sha256,
        },
    )
    return region


def _state(region: Region, state: packs.State) -> State:
    found, _ = State.objects.update_or_create(
        region=region,
        iso3=state.iso3,
        defaults={
            "iso2": state.iso2,
            "gw_id": state.gw_id,
            "names": dict(state.names),
            "capital": state.capital,
            "time_zones": list(state.time_zones),
            "languages": [*state.official_languages, *state.working_languages],
        },
    )
    return found


def _institution(region: Region, state: State | None, body: packs.Institution) -> Institution:
    found, _ = Institution.objects.update_or_create(
        region=region, state=state, key=body.key, defaults={"names": dict(body.names), "kind": body.kind}
    )
    return found


def _calendars(region: Region, states: dict[str, State], holidays: packs.Holidays) -> None:
    for calendar in holidays.calendars:
        StateCalendar.objects.update_or_create(
            region=region,
            state=states[calendar.state],
            defaults={
                "rest_days": list(calendar.rest_days),
                "holidays": {day.on.isoformat(): dict(day.names) for day in calendar.days if day.on},
                "source": holidays.source,
                "as_of": holidays.as_of,
            },
        )


def _post(region: Region, states: dict[str, State], bodies: dict[str, Institution], post: packs.Post) -> Post:
    found, _ = Post.objects.update_or_create(
        region=region,
        key=post.key,
        defaults={
            "kind": post.kind,
            "state": states.get(post.of),
            "institution": bodies.get(post.of),
            "titles": dict(post.titles),
        },
    )
    return found
