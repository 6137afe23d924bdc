"""Deeds on files once they are committed."""

import pytest
from django.db import connections

from rtopnet.sharing import jobs
from rtopnet.sharing.public import remove_attachment, withdraw_record
from rtopnet.sharing.services import files
from tests.sharing.attaching import attach, draft, run_checks
from tests.sharing.worlds import make_world

pytestmark = pytest.mark.usefixtures("committed")
CHECKS = (jobs.stamp_file, jobs.scan_file, jobs.look_into_file)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path


def as_owner(statement, *values):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_every_deed_on_a_file_is_in_the_ledger_without_its_name():
    world = make_world()
    by, record = world.scribe("XAA").account, draft(world)
    file = attach(world, record, name="canary.txt")
    run_checks(*CHECKS)
    remove_attachment(by=by, attachment=file)
    entries = as_owner("SELECT verb, detail FROM audit_ledger WHERE subject = %s ORDER BY seq", str(file))
    assert [verb for verb, _ in entries] == ["attached", "checked", "checked", "checked", "removed"]
    assert "canary" not in str(entries)


def test_withdrawing_leaves_no_content_on_the_disk(folder):
    world = make_world()
    record = draft(world)
    attach(world, record)
    withdraw_record(by=world.scribe("XAA").account, record=record)
    assert list((folder / "files").glob("??/*")) == []
    assert as_owner("SELECT count(*) FROM sharing_attachment") == [(0,)]


def test_a_check_of_what_was_removed_meanwhile_lets_it_be(monkeypatch):
    monkeypatch.setattr(files, "remove_content", lambda _: None)
    world = make_world()
    file = attach(world, draft(world))
    remove_attachment(by=world.scribe("XAA").account, attachment=file)
    run_checks(*CHECKS)
    assert as_owner("SELECT count(*) FROM sharing_attachmentfinding") == [(0,)]


def test_jobs_of_an_upload_that_failed_are_never_there(monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the ledger is full")

    world = make_world()
    record = draft(world)
    monkeypatch.setattr(files, "record_deed", broken)
    with pytest.raises(RuntimeError):
        attach(world, record)
    assert as_owner("SELECT count(*) FROM sharing_attachment") == [(0,)]
    assert as_owner("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
