"""Drills and reminders: who is asked, who may answer, and what each sees of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel import clock
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import ContactReminder, DrillCall, Notice, NoticeDelivery, NoticeRefusal
from rtopnet.network.public import (
    CallClosedError,
    Channel,
    DrillTimesError,
    Duty,
    SecretariatStartsError,
    answer_by_link,
    answer_drill,
    call_off_drill,
    close_ended_drills,
    drill_in_sight,
    duties_of,
    hand_over,
    readiness_of,
    remind_of_contacts,
    send_drill_letter,
    send_due_drills,
    start_drill,
    tasks_for,
)
from rtopnet.network.services.drills import drill_token
from tests.network.offices import make_offices

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def offices():
    return make_offices()


def start(offices, by="office", **more):
    return start_drill(
        by=offices.accounts[by].pk, title="Spring", **{"lasts": HOUR, "message": "Are you there?"} | more
    )


def calls():
    with acting_for(Capacity.INSTALLATION):
        return {call.account.name: call for call in DrillCall.objects.select_related("account")}


def token_of(name):
    return drill_token(calls()[name].pk)


def seen(offices, name, drill):
    account = offices.accounts[name]
    with acting_as(account.pk):
        return drill_in_sight(account, drill, "en")


def end():
    with clock.clock_at(clock.now() + 2 * HOUR):
        close_ended_drills()


def test_focal_points_and_deputies_are_asked(offices):
    start(offices)
    assert set(calls()) == {"Focal point of XAA", "Focal point of XAB", "The deputy"}
    with acting_for(Capacity.INSTALLATION):
        assert set(Notice.objects.values_list("kind", flat=True)) == {"network.drill"}


def test_only_the_secretariat_starts_and_calls_off(offices):
    for by in ("xaa", "contributor"):
        with pytest.raises(SecretariatStartsError):
            start(offices, by=by)
    planned = start(offices, at=clock.now() + HOUR)
    with pytest.raises(SecretariatStartsError):
        call_off_drill(by=offices.accounts["xaa"].pk, drill=planned)
    call_off_drill(by=offices.accounts["office"].pk, drill=planned)
    with pytest.raises(SecretariatStartsError):
        call_off_drill(by=offices.accounts["office"].pk, drill=start(offices))


@pytest.mark.parametrize("wrong", [{"lasts": timedelta(minutes=1)}, {"lasts": timedelta(days=9)}])
def test_lengths_that_drill_nothing(offices, wrong):
    with pytest.raises(DrillTimesError):
        start(offices, **wrong)
    with pytest.raises(DrillTimesError):
        start(offices, at=clock.now() - HOUR)


def test_a_planned_one_is_known_to_the_secretariat_alone_and_sent_once_at_its_hour(offices):
    planned = start(offices, at=clock.now() + HOUR)
    send_due_drills()
    assert calls() == {}
    assert seen(offices, "xaa", planned) is None
    assert seen(offices, "office", planned).sent_at is None
    with clock.clock_at(clock.now() + 2 * HOUR):
        send_due_drills()
        send_due_drills()
    assert len(calls()) == 3
    assert seen(offices, "xaa", planned) is not None


def test_the_link_answers_once_without_sign_in_and_says_nothing(offices, client):
    start(offices)
    address = f"/network/here/{token_of('The deputy')}/"
    page = client.get(address)
    assert page.status_code == 200
    for told in ("XAA", "Spring", "reef", "Reef", "deputy"):
        assert told not in page.content.decode().replace(address, "")
    assert calls()["The deputy"].answered_at is None, "opening is not answering"
    assert client.post(address).status_code == 200
    assert calls()["The deputy"].answered_by_link
    assert client.post(address).status_code == 410


def bare(response, token):
    page = response.content.decode().replace(token, "")
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_links_spent_forged_and_ended_answer_alike(offices, client):
    start(offices)
    spent, late = token_of("The deputy"), token_of("Focal point of XAB")
    answer_by_link(token=spent)
    end()
    forged = drill_token(offices.region.pk)
    with clock.clock_at(clock.now() + 2 * HOUR):
        answers = {
            token: client.post(f"/network/here/{token}/") for token in (spent, late, forged, "no:token")
        }
    assert {answer.status_code for answer in answers.values()} == {410}
    assert len({tuple(bare(answer, token)) for token, answer in answers.items()}) == 1


def test_whoever_handed_the_post_over_no_longer_answers_for_it(offices):
    drill = start(offices)
    token = token_of("Focal point of XAA")
    with acting_as(offices.accounts["xaa"].pk):
        assert duties_of(offices.posts["xaa"].pk) == [Duty("Readiness drills to answer", 1)]
    hand_over(
        by=offices.accounts["xaa"].pk,
        post=offices.posts["xaa"].pk,
        to=offices.accounts["contributor"].pk,
        time_zone="UTC",
    )
    with pytest.raises(CallClosedError):
        answer_by_link(token=token)
    answer_drill(by=offices.accounts["contributor"].pk, drill=drill)
    assert calls()["Focal point of XAA"].answered_at is not None


def test_nobody_answers_for_another(offices):
    drill = start(offices)
    for by in ("contributor", "office"):
        with pytest.raises(CallClosedError):
            answer_drill(by=offices.accounts[by].pk, drill=drill)
    answer_drill(by=offices.accounts["xaa"].pk, drill=drill)
    assert [name for name, call in calls().items() if call.answered_at] == ["Focal point of XAA"]
    with (
        acting_as(offices.accounts["xaa"].pk),
        pytest.raises(DatabaseError, match="answered once"),
        transaction.atomic(),
    ):
        DrillCall.objects.filter(drill_id=drill).update(answered_at=None)
    with acting_as(offices.accounts["xab"].pk):
        assert DrillCall.objects.exclude(post=offices.posts["xab"]).update(answered_at=clock.now()) == 0


def test_a_state_sees_its_own_answer_the_secretariat_all_the_network_figures(offices):
    drill = start(offices)
    answer_drill(by=offices.accounts["deputy"].pk, drill=drill)
    assert seen(offices, "xab", drill).answered is None, "while it runs there are no figures"
    end()
    for name, states in (
        ("xaa", {"State XAA"}),
        ("xab", {"State XAB"}),
        ("contributor", set()),
        ("office", {"State XAA", "State XAB"}),
    ):
        view = seen(offices, name, drill)
        assert {answer.state for answer in view.answers} == states
        assert (view.called, view.answered, view.quick) == (2, 1, 1)
    assert [answer.took is None for answer in seen(offices, "xab", drill).answers] == [True]


def test_nothing_of_it_crosses_into_another_region(offices):
    drill = start(offices)
    elsewhere = make_offices("ridge")
    assert seen(elsewhere, "office", drill) is None
    account = elsewhere.accounts["office"]
    with acting_as(account.pk):
        assert readiness_of(account, "en").drills == ()
        assert not DrillCall.objects.exists()


def test_the_letter_carries_the_link_to_whoever_has_not_answered(offices):
    drill = start(offices)
    for call in calls().values():
        with acting_for(Capacity.INSTALLATION):
            send_drill_letter(call=call.pk)
    assert len(mail.outbox) == 3
    letter = next(letter for letter in mail.outbox if letter.to == ["deputy@reef.example"])
    assert f"/network/here/{token_of('The deputy')}/" in letter.body
    assert "XAA" not in letter.body + letter.subject
    answer_drill(by=offices.accounts["deputy"].pk, drill=drill)
    with acting_for(Capacity.INSTALLATION):
        send_drill_letter(call=calls()["The deputy"].pk)
    assert len(mail.outbox) == 3


def test_whoever_wants_no_mail_about_drills_gets_none_and_nobody_gets_two(offices):
    start(offices)
    with acting_for(Capacity.INSTALLATION):
        assert not NoticeDelivery.objects.filter(channel=Channel.MAIL).exists()
    deputy = offices.accounts["deputy"]
    with acting_as(deputy.pk):
        NoticeRefusal.objects.create(account=deputy, kind="network.drill", channel=Channel.MAIL)
        record_deed(verb="chosen", kind="network.notices", subject=deputy.pk)
    with acting_for(Capacity.INSTALLATION):
        send_drill_letter(call=calls()["The deputy"].pk)
    assert mail.outbox == []


def test_an_open_drill_waits_on_the_home_page_until_answered(offices):
    drill = start(offices)
    account = offices.accounts["xab"]
    with acting_as(account.pk):
        assert tasks_for(account, "en")[0].title == "Answer the readiness drill: Spring"
    answer_drill(by=account.pk, drill=drill)
    with acting_as(account.pk):
        assert all("drill" not in task.title for task in tasks_for(account, "en"))


def test_the_secretariat_is_asked_for_a_drill_each_half_year(offices):
    account = offices.accounts["office"]

    def asked():
        with acting_as(account.pk):
            return any("half-year" in task.title for task in tasks_for(account, "en"))

    assert asked()
    start(offices)
    assert not asked()
    with clock.clock_at(clock.now() + timedelta(days=190)):
        assert asked()


def reminded():
    remind_of_contacts()
    with acting_for(Capacity.INSTALLATION):
        return sorted(
            ContactReminder.objects.filter(account__name="The deputy").values_list("stage", flat=True)
        )


def test_reminders_come_once_a_stage_and_weekly_after(offices):
    began = clock.now()
    # A new holder is asked within two weeks.
    for days, stages in ((0, [30]), (0, [30]), (8, [7, 30]), (14, [0, 7, 30]), (23, [-7, 0, 7, 30])):
        with clock.clock_at(began + timedelta(days=days)):
            assert reminded() == stages
