"""Row policies of what search finds, against statements of no service."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.sharing.models import Record, SearchEntry
from rtopnet.sharing.rules import Audience, Role
from tests.sharing.worlds import database_now, make_record, make_world, take_seat

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def contributor(world):
    return take_seat(world, Role.CONTRIBUTOR, "XAA").account


def desk(world, code="XAA"):
    return world.scribe(code).account


def open_draft(world):
    return make_record(world, "XAA", open_to_contributors=True)[0]


def released(world):
    audience = Audience(states=frozenset({world.states["XAB"].pk}))
    return make_record(
        world, "XAA", audience=audience, open_to_contributors=True, released_at=database_now() - DAY
    )[0]


def entry_of(record):
    return SearchEntry(record=record, source_table="sharing_record", source=record.pk, tokens=[])


def test_of_a_draft_its_owners_people_write_what_is_found_and_nobody_else(world, contributor):
    record = open_draft(world)
    for outsider in (desk(world, "XAB"), desk(world, "secretariat")):
        with acting_as(outsider):
            assert SearchEntry.objects.update(title="x") == 0
            assert SearchEntry.objects.all()._raw_delete("default") == 0
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                entry_of(record).save(force_insert=True)
    with acting_as(contributor):
        assert SearchEntry.objects.update(title="x") == 1
        assert SearchEntry.objects.all()._raw_delete("default") == 1
        entry_of(record).save(force_insert=True)
        record_deed(verb="revised", kind="sharing.record", subject=record.pk)


def test_once_it_is_shared_only_the_desk_writes_what_is_found(world, contributor):
    record = released(world)
    for other in (contributor, desk(world, "XAB")):
        with acting_as(other):
            assert SearchEntry.objects.update(title="x") == 0
            assert SearchEntry.objects.all()._raw_delete("default") == 0
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                entry_of(record).save(force_insert=True)
    with acting_as(desk(world)):
        assert SearchEntry.objects.update(title="x") == 1
        assert SearchEntry.objects.all()._raw_delete("default") == 1
        entry_of(record).save(force_insert=True)
        record_deed(verb="revised", kind="sharing.record", subject=record.pk)


def test_what_nobody_reads_any_more_is_found_by_its_owner_alone(world):
    record = released(world)
    with acting_as(desk(world)):
        Record.objects.filter(pk=record.pk).update(recalled_at=database_now())
        record_deed(verb="recalled", kind="sharing.record", subject=record.pk)
        assert SearchEntry.objects.count() == 1
    with acting_as(desk(world, "XAB")):
        assert not SearchEntry.objects.exists()
