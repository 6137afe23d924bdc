"""Verbs on the files of records: taking them in, handing them out, removing them."""

from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.ids import new_id
from rtopnet.kernel.jobs import defer_job
from rtopnet.sharing.files.arriving import ArrivedFile, limit_in_bytes, written
from rtopnet.sharing.files.kinds import declared_kind, kind_of
from rtopnet.sharing.files.looking import cleaned
from rtopnet.sharing.files.names import clean_name
from rtopnet.sharing.files.refusals import (
    AttachmentNotInSightError,
    FileEmptyError,
    FileHeldBackError,
    FileTooLargeError,
    NoCleanCopyError,
)
from rtopnet.sharing.files.store import content_path, ends_of, preview_path, put_in_place, remove_content
from rtopnet.sharing.models import Attachment, Record
from rtopnet.sharing.queries import acting_principals, attachment_in_sight, database_now, was_read_lately
from rtopnet.sharing.rules import OwnerDecidesError
from rtopnet.sharing.services.file_checks import KIND, FileAtHand
from rtopnet.sharing.services.requests import note_reading
from rtopnet.sharing.services.search import index_text
from rtopnet.sharing.services.sight import books_for, expect_free, expect_open, in_sight, may_draft_for

NO_SUCH_FILE = "There is no such file that you may know of."
CHECKS = ("stamp_file", "scan_file", "look_into_file")
"""The jobs that find out about a file, by their names."""


@dataclass(frozen=True)
class OpenFile:
    """A content that the acting account may read, opened, with the name to hand it out under."""

    name: str
    content: BinaryIO


def expect_may_attach(*, by: UUID, record: UUID) -> None:
    """Refuse, before a byte is taken in, whoever may not add files to the record.

    Raises:
        RecordNotInSightError: there is none, or ``by`` does not read it.
        OwnerDecidesError: ``by`` is not of the owner's people, or it is released and ``by`` not of the desk.
        RecordClosedError: it was recalled or withdrawn.
    """
    with acting_as(by):
        _record_to_attach_to(record)


def attach_file(*, by: UUID, record: UUID, arrived: ArrivedFile, cleaned_from: UUID | None = None) -> UUID:
    """Make a file that has arrived part of a record; what is to be found out about it follows as jobs.

    Raises:
        FileTooLargeError: it is over the limit.
        FileEmptyError: nothing is in it.
        RecordNotInSightError, OwnerDecidesError, RecordClosedError: as for ``expect_may_attach``.
    """
    with acting_as(by):
        row = _record_to_attach_to(record)
        _expect_fitting(arrived)
        found = kind_of(*ends_of(arrived.path))
        key = new_id()
        # First the file, then the row: a row exists only if its file does.
        put_in_place(arrived.path, content_path(key))
        attachment = Attachment.objects.create(
            record=row,
            name=arrived.name,
            size=arrived.size,
            sha256=arrived.sha256,
            detected_type=found,
            declared_type=declared_kind(arrived.declared_type, arrived.name),
            storage_key=key,
            uploaded_by_id=by,
            uploaded_at=database_now(),
            cleaned_from=cleaned_from,
        )
        index_text(record=row.pk, source=attachment.pk, source_table="sharing_attachment", text=arrived.name)
        _keep("attached", attachment.pk, row)
        _have_checked(attachment, row)
        return attachment.pk


def open_attachment(*, by: UUID, attachment: UUID) -> OpenFile:
    """Open a file for its reader; an addressee's doing so stands in the owner's release ledger.

    Raises:
        AttachmentNotInSightError: there is none that ``by`` reads, or its content is gone.
        FileHeldBackError: it is harmful or not scanned yet, and ``by`` is not of its owner's people.
    """
    with acting_as(by):
        seen = attachment_in_sight(attachment)
        if seen is None:
            raise AttachmentNotInSightError(NO_SUCH_FILE)
        if seen.is_held_back and not seen.is_own:
            raise FileHeldBackError("The file is held back until its owner has dealt with it.")
        note_reading(by=by, record=seen.record, how="exported")
        return _opened(seen.name, seen.storage_key, is_preview=False)


