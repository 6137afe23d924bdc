"""Asking for help: who may, who reads, what stopping it means."""

import pytest
from django.db import ProgrammingError, transaction

from rtopnet.assistance.models import Need, Progress, Request
from rtopnet.assistance.public import (
    Actor,
    Asking,
    NeedRefusedError,
    Pillar,
    Stage,
    StageRefusedError,
    add_need,
    address_request,
    circulate_request,
    draft_request,
    request_sheet,
    requests_listed,
    return_request,
    send_regret,
    submit_request,
    was_withdrawn,
    withdraw_request,
)
from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.models import Record
from rtopnet.sharing.public import (
    Audience,
    NobodyAddressedError,
    OwnerDecidesError,
    RecordNotInSightError,
    recall_record,
)
from rtopnet.sharing.rules import Role
from tests.assistance.helping import TITLE, circulated, desk, drafted, seen_by, state, wish
from tests.sharing.worlds import take_seat

pytestmark = pytest.mark.django_db


def stage(world, record, code="XAA"):
    return seen_by(world, code, request_sheet, record).stage


def test_a_request_goes_to_those_whom_the_state_chose(world):
    record, _ = circulated(world, to=("XAB",))
    sheet = seen_by(world, "XAB", request_sheet, record)
    assert (sheet.sheet.title, sheet.needs[0].number, sheet.is_own) == (TITLE, 3, False)
    assert seen_by(world, "XAC", request_sheet, record) is None
    assert seen_by(world, "secretariat", request_sheet, record) is None


def test_a_draft_is_the_states_own(world):
    record, _ = drafted(world)
    assert stage(world, record) is Stage.DRAFT
    for other in ("XAB", "secretariat", "ministry", "XBA"):
        if other != "ministry":
            assert seen_by(world, other, request_sheet, record) is None


def test_others_do_not_learn_how_far_it_has_come(world):
    record, _ = circulated(world)
    sheet = seen_by(world, "XAB", request_sheet, record)
    assert (sheet.course, sheet.stage, sheet.actor) == (None, Stage.CIRCULATED, Actor.ADDRESSEES)
    with acting_as(desk(world, "XAB")):
        assert not Progress.objects.exists()


def test_a_state_asks_for_itself_alone(world):
    with pytest.raises(OwnerDecidesError):
        draft_request(by=desk(world), state=state(world, "XAB"), asking=Asking("For others"))


def own_record(world, code):
    """A record of a state or institution that says it is a request."""
    body = world.body(code)
    owner = {"owner_state": body} if code in world.states else {"owner_institution": body}
    by = desk(world, code)
    return Record.objects.create(
        region=body.region, kind="assistance_request", marking=2, drafted_by_id=by, **owner
    )


@pytest.mark.parametrize(("owner", "asks_for"), [("secretariat", "XAA"), ("XAB", "XAA")])
def test_the_database_refuses_an_institution_and_another_state(world, owner, asks_for):
    with acting_as(desk(world, owner)):
        record = own_record(world, owner)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Request.objects.create(record=record, state_id=state(world, asks_for))
        record_deed(verb="drafted", kind="sharing.record", subject=record.pk)


def test_a_contributor_writes_and_the_focal_point_decides(world):
    writer = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    record = draft_request(by=writer, state=state(world), asking=Asking("A draft"), open_to_contributors=True)
    add_need(by=writer, record=record, wish=wish())
    submit_request(by=writer, record=record)
    with acting_as(writer):
        assert request_sheet(record).actor is Actor.DESK
    with pytest.raises(OwnerDecidesError):
        circulate_request(by=writer, record=record)
    return_request(by=desk(world), record=record)
    assert stage(world, record) is Stage.DRAFT


def test_without_a_need_nothing_is_submitted(world):
    record = draft_request(by=desk(world), state=state(world), asking=Asking("Empty"))
    with pytest.raises(NeedRefusedError):
        submit_request(by=desk(world), record=record)


def test_nothing_goes_out_to_nobody(world):
    record, _ = drafted(world)
    submit_request(by=desk(world), record=record)
    with pytest.raises(NobodyAddressedError):
        circulate_request(by=desk(world), record=record)


@pytest.mark.parametrize(
    "changes",
    [{"form": None}, {"pillar": Pillar.OWN_DUTY}, {"number": 0}, {"skills": ["flying"]}, {"currency": "USD"}],
)
def test_a_need_that_contradicts_itself_is_refused(world, changes):
    record, _ = drafted(world)
    with pytest.raises(NeedRefusedError):
        add_need(by=desk(world), record=record, wish=wish(**changes))


def test_what_went_out_stays_as_it_was(world):
    record, needs = circulated(world)
    with pytest.raises(StageRefusedError):
        add_need(by=desk(world), record=record, wish=wish())
    with acting_as(desk(world)):
        assert Need.objects.filter(pk=needs[0]).update(number=9) == 0


def test_only_who_was_asked_sends_regrets_and_only_the_state_sees_them(world):
    record, _ = circulated(world, to=("XAB",))
    send_regret(by=desk(world, "XAB"), record=record, body=state(world, "XAB"), words="Not this year.")
    assert [one.words for one in seen_by(world, "XAA", request_sheet, record).regrets] == ["Not this year."]
    with pytest.raises(RecordNotInSightError):
        send_regret(by=desk(world, "XAC"), record=record, body=state(world, "XAC"))
    with pytest.raises(OwnerDecidesError):
        send_regret(by=desk(world, "XAB"), record=record, body=state(world, "XAC"))


def test_a_withdrawn_request_is_gone_for_others_who_see_that_it_was_withdrawn(world):
    record, _ = circulated(world)
    withdraw_request(by=desk(world), record=record)
    assert seen_by(world, "XAB", request_sheet, record) is None
    assert seen_by(world, "XAB", was_withdrawn, record)
    assert not seen_by(world, "secretariat", was_withdrawn, record)
    assert stage(world, record) is Stage.WITHDRAWN
    with pytest.raises(StageRefusedError):
        withdraw_request(by=desk(world), record=record)


def test_one_recalled_from_its_records_page_counts_as_withdrawn(world):
    record, _ = circulated(world)
    recall_record(by=desk(world), record=record)
    assert stage(world, record) is Stage.WITHDRAWN


def test_a_draft_can_be_withdrawn_and_stays_with_its_state(world):
    record, _ = drafted(world)
    withdraw_request(by=desk(world), record=record)
    assert stage(world, record) is Stage.WITHDRAWN


def test_lists_hold_ones_own_and_what_was_sent(world):
    record, _ = circulated(world, to=("XAB",))
    drafted(world, title="A draft")
    own = seen_by(world, "XAA", lambda: requests_listed(own=True))
    assert [line.title for line in own] == ["A draft", TITLE]
    others = seen_by(world, "XAB", lambda: requests_listed(own=False))
    assert [(line.id, line.stage) for line in others] == [(record, Stage.CIRCULATED)]
    assert seen_by(world, "XAC", lambda: requests_listed(own=False)) == []


def test_one_who_only_reads_cannot_change_a_request(world):
    record, _ = circulated(world)
    audience = Audience(states=frozenset({state(world, "XAC")}))
    with pytest.raises(RecordNotInSightError):
        address_request(by=desk(world, "XAB"), record=record, audience=audience)
    with pytest.raises(RecordNotInSightError):
        withdraw_request(by=desk(world, "XAB"), record=record)
