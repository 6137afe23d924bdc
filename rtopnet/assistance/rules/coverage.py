"""What offers cover of what is needed, and what money is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from rtopnet.assistance.rules.words import Flow
from rtopnet.kernel.errors import RuleBrokenError


class NotOnOfferError(RuleBrokenError):
    """More would be accepted than is offered, or nothing at all."""


@dataclass(frozen=True)
class Covered:
    """How much of a need is on offer and accepted."""

    need: UUID
    wanted: int
    offered: int
    accepted: int

    @property
    def missing(self) -> int:
        """What no accepted offer covers."""
        return max(0, self.wanted - self.accepted)


def covered(
    wanted: Mapping[UUID, int],
    offered: Iterable[tuple[UUID, int]],
    accepted: Iterable[tuple[UUID, int]],
) -> list[Covered]:
    """For each need, what is offered and accepted of it; ``offered`` and ``accepted`` are need and number."""
    on_offer, taken = _summed(offered), _summed(accepted)
    return [
        Covered(need, number, on_offer.get(need, 0), taken.get(need, 0)) for need, number in wanted.items()
    ]


def expect_on_offer(offered: Mapping[UUID, int], accepted: Mapping[UUID, int]) -> None:
    """Refuse to accept what is not on offer.

    Raises:
        NotOnOfferError: a line is not of the offer, more than it holds is accepted, or nothing is.
    """
    if any(line not in offered for line in accepted):
        raise NotOnOfferError("That line is not part of the offer.")
    if any(number < 0 or number > offered[line] for line, number in accepted.items()):
        raise NotOnOfferError("You can accept as much as is offered, or less.")
    if not any(accepted.values()):
        raise NotOnOfferError("Accept at least one line, or decline the offer.")


@dataclass(frozen=True)
class Money:
    """What is asked for and given in one currency."""

    currency: str
    budget: Decimal = Decimal(0)
    pledged: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    disbursed: Decimal = Decimal(0)
    in_kind: Decimal = Decimal(0)

    @property
    def gap(self) -> Decimal:
        """What nobody has bound themselves to give: a pledge does not close it, paying out beyond does."""
        return max(Decimal(0), self.budget - max(self.committed, self.disbursed) - self.in_kind)


def money(budgets: Iterable[tuple[str, Decimal]], flows: Iterable[tuple[str, Flow, Decimal]]) -> list[Money]:
    """By currency, in its code's order: nothing is converted, as nobody asked us at what rate."""
    sums: dict[str, dict[str, Decimal]] = {}
    for currency, amount in budgets:
        _add(sums, currency, "budget", amount)
    for currency, flow, amount in flows:
        _add(sums, currency, flow.value, amount)
    return [Money(currency, **parts) for currency, parts in sorted(sums.items())]


def _add(sums: dict[str, dict[str, Decimal]], currency: str, part: str, amount: Decimal) -> None:
    of_currency = sums.setdefault(currency, {})
    of_currency[part] = of_currency.get(part, Decimal(0)) + amount


def _summed(parts: Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    sums: dict[UUID, int] = {}
    for need, number in parts:
        sums[need] = sums.get(need, 0) + number
    return sums
