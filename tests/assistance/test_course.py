"""The course of a request: no sequence of deeds leads it where it may not be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from rtopnet.assistance.rules.course import (
    ALLOWED,
    ENDED,
    Actor,
    Course,
    Deed,
    Stage,
    StageRefusedError,
    actor_of,
    after,
    allows,
    since,
    stage_of,
)

BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)
WAY = [
    (Deed.SUBMIT, Stage.SUBMITTED),
    (Deed.CIRCULATE, Stage.CIRCULATED),
    (Deed.OFFER, Stage.OFFERED),
    (Deed.ACCEPT, Stage.MATCHED),
    (Deed.BEGIN, Stage.UNDER_WAY),
    (Deed.COMPLETE, Stage.COMPLETED),
    (Deed.APPRAISE, Stage.APPRAISED),
]


def later(hours):
    return BEGAN + timedelta(hours=hours)


def test_a_request_goes_from_draft_to_appraised():
    course = Course(BEGAN)
    for hours, (deed, stage) in enumerate(WAY, start=1):
        course = after(course, deed, later(hours))
        assert stage_of(course) is stage
        assert since(course) == later(hours)


def test_a_submitted_request_goes_back_to_its_writer():
    course = after(after(Course(BEGAN), Deed.SUBMIT, later(1)), Deed.RETURN, later(2))
    assert stage_of(course) is Stage.DRAFT
    assert since(course) == BEGAN


def test_taking_back_the_only_offer_leads_back_to_circulated():
    course = Course(BEGAN)
    for hours, (deed, _) in enumerate(WAY[:3], start=1):
        course = after(course, deed, later(hours))
    course = after(course, Deed.TAKE_BACK_OFFERS, later(9))
    assert (stage_of(course), since(course)) == (Stage.CIRCULATED, later(2))


def test_what_is_refused_names_the_stage():
    with pytest.raises(StageRefusedError, match="is draft"):
        after(Course(BEGAN), Deed.CIRCULATE, BEGAN)


def test_somebody_has_to_act_until_the_end():
    for stage in Stage:
        assert (actor_of(stage) is Actor.NOBODY) == (stage in ENDED)


class Requests(RuleBasedStateMachine):
    """Any deeds in any order, at instants that may be equal."""

    def __init__(self):
        super().__init__()
        self.course, self.now, self.done = Course(BEGAN), BEGAN, []

    @rule(deed=st.sampled_from(Deed), minutes=st.integers(0, 90))
    def attempt(self, deed, minutes):
        self.now += timedelta(minutes=minutes)
        before = self.course
        if allows(before, deed):
            self.course = after(before, deed, self.now)
            self.done.append(deed)
        else:
            with pytest.raises(StageRefusedError):
                after(before, deed, self.now)

    @precondition(lambda self: stage_of(self.course) in ENDED)
    @rule(deed=st.sampled_from(Deed))
    def nothing_follows_an_end(self, deed):
        assert not allows(self.course, deed)

    @invariant()
    def it_stands_since_something_happened(self):
        assert BEGAN <= since(self.course) <= self.now

    @invariant()
    def it_leaves_its_state_only_by_being_circulated(self):
        beyond = {Stage.OFFERED, Stage.MATCHED, Stage.UNDER_WAY, Stage.COMPLETED, Stage.APPRAISED}
        if stage_of(self.course) in beyond:
            assert self.course.circulated_at is not None
            assert Deed.CIRCULATE in self.done

    @invariant()
    def it_can_be_stopped_until_the_work_is_done(self):
        done = {Stage.COMPLETED, Stage.APPRAISED, Stage.WITHDRAWN}
        assert allows(self.course, Deed.WITHDRAW) == (stage_of(self.course) not in done)

    @invariant()
    def what_happened_is_in_order(self):
        course = self.course
        steps = [course.drafted_at, course.submitted_at, course.circulated_at, course.offered_at]
        steps += [course.matched_at, course.begun_at, course.completed_at, course.appraised_at]
        known = [at for at in steps if at is not None]
        assert known == sorted(known)


TestRequests = Requests.TestCase
TestRequests.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)


def test_every_stage_that_is_not_an_end_allows_something():
    for stage in Stage:
        assert any(stage in stages for stages in ALLOWED.values()) == (stage not in ENDED)