def open_preview(*, by: UUID, attachment: UUID) -> OpenFile:
    """Open the picture of a file's first page; it counts as opening the record, once an hour.

    Raises:
        AttachmentNotInSightError: there is none that ``by`` reads, or it has no preview.
    """
    with acting_as(by):
        seen = attachment_in_sight(attachment)
        if seen is None or not seen.has_preview or (seen.is_held_back and not seen.is_own):
            raise AttachmentNotInSightError(NO_SUCH_FILE)
        if not was_read_lately(by, seen.record):
            note_reading(by=by, record=seen.record)
        return _opened(seen.name, seen.storage_key, is_preview=True)


def attach_clean_copy(*, by: UUID, attachment: UUID) -> UUID:
    """Draw a picture anew without what its file tells about its making, and add that beside the original.

    Raises:
        AttachmentNotInSightError: there is none that ``by`` reads.
        NoCleanCopyError: it is no picture, or a broken one.
        OwnerDecidesError, RecordClosedError: as for ``expect_may_attach``.
    """
    with acting_as(by):
        row = Attachment.objects.filter(pk=attachment).first()
        if row is None:
            raise AttachmentNotInSightError(NO_SUCH_FILE)
        _record_to_attach_to(row.record_id)
        content = cleaned(content_path(row.storage_key), row.detected_type, limit_in_bytes())
        if not content:
            raise NoCleanCopyError("No copy without metadata could be made of this file.")
        copy = written(content, clean_name(row.name), row.detected_type)
        return attach_file(by=by, record=row.record_id, arrived=copy, cleaned_from=attachment)


def remove_attachment(*, by: UUID, attachment: UUID) -> None:
    """Remove a file: from a draft, whoever writes it; after release, the owner's desk.

    Raises:
        AttachmentNotInSightError: there is none that ``by`` reads.
        OwnerDecidesError: ``by`` may not.
        RecordHeldError: a room above holds the record as it is.
    """
    with acting_as(by):
        row = Attachment.objects.filter(pk=attachment).first()
        if row is None:
            raise AttachmentNotInSightError(NO_SUCH_FILE)
        record, key = Record.objects.get(pk=row.record_id), row.storage_key
        if not _may_write(row):
            raise OwnerDecidesError("Only the owner's people may remove the file.")
        expect_free(row.record_id)
        row.delete()
        _keep("removed", attachment, record)
        transaction.on_commit(lambda: remove_content(key))


def remove_files_of(*, by: UUID, record: UUID) -> int:
    """Remove every file of a record that its owner has withdrawn; how many.

    Raises:
        OwnerDecidesError: ``by`` is not the owner's desk.
    """
    with acting_as(by):
        rows = list(Attachment.objects.filter(record=record))
        if any(row.desk not in acting_principals() for row in rows):
            raise OwnerDecidesError("Only the owner's focal point or deputy may do this.")
    # One transaction each, so that what was removed stays removed if another fails.
    for row in rows:
        remove_attachment(by=by, attachment=row.pk)
    return len(rows)


def _record_to_attach_to(record: UUID) -> Record:
    row = in_sight(record)
    if not _may_write(row):
        raise OwnerDecidesError("Only the owner's people may add files, and after release its desk alone.")
    expect_open(row)
    return row


def _may_write(row: Record | Attachment) -> bool:
    mine = acting_principals()
    return row.desk in mine or (row.owner in mine and row.open_from is None and may_draft_for(row.desk))


def _expect_fitting(arrived: ArrivedFile) -> None:
    if arrived.is_too_large:
        raise FileTooLargeError("The file is larger than the limit.")
    if arrived.size == 0:
        raise FileEmptyError("The file is empty.")


def _keep(verb: str, attachment: UUID, record: Record) -> None:
    record_deed(
        verb=verb,
        kind=KIND,
        subject=attachment,
        region=record.region_id,
        detail={"record": str(record.pk)},
        books=books_for(record),
        in_own_books=False,
    )


def _have_checked(row: Attachment, record: Record) -> None:
    file = FileAtHand(
        attachment=row.pk,
        record=record.pk,
        desk=record.desk or record.pk,
        key=row.storage_key,
        sha256=row.sha256,
        kind=row.detected_type,
    )
    for check in CHECKS:
        defer_job(check, at=None, wait=None, **file.as_arguments())


def _opened(name: str, key: UUID, *, is_preview: bool) -> OpenFile:
    path = preview_path(key) if is_preview else content_path(key)
    try:
        return OpenFile(name, path.open("rb"))
    except FileNotFoundError:
        raise AttachmentNotInSightError(NO_SUCH_FILE) from None
