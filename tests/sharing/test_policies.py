"""Each row policy, clause by clause, against statements that no service would make."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.ids import new_id
from rtopnet.sharing.models import (
    Addressee,
    Existence,
    Group,
    Member,
    Reading,
    Record,
    RecordText,
    ReleaseRequest,
)
from rtopnet.sharing.rules import Audience, Marking, Role
from tests.sharing.worlds import database_now, make_group, make_record, make_world, take_seat

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    return make_world()


def refused():
    return pytest.raises(DatabaseError, match="row-level security")


def to_state(world, code="XAB"):
    return Audience(states=frozenset({world.states[code].pk}))


def desk(world, code="XAA"):
    return world.scribe(code).account


def contributor(world, code="XAA"):
    return take_seat(world, Role.CONTRIBUTOR, code).account


def record_row(world, **changed):
    state = world.states["XAA"]
    row = {"region": state.region, "owner_state": state, "kind": "report", "marking": 0}
    return Record(**(row | {"drafted_by_id": desk(world)} | changed))


def test_drafts_are_ones_own_in_ones_own_name_region_and_unreleased(world):
    other = world.regions["ridge"]
    for by, row in (
        (desk(world, "XAB"), record_row(world, drafted_by_id=desk(world, "XAB"))),
        (desk(world), record_row(world, drafted_by_id=desk(world, "XAB"))),
        (desk(world), record_row(world, region=other)),
        (desk(world), record_row(world, released_at=database_now())),
    ):
        with acting_as(by), refused(), transaction.atomic():
            row.save(force_insert=True)


def test_only_the_desk_changes_the_envelope_and_the_audience(world):
    record, _ = make_record(world, "XAA", audience=to_state(world), open_to_contributors=True)
    with acting_as(contributor(world)):
        assert Record.objects.count() == 1
        assert Record.objects.update(marking=Marking.CLEAR) == 0
        assert Addressee.objects.all()._raw_delete("default") == 0
        with refused(), transaction.atomic():
            Addressee.objects.create(record=record, reach=0, account_id=desk(world, "XAC"))
    with acting_as(desk(world, "XAB")):
        assert Record.objects.update(marking=Marking.CLEAR) == 0
        assert not Addressee.objects.exists()


def test_an_addressee_does_not_see_the_audience(world):
    make_record(world, "XAA", audience=to_state(world), released_at=database_now())
    with acting_as(desk(world, "XAB")):
        assert Record.objects.exists()
        assert not Addressee.objects.exists()


def text(record, by, version=2):
    return RecordText(record=record, version=version, title="t", body="b", written_by_id=by)


def test_contributors_write_drafts_and_strangers_nothing(world):
    draft, _ = make_record(world, "XAA", open_to_contributors=True)
    writer, stranger = contributor(world), desk(world, "XAB")
    with acting_as(writer):
        text(draft, writer).save(force_insert=True)
        assert RecordText.objects.update(body="better") == 2
    with acting_as(stranger):
        assert RecordText.objects.update(body="worse") == 0
        with refused(), transaction.atomic():
            text(draft, stranger, 3).save(force_insert=True)


def test_what_is_released_stays_as_it_was_and_only_the_desk_adds(world):
    now = database_now()
    record, _ = make_record(world, "XAA", open_to_contributors=True, released_at=now)
    writer = contributor(world)
    with acting_as(writer), refused(), transaction.atomic():
        text(record, writer).save(force_insert=True)
    with acting_as(desk(world)):
        assert RecordText.objects.update(body="other") == 0
        text(record, desk(world)).save(force_insert=True)
        assert RecordText.objects.all()._raw_delete("default") == 0


def test_only_the_desk_deletes_what_is_closed(world):
    make_record(world, "XAA", open_to_contributors=True, withdrawn_at=database_now())
    for by in (contributor(world), desk(world, "XAB")):
        with acting_as(by):
            assert RecordText.objects.all()._raw_delete("default") == 0
    with acting_as(desk(world)):
        assert RecordText.objects.all()._raw_delete("default") == 1


def test_a_group_is_its_keepers(world):
    group = make_group(world, "XAA", [{"state": world.states["XAB"]}])
    with acting_as(desk(world, "XAB")):
        assert not Group.objects.exists()
        assert not Member.objects.exists()
        with refused(), transaction.atomic():
            Member.objects.create(group=group, account_id=desk(world, "XAB"))
    with acting_as(desk(world)):
        assert (Group.objects.count(), Member.objects.count()) == (1, 1)


def test_nobody_addresses_another_region_or_anothers_group(world):
    record, _ = make_record(world, "XAA")
    elsewhere = make_group(world, "XAB").pk
    lines = [
        {"reach": 0, "account_id": desk(world, "XBA")},
        {"reach": 0, "account_id": new_id()},
        {"reach": 1, "state": world.states["XBA"]},
        {"reach": 2, "group_id": elsewhere},
        {"reach": 3, "account_id": desk(world)},
    ]
    for line in lines:
        with (
            acting_as(desk(world)),
            pytest.raises(DatabaseError, match="no such addressee"),
            transaction.atomic(),
        ):
            Addressee.objects.create(record=record, **line)


def test_the_database_refuses_a_release_wider_than_the_marking(world):
    with pytest.raises(DatabaseError, match="wider than the marking"), transaction.atomic():
        make_record(world, "XAA", marking=0, audience=to_state(world), released_at=database_now())


def test_a_recall_is_never_undone_and_a_record_keeps_its_owner(world):
    now = database_now()
    make_record(world, "XAA", audience=to_state(world), released_at=now, recalled_at=now)
    changes = [{"recalled_at": None}, {"released_at": None}, {"owner_state": world.states["XAB"]}]
    for change in changes:
        with (
            acting_as(desk(world)),
            pytest.raises(DatabaseError, match="stays with its owner"),
            transaction.atomic(),
        ):
            Record.objects.update(**change)


READABLE = [
    ({"released_at": -HOUR}, True),
    ({"released_at": -HOUR, "embargo_until": HOUR}, False),
    ({"released_at": -HOUR, "expires_at": -HOUR / 2}, False),
]


@pytest.mark.parametrize(("times", "may_be_noted"), READABLE)
def test_readings_are_noted_by_readers_of_what_is_open(world, times, may_be_noted):
    columns = {key: database_now() + value for key, value in times.items()}
    record, _ = make_record(world, "XAA", audience=to_state(world), **columns)
    reader = desk(world, "XAB")
    for account, by, allowed in (
        (reader, reader, may_be_noted),
        (reader, desk(world, "XAC"), False),
        (desk(world, "XAC"), reader, False),
        (desk(world, "XAC"), desk(world, "XAC"), False),
    ):
        with acting_as(by):
            row = Reading(record=record, account_id=account, how="opened")
            if allowed:
                row.save(force_insert=True)
            else:
                with refused(), transaction.atomic():
                    row.save(force_insert=True)
    seen = {}
    for code in ("XAA", "XAB", "XAC"):
        with acting_as(desk(world, code)):
            seen[code] = Reading.objects.count()
    assert seen == {"XAA": may_be_noted, "XAB": may_be_noted, "XAC": 0}


def request_row(world, record, asked_by):
    return ReleaseRequest(record_id=record, asked_by_id=asked_by, due_at=database_now(), reason="r")


def test_requests_are_made_by_those_who_know_and_seen_by_both_sides(world):
    now = database_now()
    known, _ = make_record(world, "XAA", marking=0, existence_only=True, released_at=now)
    hidden, _ = make_record(world, "XAA", marking=0, released_at=now)
    asker, owner = desk(world, "XAB"), desk(world)
    with acting_as(asker):
        assert list(Existence.objects.values_list("pk", flat=True)) == [known.pk]
        request_row(world, known.pk, asker).save(force_insert=True)
        for record, by in ((hidden.pk, asker), (new_id(), asker), (known.pk, desk(world, "XAC"))):
            with refused(), transaction.atomic():
                request_row(world, record, by).save(force_insert=True)
        assert ReleaseRequest.objects.count() == 1
        assert ReleaseRequest.objects.update(reason="other") == 0
    with acting_as(desk(world, "XAC")):
        assert not ReleaseRequest.objects.exists()
    with acting_as(owner):
        assert ReleaseRequest.objects.update(reason="r") == 1


def test_an_old_holder_reads_nothing_from_then_on(world):
    make_record(world, "XAA", audience=to_state(world), released_at=database_now())
    old = take_seat(world, Role.DEPUTY, "XAB", ends=-HOUR).account
    new = take_seat(world, Role.DEPUTY, "XAB", ends=HOUR).account
    with acting_as(old):
        assert not Record.objects.exists()
    with acting_as(new):
        assert Record.objects.exists()
