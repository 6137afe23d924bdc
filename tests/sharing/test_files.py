"""Files of records: who adds, reads and removes them, and what lies on the disk."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.ids import new_id
from rtopnet.sharing.files.store import content_path
from rtopnet.sharing.models import Attachment, Reading
from rtopnet.sharing.public import (
    AttachmentNotInSightError,
    Audience,
    FileEmptyError,
    FileTooLargeError,
    Marking,
    OwnerDecidesError,
    RecordClosedError,
    RecordNotInSightError,
    address_record,
    attach_file,
    attachments_of,
    may_attach,
    metadata_warnings,
    open_attachment,
    recall_record,
    release_record,
    remove_attachment,
    remove_files_of,
    withdraw_record,
)
from rtopnet.sharing.rules import Role
from tests.sharing.attaching import arrive, attach, draft
from tests.sharing.worlds import database_now, make_world, take_seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def world():
    return make_world()


def desk(world, code="XAA"):
    return world.scribe(code).account


def share(world, record, code="XAB"):
    address_record(
        by=desk(world), record=record, audience=Audience(states=frozenset({world.states[code].pk}))
    )
    release_record(by=desk(world), record=record)


def read(by, attachment):
    with open_attachment(by=by, attachment=attachment).content as content:
        return content.read()


def contents(folder):
    return [path for path in (folder / "files").glob("??/*") if path.is_file()]


def test_what_was_sent_is_kept_exactly_and_for_our_user_alone(world, folder):
    file = attach(world, draft(world), content=b"as it came", name="note.txt")
    (path,) = contents(folder)
    assert path.read_bytes() == b"as it came"
    assert path.stat().st_mode & 0o777 == 0o600
    with acting_as(desk(world)):
        row = Attachment.objects.get(pk=file)
        assert content_path(row.storage_key) == path
        assert row.sha256 not in str(path)
    assert read(desk(world), file) == b"as it came"


def test_equal_files_lie_apart(world, folder):
    attach(world, draft(world))
    attach(world, draft(world, "XAB"), "XAB")
    assert len(contents(folder)) == 2


def test_a_summary_says_what_a_reader_needs(world):
    record = draft(world)
    attach(world, record, name="photo.jpg", declared="image/jpeg", content=b"%PDF-1.7 not a photo")
    with acting_as(desk(world)):
        (summary,) = attachments_of(record)
    assert (summary.name, summary.size) == ("photo.jpg", 20)
    assert (summary.declared_type, summary.detected_type) == ("image/jpeg", "application/pdf")
    assert summary.types_disagree
    assert summary.may_remove
    assert summary.may_download


def test_contributors_add_to_open_drafts_and_the_desk_alone_after_release(world):
    writer = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    record = draft(world, open_to_contributors=True)
    attach(world, record, by=writer)
    share(world, record)
    with pytest.raises(OwnerDecidesError):
        attach(world, record, by=writer)
    attach(world, record)
    with acting_as(writer):
        assert not may_attach(record)
        assert len(attachments_of(record)) == 2


def test_addressees_and_strangers_add_nothing(world):
    record = draft(world)
    with pytest.raises(RecordNotInSightError):
        attach(world, record, "XAB")
    with pytest.raises(RecordNotInSightError):
        attach(world, new_id(), "XAB")
    share(world, record)
    with pytest.raises(OwnerDecidesError):
        attach(world, record, "XAB")


def test_what_is_empty_too_large_or_too_late_is_refused(world, folder):
    record = draft(world)
    with pytest.raises(FileEmptyError):
        attach(world, record, content=b"")
    large = arrive()
    with pytest.raises(FileTooLargeError):
        attach_file(by=desk(world), record=record, arrived=replace(large, is_too_large=True))
    share(world, record)
    recall_record(by=desk(world), record=record)
    with pytest.raises(RecordClosedError):
        attach(world, record)
    assert contents(folder) == []


def test_files_are_read_with_the_record_and_gone_with_its_recall(world):
    record = draft(world)
    file = attach(world, record)
    reader, stranger = desk(world, "XAB"), desk(world, "XAC")
    for by in (reader, stranger):
        with pytest.raises(AttachmentNotInSightError):
            read(by, file)
    share(world, record)
    assert read(reader, file)
    with acting_as(stranger):
        assert attachments_of(record) == []
    with pytest.raises(AttachmentNotInSightError):
        read(stranger, file)
    recall_record(by=desk(world), record=record)
    with pytest.raises(AttachmentNotInSightError):
        read(reader, file)
    assert read(desk(world), file)


def test_files_end_with_the_records_expiry(world):
    soon = database_now() + timedelta(milliseconds=1)
    record = draft(world, expires_at=soon)
    file = attach(world, record)
    share(world, record)
    with pytest.raises(AttachmentNotInSightError):
        read(desk(world, "XAB"), file)


def test_an_addressees_download_stands_in_the_release_ledger_and_the_owners_does_not(world):
    record = draft(world, marking=Marking.AMBER)
    file = attach(world, record)
    share(world, record)
    read(desk(world), file)
    read(desk(world, "XAB"), file)
    with acting_as(desk(world)):
        assert [(row.account_id, row.how) for row in Reading.objects.all()] == [
            (desk(world, "XAB"), "exported")
        ]


def test_a_file_is_removed_with_its_content(world, folder, django_capture_on_commit_callbacks):
    record = draft(world)
    file = attach(world, record)
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(by=desk(world), attachment=file)
    assert contents(folder) == []
    with pytest.raises(AttachmentNotInSightError):
        remove_attachment(by=desk(world), attachment=file)


def test_only_the_owners_people_remove(world):
    record = draft(world)
    file = attach(world, record)
    share(world, record)
    with pytest.raises(OwnerDecidesError):
        remove_attachment(by=desk(world, "XAB"), attachment=file)
    with pytest.raises(AttachmentNotInSightError):
        remove_attachment(by=desk(world, "XAC"), attachment=file)
    remove_attachment(by=desk(world), attachment=file)


def test_withdrawing_a_record_removes_its_files(world, folder, django_capture_on_commit_callbacks):
    record = draft(world)
    attach(world, record)
    attach(world, record)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_record(by=desk(world), record=record)
    assert contents(folder) == []
    assert remove_files_of(by=desk(world), record=record) == 0


def test_a_content_that_is_gone_reads_as_absent(world, folder):
    file = attach(world, draft(world))
    contents(folder)[0].unlink()
    with pytest.raises(AttachmentNotInSightError):
        read(desk(world), file)


def test_metadata_is_nobodys_business_without_files(world):
    with acting_as(desk(world)):
        assert metadata_warnings(draft(world)) == []
