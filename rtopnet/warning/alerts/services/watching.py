"""Watch rules: made, tried on past months, switched on, and asked each month as who made them."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import now
from rtopnet.network.public import Account, give_notice, people_of_region, region_of, regions
from rtopnet.sharing.public import OwnerDecidesError, RecordNotInSightError, decides_for
from rtopnet.warning.alerts.measures import Watcher
from rtopnet.warning.alerts.models import Firing, WatchRule
from rtopnet.warning.alerts.queries.watching import figures_for
from rtopnet.warning.alerts.rules.watching import (
    Condition,
    Hit,
    RuleRefusedError,
    Test,
    Trial,
    expect_sound,
    hit_at,
    tried,
)
from rtopnet.warning.alerts.services.alerts import Saying, raise_signal


@dataclass(frozen=True)
class Watching:
    """What a rule watches, where, and how often it may be wrong."""

    title: str
    measure: str
    place: str
    condition: Condition
    detail: str = ""
    budget: int = 2


def make_rule(*, by: UUID, watching: Watching, body: UUID | None = None) -> UUID:
    """Write a rule down, for oneself or also for a body that one decides for; it is off until tried.

    Raises:
        OwnerDecidesError: ``by`` does not decide for the body.
        RuleRefusedError: it makes no sense, or watches nothing.
    """
    with acting_as(by):
        account = Account.objects.get(pk=by)
        if body is not None and not decides_for(body):
            raise OwnerDecidesError("Only a desk keeps rules for its state or institution.")
        _expect_sound(account, watching)
        row = WatchRule.objects.create(
            region_id=account.region_id, account_id=by, body=body, **_columns(watching)
        )
        _keep_deed("made", row)
        return row.pk


def change_rule(*, by: UUID, rule: UUID, watching: Watching) -> None:
    """Write the rule anew; it is off again until it is tried.

    Raises:
        RecordNotInSightError: there is no such rule for ``by``.
        RuleRefusedError: it makes no sense, or watches nothing.
    """
    with acting_as(by):
        row = _own_rule(rule)
        _expect_sound(Account.objects.get(pk=by), watching)
        WatchRule.objects.filter(pk=rule).update(**_columns(watching), is_on=False, tried_at=None)
        _keep_deed("changed", row)


def try_rule(*, by: UUID, rule: UUID) -> Trial | None:
    """Say what the rule would have done in the last 24 months, and note that it was tried.

    Raises:
        RecordNotInSightError: there is no such rule for ``by``.
    """
    with acting_as(by):
        row = _own_rule(rule)
        figures = figures_for(_watcher(by), row.measure, row.place, row.detail)
        WatchRule.objects.filter(pk=rule).update(tried_at=now())
        _keep_deed("tried", row)
        return tried(figures, _condition(row), budget=row.budget)


def switch_rule(*, by: UUID, rule: UUID, on: bool) -> None:
    """Switch the rule on, once it was tried, or off.

    Raises:
        RecordNotInSightError: there is no such rule for ``by``.
        RuleRefusedError: it was not tried yet.
    """
    with acting_as(by):
        row = _own_rule(rule)
        if on and row.tried_at is None:
            raise RuleRefusedError("Try the rule on past months before you switch it on.")
        WatchRule.objects.filter(pk=rule).update(is_on=on)
        _keep_deed("switched_on" if on else "switched_off", row)


def delete_rule(*, by: UUID, rule: UUID) -> None:
    """Take the rule away with what it found.

    Raises:
        RecordNotInSightError: there is no such rule for ``by``.
    """
    with acting_as(by):
        row = _own_rule(rule)
        WatchRule.objects.filter(pk=rule).delete()
        _keep_deed("deleted", row)


def ask_all_rules() -> int:
    """Ask every rule that is on for the newest month, each as who made it; how many fired."""
    return sum(ask_rules_of(account) for account in _everybody())


def ask_rules_of(by: UUID) -> int:
    """Ask the rules of one account; a month that fired before does not fire again."""
    with acting_as(by):
        rows = list(WatchRule.objects.filter(account_id=by, is_on=True))
        return sum(_ask(by, row) for row in rows) if rows else 0


def start_from_firing(*, by: UUID, firing: UUID, body: UUID, saying: Saying) -> UUID:
    """Begin a warning from what a rule found; its record.

    Raises:
        AlertRefusedError: it names no crime.
        OwnerDecidesError: ``by`` is not of the body's people.
        RecordNotInSightError: there is no such firing for ``by``.
    """
    with acting_as(by):
        row = Firing.objects.filter(pk=firing).first()
        if row is None:
            raise RecordNotInSightError("There is no such rule that you may know of.")
        record = raise_signal(by=by, body=body, saying=saying)
        Firing.objects.filter(pk=firing).update(alert=record)
        _keep_deed("followed", row.rule)
        return record


def _ask(by: UUID, row: WatchRule) -> bool:
    try:
        figures = figures_for(_watcher(by), row.measure, row.place, row.detail)
    except RuleRefusedError:
        # What it watched is not in its maker's sight any more; it stays, and finds nothing.
        return False
    hit = hit_at(figures, len(figures) - 1, _condition(row)) if figures else None
    if hit is None or Firing.objects.filter(rule=row, month=hit.month).exists():
        return False
    _fire(row, hit)
    return True


def _fire(row: WatchRule, hit: Hit) -> None:
    Firing.objects.create(
        region_id=row.region_id,
        account_id=row.account_id,
        body=row.body,
        rule=row,
        month=hit.month,
        value=hit.value,
        limit=hit.limit,
    )
    _keep_deed("fired", row)
    give_notice(
        kind="alerts.fired",
        accounts=[row.account_id],
        region=row.region_id,
        subject_kind="alerts.rule",
        subject=row.pk,
    )


def _everybody() -> list[UUID]:
    with acting_for(Capacity.INSTALLATION):
        return [person.id for region in regions() for person in people_of_region(region.id)]


def _own_rule(rule: UUID) -> WatchRule:
    row = WatchRule.objects.filter(pk=rule).first()
    if row is None:
        raise RecordNotInSightError("There is no such rule that you may know of.")
    return row


def _watcher(by: UUID) -> Watcher:
    account = Account.objects.get(pk=by)
    return Watcher(region_of(account), account.language or "en")


def _expect_sound(account: Account, watching: Watching) -> None:
    if not watching.title.strip():
        raise RuleRefusedError("title: say what the rule watches for.")
    expect_sound(watching.condition, watching.budget)
    watcher = Watcher(region_of(account), account.language or "en")
    figures_for(watcher, watching.measure, watching.place, watching.detail)


def _condition(row: WatchRule) -> Condition:
    return Condition(Test(row.test), row.limit, row.least)


def _columns(watching: Watching) -> dict[str, object]:
    return {
        "title": watching.title,
        "measure": watching.measure,
        "place": watching.place,
        "detail": watching.detail,
        "test": watching.condition.test.value,
        "limit": watching.condition.limit,
        "least": watching.condition.least,
        "budget": watching.budget,
    }


def _keep_deed(verb: str, row: WatchRule) -> None:
    # In the book of the body that shares the rule; a rule of one's own is nobody else's to know of.
    record_deed(
        verb=verb,
        kind="alerts.rule",
        subject=row.pk,
        region=row.region_id,
        books=[row.body] if row.body else [],
        in_own_books=False,
    )
