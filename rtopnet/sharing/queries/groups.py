"""Groups of addressees that the acting account's states and institutions keep."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.network.public import names_of
from rtopnet.sharing.models import Group, Member
from rtopnet.sharing.rules import Audience


@dataclass(frozen=True)
class GroupInSight:
    """A group, with its members as an audience of persons, states and institutions."""

    id: UUID
    name: str
    keeper: UUID
    keeper_names: dict[str, str]
    members: Audience


def groups_in_sight() -> list[GroupInSight]:
    """Every group that the acting account's desks keep, by name."""
    rows = list(Group.objects.order_by("name", "pk"))
    names = names_of({row.keeper for row in rows if row.keeper})
    members: dict[UUID, list[Member]] = {}
    for member in Member.objects.filter(group__in=rows):
        members.setdefault(member.group_id, []).append(member)
    return [
        GroupInSight(
            id=row.pk,
            name=row.name,
            keeper=row.keeper or UUID(int=0),
            keeper_names=names.get(row.keeper, {}) if row.keeper else {},
            members=_as_members(members.get(row.pk, [])),
        )
        for row in rows
    ]


def _as_members(rows: list[Member]) -> Audience:
    return Audience(
        persons=frozenset(row.account_id for row in rows if row.account_id),
        states=frozenset(row.state_id for row in rows if row.state_id),
        institutions=frozenset(row.institution_id for row in rows if row.institution_id),
    )
