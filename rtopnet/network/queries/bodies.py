"""States and institutions by id, and who speaks for them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from rtopnet.kernel.clock import now
from rtopnet.network.models import Account, Holding, Institution, PostKind, State

_DESK_OF_STATE = (PostKind.FOCAL_POINT, PostKind.DEPUTY)
_DESK_OF_BODY = (PostKind.SECRETARIAT, PostKind.ANALYST, PostKind.UN_LIAISON)


@dataclass(frozen=True)
class Body:
    """A state or institution that can own and be addressed."""

    id: UUID
    names: dict[str, str]
    is_state: bool
    state: UUID | None = None
    """Of an institution: the state it belongs to, if any."""


@dataclass(frozen=True)
class Person:
    """Somebody with an open account, by name and by the posts held now."""

    id: UUID
    name: str
    titles: tuple[dict[str, str], ...]
    bodies: tuple[dict[str, str], ...]


def names_of(bodies: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """The names of states and institutions by id, as far as they are in sight."""
    found: dict[UUID, dict[str, str]] = {}
    for model in (State, Institution):
        found |= dict(model.objects.filter(pk__in=bodies).values_list("pk", "names"))
    return found


def bodies_of(region: UUID) -> list[Body]:
    """The region's states by code, then its institutions by key."""
    states = State.objects.filter(region_id=region).order_by("iso3")
    institutions = Institution.objects.filter(region_id=region).order_by("state__iso3", "key")
    return [Body(state.pk, state.names, is_state=True) for state in states] + [
        Body(body.pk, body.names, is_state=False, state=body.state_id) for body in institutions
    ]


def desks_held(account: UUID) -> list[Body]:
    """States and institutions that the account decides for now."""
    held = _held_now().filter(account_id=account).select_related("post__state", "post__institution")
    found: dict[UUID, Body] = {}
    for holding in held:
        post = holding.post
        if post.kind in _DESK_OF_STATE and post.state:
            found[post.state.pk] = Body(post.state.pk, post.state.names, is_state=True)
        if post.kind in _DESK_OF_BODY and post.institution:
            found[post.institution.pk] = Body(post.institution.pk, post.institution.names, is_state=False)
    return list(found.values())


def places_held(account: UUID) -> list[Body]:
    """States and institutions whose records the account may draft now, as a contributor so allowed too."""
    held = _held_now().filter(account_id=account).select_related("post__state", "post__institution")
    found: dict[UUID, Body] = {body.id: body for body in desks_held(account)}
    for holding in held:
        if holding.post.kind == PostKind.CONTRIBUTOR and holding.post.state and holding.post.drafts:
            state = holding.post.state
            found.setdefault(state.pk, Body(state.pk, state.names, is_state=True))
    return list(found.values())


def desk_accounts(bodies: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """For each state or institution, the accounts that decide for it now."""
    held = _held_now().filter(
        Q(post__kind__in=_DESK_OF_STATE, post__state_id__in=bodies)
        | Q(post__kind__in=_DESK_OF_BODY, post__institution_id__in=bodies),
        account__is_active=True,
    )
    found: dict[UUID, list[UUID]] = {}
    for account, state, institution in held.values_list(
        "account_id", "post__state_id", "post__institution_id"
    ):
        for body in {state, institution} & set(bodies):
            found.setdefault(body, []).append(account)
    return found


def people_of_region(region: UUID) -> list[Person]:
    """Everybody with an open account in the region, by name."""
    accounts = Account.objects.filter(region_id=region, is_active=True).order_by("name", "pk")
    titles: dict[UUID, list[dict[str, str]]] = {}
    bodies: dict[UUID, list[dict[str, str]]] = {}
    held = _held_now().filter(region_id=region).select_related("post__state", "post__institution")
    for holding in held:
        titles.setdefault(holding.account_id, []).append(holding.post.titles)
        body = holding.post.state or holding.post.institution
        if body:
            bodies.setdefault(holding.account_id, []).append(body.names)
    return [
        Person(account.pk, account.name, tuple(titles.get(account.pk, ())), tuple(bodies.get(account.pk, ())))
        for account in accounts
    ]


def _held_now() -> QuerySet[Holding]:
    instant = now()
    return Holding.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=instant), starts_at__lte=instant)
