"""Watch rules as their makers see them, with what they would have done and what they found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext

from rtopnet.network.public import names_of
from rtopnet.warning.alerts.measures import Measure, Place, Watcher, measure_of, measures
from rtopnet.warning.alerts.models import Firing, WatchRule
from rtopnet.warning.alerts.rules.watching import Condition, MonthFigure, RuleRefusedError, Test, Trial, tried

MOST = 200


@dataclass(frozen=True)
class FiringInSight:
    """That a rule fired for a month."""

    id: UUID
    rule: UUID
    month: date
    value: float
    limit: float
    found_at: datetime
    alert: UUID | None


@dataclass(frozen=True)
class RuleInSight:
    """A watch rule of one's own, or of one's body."""

    id: UUID
    title: str
    measure: str
    measure_name: str
    unit: str
    note: str
    place: str
    detail: str
    condition: Condition
    budget: int
    is_on: bool
    tried_at: datetime | None
    made_at: datetime
    body: UUID | None
    body_names: dict[str, str]
    is_mine: bool
    firings: tuple[FiringInSight, ...]


def rules_in_sight(account: UUID) -> list[RuleInSight]:
    """Every rule that the acting account may see, the newest first."""
    rows = list(WatchRule.objects.order_by("-made_at", "pk")[:MOST])
    fired: dict[UUID, list[FiringInSight]] = {row.pk: [] for row in rows}
    for firing in Firing.objects.filter(rule__in=fired).order_by("-month"):
        fired[firing.rule_id].append(_firing(firing))
    names = names_of({row.body for row in rows if row.body})
    return [_rule(row, account, fired[row.pk], names) for row in rows]


def rule_in_sight(rule: UUID, account: UUID) -> RuleInSight | None:
    """One rule, where the acting account may see it."""
    return next((one for one in rules_in_sight(account) if one.id == rule), None)


def firing_in_sight(firing: UUID) -> FiringInSight | None:
    """One firing, where the acting account may see its rule."""
    row = Firing.objects.filter(pk=firing).first()
    return _firing(row) if row else None


def rules_called(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Rules in sight by their titles."""
    found = dict(WatchRule.objects.filter(pk__in=ids).values_list("pk", "title"))
    return {rule: title or gettext("a watch rule") for rule, title in found.items()}


def figures_for(watcher: Watcher, measure: str, place: str, detail: str) -> list[MonthFigure]:
    """A measure's figures as the acting account reads them.

    Raises:
        RuleRefusedError: there is no such measure, or no such place.
    """
    known = measure_of(measure)
    if place not in {one.key for one in known.places(watcher)}:
        raise RuleRefusedError("place: the measure is not taken there.")
    if known.details and detail not in known.details:
        raise RuleRefusedError("detail: say what is counted.")
    return list(known.series(watcher, place, detail))


def trial_of(watcher: Watcher, rule: RuleInSight) -> Trial | None:
    """What the rule would have done in the last 24 months; None where there are no figures."""
    figures = figures_for(watcher, rule.measure, rule.place, rule.detail)
    return tried(figures, rule.condition, budget=rule.budget)


def watchable(watcher: Watcher) -> list[tuple[Measure, list[Place]]]:
    """Every measure with the places where it can be watched; those with none are left out."""
    found = [(measure, list(measure.places(watcher))) for measure in measures()]
    return [(measure, places) for measure, places in found if places]


def _rule(
    row: WatchRule, account: UUID, fired: list[FiringInSight], names: Mapping[UUID, dict[str, str]]
) -> RuleInSight:
    measure = measure_of(row.measure)
    return RuleInSight(
        id=row.pk,
        title=row.title,
        measure=row.measure,
        measure_name=str(measure.name),
        unit=str(measure.unit),
        note=str(measure.note),
        place=row.place,
        detail=row.detail,
        condition=Condition(Test(row.test), row.limit, row.least),
        budget=row.budget,
        is_on=row.is_on,
        tried_at=row.tried_at,
        made_at=row.made_at,
        body=row.body,
        body_names=names.get(row.body, {}) if row.body else {},
        is_mine=row.account_id == account,
        firings=tuple(fired),
    )


def _firing(row: Firing) -> FiringInSight:
    return FiringInSight(row.pk, row.rule_id, row.month, row.value, row.limit, row.found_at, row.alert)
