"""Who calls, and who is in their region, for programs."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from rtopnet.kernel.clock import now
from rtopnet.network.models import Account, Holding, Institution
from rtopnet.network.queries.members import RegionSummary, region_of


@dataclass(frozen=True)
class HeldPost:
    """A post that the caller holds now."""

    id: UUID
    key: str
    kind: str
    state: UUID | None
    institution: UUID | None
    titles: dict[str, str]


@dataclass(frozen=True)
class Caller:
    """The account that a call acts as, and the posts its reach comes from."""

    account: UUID
    name: str
    language: str
    region: RegionSummary
    posts: tuple[HeldPost, ...]


@dataclass(frozen=True)
class InstitutionSummary:
    """An institution of a state, or (without one) of the region."""

    id: UUID
    state: UUID | None
    key: str
    kind: str
    names: dict[str, str]


def caller(account: UUID) -> Caller:
    """Who calls, by posts held at this instant."""
    row = Account.objects.get(pk=account)
    at = now()
    current = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    held = (
        Holding.objects.filter(current, account_id=account, starts_at__lte=at)
        .select_related("post")
        .order_by("post__key")
    )
    posts = tuple(
        HeldPost(
            found.post.pk,
            found.post.key,
            found.post.kind,
            found.post.state_id,
            found.post.institution_id,
            found.post.titles,
        )
        for found in held
    )
    return Caller(row.pk, row.name, row.language, region_of(row), posts)


def institutions() -> list[InstitutionSummary]:
    """Every institution of the acting account's region, by key."""
    return [
        InstitutionSummary(row.pk, row.state_id, row.key, row.kind, row.names)
        for row in Institution.objects.order_by("key", "pk")
    ]
