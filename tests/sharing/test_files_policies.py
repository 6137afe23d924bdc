"""The row policies of files and findings, clause by clause, and what is kept with them."""

import os
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.ids import new_id
from rtopnet.sharing.files.store import content_path, incoming_path, preview_path
from rtopnet.sharing.models import Attachment, AttachmentFinding, Record
from rtopnet.sharing.rules import Audience, Marking, Role
from rtopnet.sharing.services.file_checks import sweep_files
from tests.sharing.attaching import attach, draft
from tests.sharing.worlds import database_now, make_record, make_world, take_seat

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def world():
    return make_world()


def refused():
    return pytest.raises(DatabaseError, match="row-level security")


def desk(world, code="XAA"):
    return world.scribe(code).account


def contributor(world, code="XAA"):
    return take_seat(world, Role.CONTRIBUTOR, code).account


def record_of(world, **columns):
    columns = {key: database_now() + value for key, value in columns.items()}
    audience = Audience(states=frozenset({world.states["XAB"].pk}))
    return make_record(
        world, "XAA", marking=Marking.AMBER, audience=audience, open_to_contributors=True, **columns
    )[0]


def row(record, by, **changed):
    told = {"name": "n", "size": 1, "sha256": "0" * 64, "storage_key": new_id(), "uploaded_by_id": by}
    return Attachment(record=record, **(told | changed))


def with_file(world, record):
    with acting_as(desk(world)):
        found = row(record, desk(world))
        found.save(force_insert=True)
    with acting_for(Capacity.INSTALLATION):
        for kind in ("scan", "metadata"):
            finding(found, record, kind).save(force_insert=True)
    return found


def finding(attachment, record, kind="scan"):
    return AttachmentFinding(attachment_id=attachment.pk, record_id=record.pk, kind=kind, outcome="none")


def seen(by):
    with acting_as(by):
        kinds = sorted(AttachmentFinding.objects.values_list("kind", flat=True))
        return Attachment.objects.count(), kinds


ALL = (1, ["metadata", "scan"])
SHOWN = (1, ["scan"])
NOTHING = (0, [])
SEEN = [
    ({}, NOTHING),
    ({"released_at": -HOUR}, SHOWN),
    ({"released_at": -HOUR, "embargo_until": HOUR}, NOTHING),
    ({"released_at": -HOUR, "expires_at": -HOUR / 2}, NOTHING),
    ({"released_at": -HOUR, "recalled_at": -HOUR / 2}, NOTHING),
]


@pytest.mark.parametrize(("times", "by_addressee"), SEEN)
def test_files_are_seen_as_their_record_and_metadata_by_the_owner_alone(world, times, by_addressee):
    with_file(world, record_of(world, **times))
    assert seen(desk(world)) == seen(contributor(world)) == ALL
    assert seen(desk(world, "XAB")) == by_addressee
    assert seen(desk(world, "XAC")) == NOTHING


def test_a_later_release_or_recall_reaches_files_and_findings(world):
    record = record_of(world)
    with_file(world, record)
    assert seen(desk(world, "XAB")) == NOTHING
    for times, expected in (({"released_at": -HOUR}, SHOWN), ({"recalled_at": timedelta(0)}, NOTHING)):
        with acting_as(desk(world)):
            Record.objects.update(**{key: database_now() + value for key, value in times.items()})
        assert seen(desk(world, "XAB")) == expected


def test_drafts_take_files_of_their_writers_in_their_own_name(world):
    record, writer = record_of(world), contributor(world)
    with acting_as(writer):
        row(record, writer).save(force_insert=True)
        with refused(), transaction.atomic():
            row(record, desk(world)).save(force_insert=True)
    stranger = desk(world, "XAB")
    with acting_as(stranger), refused(), transaction.atomic():
        row(record, stranger).save(force_insert=True)


def test_what_is_released_takes_files_of_the_desk_alone(world):
    record, writer = record_of(world, released_at=-HOUR), contributor(world)
    for by in (writer, desk(world, "XAB")):
        with acting_as(by), refused(), transaction.atomic():
            row(record, by).save(force_insert=True)
    with acting_as(desk(world)):
        row(record, desk(world)).save(force_insert=True)


def delete_findings(by):
    with acting_as(by):
        return AttachmentFinding.objects.all()._raw_delete("default")


@pytest.mark.parametrize(("times", "by_contributor"), [({}, 2), ({"released_at": -HOUR}, 0)])
def test_files_are_removed_from_drafts_by_their_writers_and_later_by_the_desk(world, times, by_contributor):
    record = record_of(world, **times)
    with_file(world, record)
    assert delete_findings(desk(world, "XAB")) == 0
    assert delete_findings(contributor(world)) == by_contributor
    assert delete_findings(desk(world)) == 2 - by_contributor
    for by, count in ((desk(world, "XAB"), 0), (contributor(world), by_contributor // 2)):
        with acting_as(by):
            assert Attachment.objects.all()._raw_delete("default") == count
    with acting_as(desk(world)):
        assert Attachment.objects.all()._raw_delete("default") == 1 - by_contributor // 2


def test_nobody_changes_a_file_or_a_finding(world):
    with_file(world, record_of(world))
    with acting_as(desk(world)):
        assert Attachment.objects.update(sha256="1" * 64) == 0
        assert AttachmentFinding.objects.update(outcome="clean") == 0


def test_only_the_program_itself_finds_out(world):
    record = record_of(world)
    file = with_file(world, record)
    with acting_as(desk(world)), refused(), transaction.atomic():
        finding(file, record).save(force_insert=True)


def test_the_program_itself_sees_no_file(world):
    with_file(world, record_of(world))
    with acting_for(Capacity.INSTALLATION):
        assert not Attachment.objects.exists()
        assert not AttachmentFinding.objects.exists()


def old(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (0, 0))
    return path


def test_sweeping_removes_what_belongs_to_no_record_and_nothing_else(world, folder):
    attach(world, draft(world))
    (kept,) = (path for path in (folder / "files").glob("??/*"))
    os.utime(kept, (0, 0))
    orphan = new_id()
    swept = [old(content_path(orphan)), old(preview_path(orphan)), old(incoming_path())]
    young = old(content_path(new_id()))
    os.utime(young)
    sweep_files()
    assert kept.exists()
    assert young.exists()
    assert not any(path.exists() for path in swept)


def test_only_the_program_itself_asks_what_belongs_to_no_record(world):
    with acting_as(desk(world)), connection.cursor() as cursor:
        cursor.execute("SELECT sharing_files_of_none(%s)", [[new_id()]])
        assert cursor.fetchone()[0] == []
