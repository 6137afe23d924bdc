"""Many reports at once: all that are named are kept as drafts, or none; with the files that came along."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID
from zipfile import ZipFile, ZipInfo

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.zipped import UNREADABLE
from rtopnet.sharing.public import (
    FileEmptyError,
    FileTooLargeError,
    Marking,
    attach_file,
    file_of,
    limit_in_bytes,
)
from rtopnet.warning.evidence.models import FieldReport
from rtopnet.warning.evidence.rules.sheets import SheetRefusedError
from rtopnet.warning.evidence.services.reports import Owner, Told, draft_report

MOST_FILES = 1_000
LARGEST_ZIP = 200 * 1024 * 1024
"""Bytes that all files of a zip may unpack to."""


@dataclass(frozen=True)
class Arriving:
    """A report out of a file, with its mark there, and the names of files that belong to it."""

    told: Told
    sent_as: UUID | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptRows:
    """What became of them: the records, how many files were attached, and names that were not in the zip."""

    records: tuple[UUID, ...]
    attached: int = 0
    missing: tuple[str, ...] = ()


def keep_reports(
    *,
    by: UUID,
    owner: Owner,
    arriving: Sequence[Arriving],
    came_by: str,
    files: BinaryIO | None = None,
    marking: Marking = Marking.AMBER,
    open_to_contributors: bool = False,
) -> KeptRows:
    """Keep them all as drafts, in one transaction; what came before with the same mark is kept once.

    Args:
        by: the acting account.
        owner: whose reports they become.
        arriving: the reports.
        came_by: how they came, for the chain of custody.
        files: a zip with the files that the reports name.
        marking: how far they may go at most.
        open_to_contributors: whether the state's contributors read them.

    Raises:
        OwnerDecidesError: ``by`` is not of the owner's people.
        ReportRefusedError: one of them contradicts itself; then none is kept.
        SheetRefusedError: the zip is broken or too large; then none is kept.
    """
    with acting_as(by):
        held = _Files(files) if files else None
        records: list[UUID] = []
        attached, missing = 0, []
        for one in arriving:
            if one.sent_as and (before := _came_before(owner, one.sent_as)):
                records.append(before)
                continue
            record = draft_report(
                by=by,
                owner=owner,
                told=one.told,
                marking=marking,
                open_to_contributors=open_to_contributors,
                sent_as=one.sent_as,
                came_by=came_by,
            )
            records.append(record)
            for name in one.files:
                if held and held.attach(by, record, name):
                    attached += 1
                else:
                    missing.append(name)
        return KeptRows(tuple(records), attached, tuple(missing))


def _came_before(owner: Owner, sent_as: UUID) -> UUID | None:
    """The report of the same mark that the owner has already, whoever of its people brought it."""
    row = FieldReport.objects.filter(sent_as=sent_as, desk=owner.body).first()
    return row.record_id if row else None


class _Files:
    """The files of a zip by their last names; nothing is unpacked but what a report asks for."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zipped = ZipFile(file)
        except UNREADABLE as error:
            raise SheetRefusedError("broken_zip") from error
        entries = [entry for entry in self._zipped.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_ZIP:
            raise SheetRefusedError("zip_too_large")
        self._entries = {entry.filename.rsplit("/", 1)[-1]: entry for entry in entries}

    def attach(self, by: UUID, record: UUID, name: str) -> bool:
        entry = self._entries.get(name)
        if entry is None or entry.file_size > limit_in_bytes():
            return False
        try:
            attach_file(by=by, record=record, arrived=file_of(self._read(entry), name))
        except (FileEmptyError, FileTooLargeError):
            return False
        return True

    def _read(self, entry: ZipInfo) -> bytes:
        try:
            with self._zipped.open(entry) as content:
                # What the directory says of the size need not be so.
                data = content.read(entry.file_size + 1)
        except UNREADABLE as error:
            raise SheetRefusedError("broken_zip") from error
        if len(data) > entry.file_size:
            raise SheetRefusedError("broken_zip")
        return data
