"""What waits for whom in the silence procedure, on the home page, in reminders and at a hand-over."""

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.models import Procedure
from rtopnet.meetings.public import (
    add_statement,
    adopt_due,
    ask_for_more_time,
    break_silence,
    decision_tasks_for,
    join_with_reservation,
    look_again,
    remind_due,
    stay_silent,
)
from rtopnet.network.models import Account, Notice, Post
from rtopnet.network.public import duties_of
from tests.meetings.circles import desk, in_silence, let_pass, make_circle_world
from tests.sharing.worlds import database_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_circle_world()


def tasks(world, code):
    with acting_as(desk(world, code)):
        account = Account.objects.get(pk=desk(world, code))
        return [task.title for task in decision_tasks_for(account, "en")]


def told(world, code, kind):
    with acting_as(desk(world, code)):
        return Notice.objects.filter(kind=f"meetings.{kind}").count()


ANSWER = "Answer “A programme”, or agree by silence"


def test_a_text_in_silence_waits_for_those_asked_and_not_for_its_drafter(world):
    in_silence(world)
    assert tasks(world, "XAB") == [ANSWER]
    assert tasks(world, "XAA") == []
    assert tasks(world, "secretariat") == []


def test_it_waits_no_more_once_the_state_is_decided(world):
    _record, procedure = in_silence(world)
    stay_silent(by=desk(world, "XAB"), procedure=procedure)
    join_with_reservation(by=desk(world, "XAC"), procedure=procedure, words="As our law allows.")
    assert tasks(world, "XAB") == tasks(world, "XAC") == []
    look_again(by=desk(world, "XAB"), procedure=procedure)
    assert tasks(world, "XAB") == [ANSWER]


def test_a_broken_one_waits_for_its_drafter(world):
    _record, procedure = in_silence(world)
    break_silence(by=desk(world, "XAB"), procedure=procedure, reason="No.")
    assert tasks(world, "XAA") == ["Write the next version of “A programme”"]
    assert tasks(world, "XAB") == []
    assert told(world, "XAC", "broken") == told(world, "XAA", "broken") == 1
    assert told(world, "XAB", "broken") == 0


def test_an_adopted_one_waits_for_the_chairs_statement_and_all_are_told(world):
    record, procedure = in_silence(world)
    let_pass(record, days=20)
    adopt_due()
    assert tasks(world, "secretariat") == ["Add the chair's statement on “A programme”"]
    assert [told(world, code, "adopted") for code in ("XAA", "XAB", "XAC", "secretariat")] == [1] * 4
    add_statement(by=desk(world, "secretariat"), procedure=procedure, words="Thanks.")
    assert tasks(world, "secretariat") == []


def test_reminders_come_once_72_and_24_hours_before_and_not_to_those_decided(world):
    record, procedure = in_silence(world)
    stay_silent(by=desk(world, "XAC"), procedure=procedure)
    assert remind_due() == 0
    left = _hours_left(world, procedure)
    let_pass(record, hours=left - 70)
    assert (remind_due(), remind_due()) == (1, 0)
    let_pass(record, hours=50)
    assert (remind_due(), remind_due()) == (1, 0)
    assert told(world, "XAB", "reminder") == 2
    assert told(world, "XAC", "reminder") == told(world, "XAA", "reminder") == 0


def test_more_time_brings_its_own_reminders(world):
    record, procedure = in_silence(world)
    let_pass(record, hours=_hours_left(world, procedure) - 70)
    assert remind_due() == 1
    ask_for_more_time(by=desk(world, "XAB"), procedure=procedure)
    assert remind_due() == 0
    let_pass(record, hours=_hours_left(world, procedure) - 70)
    assert remind_due() == 1


def test_whoever_takes_a_post_over_finds_what_waits(world):
    in_silence(world)
    with acting_as(desk(world, "XAB")):
        post = Post.objects.filter(state=world.states["XAB"]).first()
        assert [(duty.title, duty.count) for duty in duties_of(post.pk)] == [("Texts in silence", 1)]


def _hours_left(world, procedure):

    with acting_as(desk(world, "XAB")):
        return int((Procedure.objects.get(pk=procedure).deadline - database_now()).total_seconds()) // 3600
