"""The course of a warning, walked by random deeds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rtopnet.warning.alerts.rules.course import (
    BEFORE_ISSUE,
    AlertStageError,
    ConsultationRunsError,
    Course,
    Deed,
    Outcome,
    Stage,
    after,
    allows,
    due_at,
    expect,
    outcomes_at,
)
from rtopnet.warning.alerts.rules.terms import TermsFaultError, terms_from

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Walk(RuleBasedStateMachine):
    """Whatever is tried in whatever order, stages come in their order and nobody is passed over unheard."""

    @initialize(concerns=st.booleans())
    def begin(self, concerns):
        self.course = Course(concerns_others=concerns)
        self.been = [Stage.SIGNAL]
        self.was_heard = False

    @rule(heard=st.booleans())
    def hear(self, heard):
        if self.course.stage is Stage.CONSULTATION:
            self.course = Course(self.course.stage, self.course.concerns_others, heard)
            self.was_heard = heard

    @rule(deed=st.sampled_from(list(Deed)))
    def attempt(self, deed):
        if not allows(self.course, deed):
            with pytest.raises(AlertStageError):
                after(self.course, deed)
            return
        then = after(self.course, deed)
        if deed is Deed.ISSUE and self.course.concerns_others:
            assert self.was_heard
        self.course = then
        self.been.append(then.stage)

    @invariant()
    def stages_never_go_back(self):
        order = [list(Stage).index(stage) for stage in getattr(self, "been", [])]
        assert order == sorted(order)

    @invariant()
    def nothing_answers_what_was_not_issued(self):
        been = getattr(self, "been", [])
        assert Stage.RESPONSE not in been or Stage.ISSUED in been


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=150, stateful_step_count=20, deadline=None)


def test_an_unheard_state_holds_a_warning_back():
    course = Course(Stage.CONSULTATION, concerns_others=True)
    with pytest.raises(ConsultationRunsError):
        expect(course, Deed.ISSUE)


def test_a_state_that_warns_of_itself_consults_nobody():
    course = Course(Stage.ASSESSED)
    assert allows(course, Deed.ISSUE)
    assert not allows(course, Deed.CONSULT)


def test_only_an_issued_warning_averts_something():
    for stage in BEFORE_ISSUE:
        assert Outcome.AVERTED not in outcomes_at(stage)
    assert Outcome.AVERTED in outcomes_at(Stage.RESPONSE)
    assert all(Outcome.MISSED not in outcomes_at(stage) for stage in Stage)


def test_stages_are_due_after_what_was_agreed():
    assert due_at(Stage.SIGNAL, NOON) == NOON + timedelta(hours=72)
    assert due_at(Stage.SIGNAL, NOON, {Stage.SIGNAL: 5}) == NOON + timedelta(hours=5)
    assert due_at(Stage.CLOSED, NOON) is None


def test_a_region_agrees_on_its_own_hours():
    terms = terms_from({"hours": {"signal": 24}, "escalate_to": ["secretariat", "rights-panel"]})
    assert terms.hours[Stage.SIGNAL] == 24
    assert terms.hours[Stage.ISSUED] == 168
    assert terms.escalate_to == ("secretariat", "rights-panel")


@pytest.mark.parametrize(
    "said", [[], {"days": 1}, {"hours": {"closed": 3}}, {"hours": {"signal": 0}}, {"escalate_to": "all"}]
)
def test_impossible_terms_are_refused(said):
    with pytest.raises(TermsFaultError):
        terms_from(said)
