"""Where a paper stands, and what may travel; without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from rtopnet.advice.rules.course import (
    ACKNOWLEDGE_WITHIN,
    Actor,
    Course,
    Deed,
    Stage,
    StageRefusedError,
    actor_of,
    allows,
    due_at,
    expect,
    since,
    spans,
    stage_of,
)
from rtopnet.advice.rules.text import Part, Said, body_of, missing_sections, numbered
from rtopnet.advice.rules.travel import EVERYBODY, Bar, Cited, Journey, bars, needs_release

START = datetime(2026, 3, 1, tzinfo=UTC)
OFFICE, STATE, NETWORK = (UUID(int=number) for number in (1, 2, 3))
GREEN, AMBER, CLEAR = 3, 2, 4


def day(number):
    return START + timedelta(days=number)


WHOLE = Course(day(0), day(1), None, day(11), day(12), day(13), day(20), day(21), day(30))


def test_each_stage_follows_the_one_before_and_lasts_until_the_next():
    found = spans(WHOLE)
    assert [span.stage for span in found] == [
        Stage.DRAFT,
        Stage.CLEARANCE,
        Stage.CLEARED,
        Stage.TRANSMITTED,
        Stage.ACKNOWLEDGED,
        Stage.ANSWERED,
        Stage.FOLLOWED_UP,
        Stage.CLOSED,
    ]
    assert [span.length(day(40)).days for span in found] == [1, 10, 1, 1, 7, 1, 9, 10]
    assert found[0].ended_at == found[1].began_at


def test_what_came_back_is_a_draft_again():
    course = Course(day(0), circulated_at=day(1), returned_at=day(3))
    assert stage_of(course) is Stage.DRAFT
    assert since(course) == day(3)


def test_the_office_sees_a_course_that_begins_with_its_clearance():
    assert [span.stage for span in spans(Course(cleared_at=day(0), transmitted_at=day(1)))] == [
        Stage.CLEARED,
        Stage.TRANSMITTED,
    ]


def test_the_office_is_waited_for_until_it_has_answered():
    assert due_at(Course(transmitted_at=day(0))) == day(0) + ACKNOWLEDGE_WITHIN
    assert due_at(Course(transmitted_at=day(0), acknowledged_at=day(1))) == day(30)
    assert due_at(WHOLE) is None


@pytest.mark.parametrize("stage", Stage)
def test_somebody_acts_at_each_stage_but_the_last(stage):
    acts = actor_of(stage) is not Actor.NOBODY
    assert acts == any(allows(stage, deed) for deed in Deed)


@pytest.mark.parametrize(
    ("stage", "deed"),
    [
        (Stage.CLEARED, Deed.WITHDRAW),
        (Stage.CLEARANCE, Deed.WRITE),
        (Stage.CLEARANCE, Deed.TRANSMIT),
        (Stage.TRANSMITTED, Deed.ANSWER),
        (Stage.CLOSED, Deed.ANSWER),
        (Stage.WITHDRAWN, Deed.CIRCULATE),
    ],
)
def test_what_does_not_follow_is_refused_with_its_reason(stage, deed):
    with pytest.raises(StageRefusedError, match=r"\w+ .*\."):
        expect(stage, deed)


def journey(marking=GREEN):
    return Journey(marking, frozenset({OFFICE}), (frozenset({STATE, NETWORK}),))


@pytest.mark.parametrize(
    ("cited", "found"),
    [
        (None, (Bar.OUT_OF_SIGHT,)),
        (Cited(GREEN, frozenset({OFFICE, NETWORK}), is_open=True), ()),
        (Cited(GREEN, frozenset({OFFICE, STATE}), is_open=True), ()),
        (Cited(CLEAR, frozenset({EVERYBODY}), is_open=True), ()),
        (Cited(GREEN, frozenset({OFFICE, NETWORK}), is_open=False), (Bar.NOT_OPEN,)),
        (Cited(GREEN, frozenset({NETWORK}), is_open=True), (Bar.OFFICE,)),
        (Cited(GREEN, frozenset({OFFICE}), is_open=True), (Bar.CIRCLE,)),
        (Cited(AMBER, frozenset({OFFICE, STATE}), is_open=True), (Bar.MARKING,)),
        (Cited(AMBER, frozenset(), is_open=True), (Bar.MARKING, Bar.OFFICE, Bar.CIRCLE)),
    ],
)
def test_a_reference_goes_where_its_record_goes(cited, found):
    assert bars(cited, journey()) == found
    assert needs_release(found) == bool(set(found) & {Bar.MARKING, Bar.OFFICE, Bar.CIRCLE})


def test_a_strict_text_carries_what_is_as_strict():
    cited = Cited(AMBER, frozenset({OFFICE, STATE}), is_open=True)
    assert bars(cited, journey(AMBER)) == ()


def test_statements_stand_in_the_order_of_sections_and_unknown_ones_last():
    assert numbered(["a", "b"], [("x", 0), ("b", 2), ("b", 1), ("a", 9)]) == [3, 2, 1, 0]


def test_a_section_that_says_nothing_has_no_heading():
    said = Said(1, " Homes burned. ", is_own_words=True)
    body = body_of([Part("a", "Empty"), Part("b", "Full", (said,))], "our word")
    assert body == "Full\n\n1. Homes burned. [our word]"


def test_needed_sections_that_say_nothing_are_named():
    assert missing_sections(["a", "b"], ["b"], {"a": "First", "b": "Second"}) == ["First"]
