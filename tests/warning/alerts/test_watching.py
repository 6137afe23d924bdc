"""Watch rules: tried before they are on, asked as who made them, and followed by a warning."""

import pytest

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account, Notice
from rtopnet.network.public import load_region_pack, pack_folders, read_pack, region_by_slug, region_of
from rtopnet.sharing.public import OwnerDecidesError, RecordNotInSightError
from rtopnet.warning.alerts.models import Firing, WatchRule
from rtopnet.warning.alerts.public import (
    Condition,
    Crime,
    RuleRefusedError,
    Saying,
    Test,
    Watcher,
    Watching,
    alert_sheet,
    ask_all_rules,
    change_rule,
    figures_for,
    make_rule,
    rules_in_sight,
    start_from_firing,
    switch_rule,
    try_rule,
    watchable,
)
from tests.factories import make_outlook
from tests.warning.alerts.warned import desk, seen_by, state

pytestmark = pytest.mark.django_db
HIGH = Watching("Deaths in XAA", "state_deaths", "XAA", Condition(Test.LIMIT, 3), detail="all")


@pytest.fixture
def outlook(world):
    make_outlook(world.regions["reef"])


def made(world, code="XAB", *, watching=HIGH, body=None, on=True):
    rule = make_rule(by=desk(world, code), watching=watching, body=body)
    if on:
        try_rule(by=desk(world, code), rule=rule)
        switch_rule(by=desk(world, code), rule=rule, on=True)
    return rule


def rules_of(world, code):
    return seen_by(world, code, rules_in_sight, desk(world, code))


def test_a_rule_is_tried_before_it_is_on(world, outlook):
    rule = made(world, on=False)
    with pytest.raises(RuleRefusedError):
        switch_rule(by=desk(world, "XAB"), rule=rule, on=True)
    trial = try_rule(by=desk(world, "XAB"), rule=rule)
    # The factory's months run 0 to 6, over and over.
    assert (trial.months, len(trial.hits), trial.keeps_budget) == (24, 13, False)
    switch_rule(by=desk(world, "XAB"), rule=rule, on=True)
    assert rules_of(world, "XAB")[0].is_on


def test_a_changed_rule_is_off_until_it_is_tried_again(world, outlook):
    rule = made(world)
    change_rule(by=desk(world, "XAB"), rule=rule, watching=HIGH)
    [found] = rules_of(world, "XAB")
    assert (found.is_on, found.tried_at) == (False, None)


def test_a_rule_is_its_makers_alone_or_their_desks(world, outlook):
    rule = made(world)
    assert rules_of(world, "XAC") == []
    with pytest.raises(RecordNotInSightError):
        switch_rule(by=desk(world, "XAC"), rule=rule, on=False)
    made(world, "XAA", body=state(world))
    deputy = next(
        reader.account
        for reader in world.readers.values()
        if any(seat.institution == world.bodies["ministry"].pk for seat in reader.seats)
    )
    with acting_as(deputy):
        assert len(rules_in_sight(deputy)) == (1 if state(world) in _desks(deputy) else 0)
    with pytest.raises(OwnerDecidesError):
        made(world, "XAB", body=state(world))


def _desks(account):
    from rtopnet.network.public import acting_desks

    with acting_as(account):
        return acting_desks()


def test_it_watches_something_that_is_there(world, outlook):
    for watching in (
        Watching("t", "nothing", "XAA", Condition(Test.LIMIT, 1)),
        Watching("t", "state_deaths", "XZZ", Condition(Test.LIMIT, 1), detail="all"),
        Watching("t", "state_deaths", "XAA", Condition(Test.LIMIT, 1), detail="wrong"),
        Watching(" ", "state_deaths", "XAA", Condition(Test.LIMIT, 1), detail="all"),
    ):
        with pytest.raises(RuleRefusedError):
            make_rule(by=desk(world), watching=watching)


def test_it_fires_once_a_month_and_tells_its_maker(world, outlook):
    made(world)
    made(world, "XAC", watching=Watching("t", "outlook", "XAA", Condition(Test.RISE, 5)))
    made(world, "XAC", on=False)
    assert ask_all_rules() == 2
    assert ask_all_rules() == 0
    [rule] = rules_of(world, "XAB")
    assert [(str(one.month), one.value) for one in rule.firings] == [("2026-05-01", 3.0)]
    with acting_as(desk(world, "XAB")):
        assert list(Notice.objects.values_list("kind", flat=True)) == ["alerts.fired"]


def test_a_firing_begins_a_warning(world, outlook):
    made(world)
    ask_all_rules()
    [firing] = rules_of(world, "XAB")[0].firings
    saying = Saying("More than usual", "", (Crime.WAR_CRIMES,))
    record = start_from_firing(
        by=desk(world, "XAB"), firing=firing.id, body=state(world, "XAB"), saying=saying
    )
    assert seen_by(world, "XAB", alert_sheet, record).sheet.title == "More than usual"
    assert rules_of(world, "XAB")[0].firings[0].alert == record
    with pytest.raises(RecordNotInSightError):
        start_from_firing(by=desk(world, "XAC"), firing=firing.id, body=state(world, "XAC"), saying=saying)


def test_nothing_looks_into_rules_but_their_makers(world, outlook):
    made(world)
    ask_all_rules()
    for capacity in Capacity:
        with acting_for(capacity):
            assert not WatchRule.objects.exists()
            assert not Firing.objects.exists()


@pytest.fixture
def exercise():
    pack = read_pack(next(folder for folder in pack_folders() if folder.name == "exercise"))
    with acting_for(Capacity.INSTALLATION):
        load_region_pack(pack)
        return Watcher(region_by_slug("exercise"), "en")


def test_first_level_figures_come_from_the_pack(exercise):
    with acting_for(Capacity.INSTALLATION):
        measures = {measure.key: places for measure, places in watchable(exercise)}
        figures = figures_for(exercise, "first_level", "XID:Ilmetha", "one_sided")
    names = {place.name for place in measures["first_level"]}
    assert "Tarvessa, Quelast (real figures, replayed)" in names
    assert (str(figures[0].month), figures[0].value) == ("2012-01-01", 0)
    assert (str(figures[-1].month), figures[-1].value) == ("2026-10-01", 46)


def test_a_region_sees_its_own_pack_alone(world, exercise):
    account = desk(world)
    with acting_as(account):
        watcher = Watcher(region_of(Account.objects.get(pk=account)), "en")
        assert "first_level" not in {measure.key for measure, _ in watchable(watcher)}


REPLAYED = [
    # What UCDP recorded in 2012 and 2015, moved to 2026: the months in which the violence stood out.
    ("XTA:Quelast:replay", 0.95, 25, [("2026-06", 120), ("2026-10", 91)]),
    (
        "XNM:Drethmoor:replay",
        0.95,
        60,
        [("2026-02", 184), ("2026-03", 68), ("2026-04", 124)],
    ),
]


@pytest.mark.parametrize(("place", "share", "least", "fired"), REPLAYED)
def test_the_replay_of_real_years_fires(exercise, place, share, least, fired):
    from rtopnet.warning.alerts.rules.watching import tried

    with acting_for(Capacity.INSTALLATION):
        figures = figures_for(exercise, "first_level", place, "all")
    trial = tried(figures, Condition(Test.UNUSUAL, share, least), budget=2)
    assert [(f"{hit.month:%Y-%m}", hit.value) for hit in trial.hits] == fired
    assert trial.keeps_budget
