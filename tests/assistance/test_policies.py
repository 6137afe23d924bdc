"""What an outsider finds in the room's tables by plain SQL, and may not write there: nothing."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from rtopnet.assistance.models import Answer, Offer, Progress, Regret, Report
from rtopnet.assistance.public import (
    Flow,
    Given,
    Marks,
    add_step,
    answer_lesson,
    appraise,
    contribute,
    correct_entry,
    end_deployment,
    propose_lesson,
    report_on_deployment,
    send_regret,
    set_duty_done,
)
from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.sharing.rules import Role
from tests.assistance.helping import accepted, circulated, deployed, desk, offered, rostered, state
from tests.sharing.worlds import take_seat

pytestmark = pytest.mark.django_db
TABLES = sorted(model._meta.db_table for model in apps.get_app_config("assistance").get_models())
GIVEN = Given(Flow.PLEDGED, Decimal(10), "USD", today())


@pytest.fixture
def busy(world):
    """Something in every table, between XAA and XAB."""
    record, [need] = circulated(world, to=("XAB",))
    expert = take_seat(world, Role.CONTRIBUTOR, "XAB").account
    entry = rostered(world, account=expert)
    correct_entry(by=expert, record=entry, words="x")
    alone = rostered(world)
    line = accepted(world, offered(world, record, need, entry=alone, number=1))
    unanswered = offered(world, record, need, number=1)
    work = deployed(world, record, [line], begin=True)
    theirs, ours = desk(world, "XAB"), desk(world)
    body = state(world, "XAB")
    report_on_deployment(by=theirs, deployment=work, body=body, happened_on=today(), words="w")
    set_duty_done(by=theirs, deployment=work, body=body, item="insurance", done=True)
    send_regret(by=theirs, record=record, body=body)
    contribution = contribute(by=theirs, request=record, body=body, title="t", given=GIVEN)
    add_step(by=theirs, contribution=contribution, given=GIVEN)
    end_deployment(by=ours, deployment=work)
    sides = {"deployment": work, "body": state(world)}
    appraise(by=ours, about=body, marks=Marks(3, 3, 3), words="w", **sides)
    lesson = propose_lesson(by=ours, other=body, title="t", words="w", **sides)
    answer_lesson(by=theirs, lesson=lesson, agreed=False)
    return {"request": record, "need": need, "offer": unanswered, "work": work, "entry": alone}


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def test_an_outsider_finds_nothing_in_any_table(world, busy):
    late = take_seat(world, Role.CONTRIBUTOR, "XAA", reads=False).account
    for who in (desk(world, "XAC"), desk(world, "secretariat"), desk(world, "XBA"), late):
        with acting_as(who):
            assert {table: rows(table) for table in TABLES} == dict.fromkeys(TABLES, 0)


def test_nor_does_the_program_itself(world, busy):
    for capacity in Capacity:
        with acting_for(capacity):
            assert {table: rows(table) for table in TABLES} == dict.fromkeys(TABLES, 0)


def test_there_is_something_to_be_found(world, busy):
    with acting_as(desk(world)):
        ours = {table for table in TABLES if rows(table)}
    with acting_as(desk(world, "XAB")):
        theirs = {table for table in TABLES if rows(table)}
    assert ours | theirs == set(TABLES)
    roster = {"assistance_consent", "assistance_correction", "assistance_entry"}
    assert set(TABLES) - ours == roster
    assert set(TABLES) - theirs == {"assistance_progress"}


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def test_an_outsider_writes_nothing_into_what_is_between_two(world, busy):
    outsider = desk(world, "XAC")
    mine = state(world, "XAC")
    by = {"by_id": outsider}
    with acting_as(outsider):
        refused(lambda: Regret.objects.create(record_id=busy["request"], body=mine, **by))
        refused(
            lambda: Answer.objects.create(record_id=busy["offer"], state_id=mine, outcome="declined", **by)
        )
        refused(
            lambda: Report.objects.create(
                record_id=busy["work"], body=mine, happened_on=today(), words="w", **by
            )
        )
        refused(
            lambda: Offer.objects.create(
                record_id=busy["offer"], request_id=busy["request"], valid_until=today()
            )
        )
        record_deed(verb="tried", kind="assistance.offer", subject=busy["offer"])


def test_whoever_offers_does_not_answer_and_whoever_asks_does_not_offer(world, busy):
    theirs = desk(world, "XAB")
    with acting_as(theirs):
        for answering in (state(world), state(world, "XAB")):
            refused(
                lambda state=answering: Answer.objects.create(
                    record_id=busy["offer"], state_id=state, outcome="accepted", by_id=theirs
                )
            )
        assert not Progress.objects.filter(record_id=busy["request"]).exists()
        record_deed(verb="tried", kind="assistance.offer", subject=busy["offer"])


def test_nobody_writes_in_the_name_of_another_body(world, busy):
    theirs = desk(world, "XAB")
    with acting_as(theirs):
        refused(
            lambda: Report.objects.create(
                record_id=busy["work"], body=state(world), happened_on=today(), words="w", by_id=theirs
            )
        )
        record_deed(verb="tried", kind="assistance.offer", subject=busy["offer"])
