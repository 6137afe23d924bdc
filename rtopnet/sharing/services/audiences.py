"""Audiences as lines of a table."""

from uuid import UUID

from rtopnet.sharing.rules import Audience, Reach


def lines_of(audience: Audience) -> list[dict[str, UUID | int]]:
    """The rows, by column, that stand for an audience."""
    named: list[tuple[Reach, str, frozenset[UUID]]] = [
        (Reach.PERSONS, "account_id", audience.persons),
        (Reach.NAMED_BODIES, "state_id", audience.states),
        (Reach.NAMED_BODIES, "institution_id", audience.institutions),
        (Reach.GROUPS, "group_id", audience.groups),
    ]
    lines: list[dict[str, UUID | int]] = [
        {"reach": reach, column: found} for reach, column, ids in named for found in sorted(ids)
    ]
    everybody = [(Reach.NETWORK, audience.network), (Reach.PUBLIC, audience.public)]
    return lines + [{"reach": reach} for reach, is_in in everybody if is_in]
