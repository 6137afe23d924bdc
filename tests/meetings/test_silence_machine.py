"""The silence procedure as a machine that is walked at random, against an oracle that keeps its own book."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.meetings.rules import (
    LEAST_PERIOD,
    Act,
    Capital,
    Deed,
    DrafterWithdrawsError,
    ExtendedBeforeError,
    NextVersionNeededError,
    NotTakingPartError,
    Round,
    RoundOpenError,
    SilenceOverError,
    Stage,
    enter,
    expect_may_circulate,
    expect_period,
    extended_from,
    last_day_from,
    open_deeds,
    reservations,
    stage_of,
)

LEAST_STEPS = 10_000
NAMES = ("near", "far", "early", "late", "north", "south")
STATES = {name: uuid5(UUID(int=1), name) for name in NAMES}
CHAIR, OUTSIDER = uuid5(UUID(int=1), "secretariat"), uuid5(UUID(int=1), "outsider")
# Zones that change their clocks in either half of the year, by halves and quarters of hours, and both ends
# of the day.
ZONES = {
    "near": "Asia/Bangkok",
    "far": "America/New_York",
    "early": "Pacific/Kiritimati",
    "late": "Pacific/Midway",
    "north": "Europe/London",
    "south": "Pacific/Chatham",
}
BEGINNINGS = (
    datetime(2026, 2, 26, 23, 59, tzinfo=UTC),  # clocks go forward in the north within a fortnight
    datetime(2026, 3, 27, 12, 0, tzinfo=UTC),  # and back in the south
    datetime(2026, 10, 22, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 12, 30, 23, 59, 59, tzinfo=UTC),
)
steps = {"taken": 0, "adopted": 0, "broken": 0, "refused": 0}


@dataclass(frozen=True)
class Known:
    """What the oracle knows of a round: it asks the rules nothing."""

    version: int
    text: str
    deadline: datetime
    is_extended: bool = False
    ended: str = ""


class Silence(RuleBasedStateMachine):
    """A drafter, six capitals, desks that change hands, and a clock."""

    def __init__(self):
        super().__init__()
        self.rounds: list[Round] = []
        self.known: list[Known] = []
        self.outcomes: dict[int, Stage] = {}

    @initialize(now=st.sampled_from(BEGINNINGS), drafter=st.sampled_from(NAMES))
    def begin(self, now, drafter):
        self.now, self.drafter = now, STATES[drafter]
        self.capitals = tuple(
            Capital(STATES[name], ZONES[name], holidays={date(2026, 12, 31): "Year's end"}) for name in NAMES
        )
        self.texts = {1: "text 1"}
        # Who decides for a state now: a focal point and a deputy, by name.
        self.desks = {name: [f"{name} focal point", f"{name} deputy"] for name in NAMES}
        self.gone: list[tuple[str, str]] = []

    @property
    def last(self):
        return self.rounds[-1] if self.rounds else None

    def body_of(self, person):
        """The state that somebody decides for now, as the database finds it by who holds the post."""
        return next((STATES[name] for name, desk in self.desks.items() if person in desk), OUTSIDER)

    # The clock.

    @rule(minutes=st.integers(1, 60 * 24 * 4))
    def time_passes(self, minutes):
        steps["taken"] += 1
        self.now += timedelta(minutes=minutes)

    @rule(name=st.sampled_from(NAMES), aside=st.integers(-1, 1))
    def midnight_comes(self, name, aside):
        """One microsecond on either side of a capital's midnight, or the very stroke."""
        steps["taken"] += 1
        zone = ZoneInfo(ZONES[name])
        tomorrow = self.now.astimezone(zone).date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, time(), zone).astimezone(UTC)
        self.now = max(self.now, midnight + timedelta(microseconds=aside))

    @precondition(lambda self: self.last is not None)
    @rule(aside=st.integers(-1, 1))
    def the_deadline_comes(self, aside):
        """The deadline to the microsecond, the one before, and the one after."""
        steps["taken"] += 1
        self.now = max(self.now, self.known[-1].deadline + timedelta(microseconds=aside))

    # People.

    @rule(name=st.sampled_from(NAMES), seat=st.integers(0, 1), who=st.text("abc", min_size=3, max_size=6))
    def a_post_is_handed_over(self, name, seat, who):
        steps["taken"] += 1
        self.gone.append((name, self.desks[name][seat]))
        self.desks[name][seat] = f"{name} {who}"

    # The drafter.

    @rule()
    def the_next_version_is_written(self):
        steps["taken"] += 1
        if self.last is None or self.stage() is not Stage.IN_SILENCE:
            self.texts[max(self.texts) + 1] = f"text {max(self.texts) + 1}"

    @rule(
        days=st.integers(0, 20),
        hour=st.sampled_from([1, 2, 3, 12, 17, 24]),
        reason=st.sampled_from(["", "r"]),
    )
    def it_is_circulated(self, days, hour, reason):
        steps["taken"] += 1
        version = max(self.texts)
        found = last_day_from(self.now.date() + timedelta(days=days), hour, self.capitals)
        try:
            expect_may_circulate(self.last, version, self.now)
            expect_period(self.now, found.at, reason)
        except (RoundOpenError, NextVersionNeededError):
            steps["refused"] += 1
            stage = self.oracle(self.known[-1])
            assert stage in {"in silence", "adopted"} or version <= self.known[-1].version
            return
        except RuleBrokenError:
            steps["refused"] += 1
            assert found.at - self.now < LEAST_PERIOD or not reason
            return
        for capital in self.capitals:
            local = found.at.astimezone(ZoneInfo(capital.zone)).replace(tzinfo=None)
            assert local >= datetime.combine(found.day, time()) + timedelta(hours=hour)
            assert found.day.weekday() < 5
            assert found.day != date(2026, 12, 31)
        self.rounds.append(
            Round(
                number=len(self.rounds) + 1,
                version=version,
                drafter=self.drafter,
                participants=frozenset(STATES.values()),
                chair=CHAIR,
                opened_at=self.now,
                first_deadline=found.at,
            )
        )
        self.days = found.day, hour
        self.known.append(Known(version, self.texts[version], found.at))

    # Everybody.

    @precondition(lambda self: self.last is not None)
    @rule(
        name=st.sampled_from(NAMES),
        seat=st.integers(0, 1),
        deed=st.sampled_from(list(Deed)),
        words=st.sampled_from(["", "words"]),
    )
    def somebody_acts(self, name, seat, deed, words):
        steps["taken"] += 1
        self.act(self.body_of(self.desks[name][seat]), deed, words)

    @precondition(lambda self: self.last is not None and self.gone)
    @rule(deed=st.sampled_from(list(Deed)))
    def somebody_acts_who_handed_over(self, deed):
        steps["taken"] += 1
        _name, person = self.gone[-1]
        body = self.body_of(person)
        before = self.last
        self.act(body, deed, "words")
        assert body != OUTSIDER or self.last == before

    @precondition(lambda self: self.last is not None)
    @rule(
        name=st.sampled_from(NAMES),
        first=st.sampled_from(list(Deed)),
        second=st.sampled_from(list(Deed)),
        other=st.sampled_from(NAMES),
    )
    def two_act_at_once(self, name, first, second, other):
        """Both looked at the same round; the database lets one wait, who then finds what the first did."""
        steps["taken"] += 1
        looked_at = self.last
        one, two = self.body_of(self.desks[name][0]), self.body_of(self.desks[other][1])
        allowed = second in open_deeds(looked_at, two, self.now)
        self.act(one, first, "words")
        ended = self.known[-1].ended or self.now >= self.known[-1].deadline
        done = self.act(two, second, "words")
        assert not (done and ended)
        if allowed and not done:
            assert ended or first is second is Deed.EXTENSION or second is Deed.RETRACTION

    # What each act must do, by the oracle's own book.

    def act(self, body, deed, words):
        before, known = self.last, self.known[-1]
        until = None
        if deed is Deed.EXTENSION:
            until = extended_from(*self.days, self.capitals).at
        offered = deed in open_deeds(before, body, self.now)
        try:
            after = enter(before, Act(deed, body, self.now, words, until))
        except RuleBrokenError as error:
            steps["refused"] += 1
            self.refused_for_a_reason(error, body, deed, words)
            return False
        assert offered
        assert self.now < known.deadline
        assert not known.ended
        self.rounds[-1] = after
        if deed is Deed.EXTENSION:
            assert not known.is_extended
            self.known[-1] = replace(known, deadline=until, is_extended=True)
            assert until - known.deadline >= timedelta(days=4, hours=22)
        elif deed in {Deed.BREAK, Deed.WITHDRAWAL}:
            self.known[-1] = replace(known, ended=deed.value)
        return True

    def refused_for_a_reason(self, error, body, deed, words):
        known = self.known[-1]
        if isinstance(error, SilenceOverError):
            assert known.ended or self.now >= known.deadline
        elif isinstance(error, ExtendedBeforeError):
            assert known.is_extended
        elif isinstance(error, DrafterWithdrawsError):
            assert body == self.drafter
        elif isinstance(error, NotTakingPartError):
            assert body == OUTSIDER or (deed is Deed.WITHDRAWAL and body != self.drafter)
        else:
            assert not words or deed is Deed.RETRACTION

    def stage(self):
        return stage_of(self.last, self.now)

    def oracle(self, known):
        if known.ended:
            return known.ended
        return "adopted" if self.now >= known.deadline else "in silence"

    @invariant()
    def there_is_one_outcome_and_it_stays(self):
        for number, (about, known) in enumerate(
            zip(getattr(self, "rounds", ()), getattr(self, "known", ()), strict=True)
        ):
            stage = stage_of(about, self.now)
            expected = {
                "break": Stage.BROKEN,
                "withdrawal": Stage.WITHDRAWN,
                "adopted": Stage.ADOPTED,
                "in silence": Stage.IN_SILENCE,
            }[self.oracle(known)]
            assert stage is expected
            if number in self.outcomes:
                assert self.outcomes[number] is stage
            elif stage is not Stage.IN_SILENCE:
                self.outcomes[number] = stage
                steps[stage.value] = steps.get(stage.value, 0) + 1

    @invariant()
    def what_is_adopted_is_what_was_circulated(self):
        adopted = [
            known
            for number, known in enumerate(getattr(self, "known", ()))
            if self.outcomes.get(number) is Stage.ADOPTED
        ]
        assert len(adopted) <= 1
        for known in adopted:
            assert known is self.known[-1]
            assert self.rounds[-1].version == known.version
            assert self.texts[self.rounds[-1].version] == known.text

    @invariant()
    def no_act_counts_after_the_end(self):
        for about in self.rounds:
            for number, act in enumerate(about.acts):
                so_far = replace(about, acts=about.acts[:number])
                assert act.at < so_far.deadline
                assert so_far.ending() is None
            assert sum(act.deed is Deed.EXTENSION for act in about.acts) <= 1
            standing = [act.body for act in reservations(about)]
            assert len(standing) == len(set(standing))
            assert about.drafter not in standing


def test_the_procedure_holds_over_ten_thousand_steps():
    run_state_machine_as_test(
        Silence,
        settings=settings(
            max_examples=320,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    assert steps["taken"] >= LEAST_STEPS, steps
    assert min(steps["adopted"], steps["broken"], steps["refused"]) > 0, steps
