"""Money and goods given, as far as they are in sight, and what is still missing."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from rtopnet.assistance.models import Contribution, Need, Request, Step
from rtopnet.assistance.rules.coverage import Money, money
from rtopnet.assistance.rules.words import Area, Flow
from rtopnet.network.public import names_of
from rtopnet.sharing.public import Marking, acting_principals, titles_in_sight


@dataclass(frozen=True)
class StepInSight:
    """One step of a contribution."""

    id: UUID
    flow: Flow
    amount: Decimal
    currency: str
    value_on: date
    words: str


@dataclass(frozen=True)
class ContributionInSight:
    """What somebody gives for a request."""

    id: UUID
    request: UUID
    title: str
    body: UUID
    body_names: dict[str, str]
    marking: Marking
    steps: tuple[StepInSight, ...]
    is_own: bool
    decides: bool


@dataclass(frozen=True)
class Activity:
    """A request as a published activity: what anybody may read of it."""

    request: UUID
    title: str
    state: UUID
    state_names: dict[str, str]
    areas: tuple[Area, ...]
    starts_on: date
    ends_on: date
    budgets: tuple[tuple[str, Decimal, date, date], ...]
    contributions: tuple[ContributionInSight, ...]


def contributions_in_sight(
    *, request: UUID | None = None, contribution: UUID | None = None
) -> list[ContributionInSight]:
    """Contributions that the acting account may see, by giver."""
    rows = Contribution.objects.select_related("record").order_by("desk", "pk")
    if request is not None:
        rows = rows.filter(request_id=request)
    if contribution is not None:
        rows = rows.filter(record_id=contribution)
    found = list(rows)
    records = [row.record_id for row in found]
    titles, steps = titles_in_sight(records), _steps(records)
    names, mine = names_of({row.desk for row in found if row.desk}), acting_principals()
    return [
        ContributionInSight(
            id=row.record_id,
            request=row.request_id,
            title=titles.get(row.record_id, ""),
            body=row.desk or UUID(int=0),
            body_names=names.get(row.desk or UUID(int=0), {}),
            marking=Marking(row.record.marking),
            steps=tuple(steps.get(row.record_id, ())),
            is_own=row.owner in mine,
            decides=row.desk in mine,
        )
        for row in found
    ]


def money_of(requests: Collection[UUID] | None = None) -> list[Money]:
    """What is asked for and given by currency, over the requests (None: all) and contributions in sight."""
    needs = Need.objects.filter(budget__isnull=False, open_from__isnull=False)
    steps = Step.objects.all()
    if requests is not None:
        needs = Need.objects.filter(budget__isnull=False, record__in=requests)
        given = Contribution.objects.filter(request__in=requests).values("record")
        steps = steps.filter(record__in=given)
    budgets = [(currency, amount) for currency, amount in needs.values_list("currency", "budget") if amount]
    flows = [
        (currency, Flow(flow), amount)
        for currency, flow, amount in steps.values_list("currency", "flow", "amount")
    ]
    return money(budgets, flows)


def activities_to_publish() -> list[Activity]:
    """Requests in sight that their owners marked CLEAR, with contributions so marked, and nothing else."""
    rows = list(
        Request.objects.filter(record__marking=Marking.CLEAR, open_from__isnull=False)
        .select_related("record")
        .order_by("record__released_at", "pk")
    )
    records = [row.record_id for row in rows]
    titles, names = titles_in_sight(records), names_of({row.state_id for row in rows})
    needs: dict[UUID, list[Need]] = defaultdict(list)
    for need in Need.objects.filter(record__in=records).order_by("record", "position"):
        needs[need.record_id].append(need)
    given = [one for one in contributions_in_sight() if one.marking is Marking.CLEAR]
    return [
        Activity(
            request=row.record_id,
            title=titles.get(row.record_id, ""),
            state=row.state_id,
            state_names=names.get(row.state_id, {}),
            areas=tuple(dict.fromkeys(Area(need.area) for need in needs[row.record_id])),
            starts_on=min(need.starts_on for need in needs[row.record_id]),
            ends_on=max(need.ends_on for need in needs[row.record_id]),
            budgets=tuple(
                (need.currency, need.budget, need.starts_on, need.ends_on)
                for need in needs[row.record_id]
                if need.budget
            ),
            contributions=tuple(one for one in given if one.request == row.record_id),
        )
        for row in rows
        if needs[row.record_id]
    ]


def _steps(records: Collection[UUID]) -> dict[UUID, list[StepInSight]]:
    found: dict[UUID, list[StepInSight]] = defaultdict(list)
    for row in Step.objects.filter(record__in=records).order_by("value_on", "at"):
        found[row.record_id].append(
            StepInSight(row.pk, Flow(row.flow), row.amount, row.currency, row.value_on, row.words)
        )
    return found
