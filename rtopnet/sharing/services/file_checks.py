"""What the program finds out about a file once it has arrived; it acts for itself and reads no record."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection
from django.db.utils import IntegrityError

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.jobs import defer_job
from rtopnet.sharing.files.looking import look_into
from rtopnet.sharing.files.scanning import ScannerFailedError, scan
from rtopnet.sharing.files.stamping import NoTimeStampError, time_stamp
from rtopnet.sharing.files.store import (
    content_path,
    drop_what_never_arrived,
    incoming_path,
    keys_older_than,
    new_file,
    preview_path,
    put_in_place,
    remove_content,
)
from rtopnet.sharing.models import AttachmentFinding
from rtopnet.sharing.queries import database_now

KIND = "sharing.attachment"
MOST_TRIES = 6
FIRST_WAIT = timedelta(minutes=1)
"""Four times as long after each further try: some 23 hours in all."""
SWEPT_AFTER = timedelta(days=1)
SWEPT_AT_ONCE = 1000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class FileAtHand:
    """A file to find out about, as far as that needs: ids, where it lies, its hash and kind; no words."""

    attachment: UUID
    record: UUID
    desk: UUID
    key: UUID
    sha256: str
    kind: str

    @property
    def content(self) -> Path:
        """Where its content lies."""
        return content_path(self.key)

    def as_arguments(self) -> dict[str, str]:
        """What a job about it is called with."""
        ids = {name: str(getattr(self, name)) for name in ("attachment", "record", "desk", "key")}
        return ids | {"sha256": self.sha256, "kind": self.kind}


@dataclass(frozen=True)
class Finding:
    """One thing found out, as it is kept."""

    kind: str
    outcome: str
    detail: dict[str, Any] = field(default_factory=dict)
    token: bytes | None = None


def file_at_hand(*, attachment: str, record: str, desk: str, key: str, sha256: str, kind: str) -> FileAtHand:
    """The same from a job's arguments."""
    return FileAtHand(UUID(attachment), UUID(record), UUID(desk), UUID(key), sha256, kind)


def stamp_file(*, file: FileAtHand, tries: int = 1) -> None:
    """Have the file's hash stamped with the time by the configured authority, trying again for a day."""
    if not settings.TIME_STAMP_AUTHORITY:
        _keep(file, Finding("stamp", "none"))
        return
    try:
        stamp = time_stamp(
            bytes.fromhex(file.sha256),
            authority=settings.TIME_STAMP_AUTHORITY,
            roots=Path(settings.TIME_STAMP_ROOTS),
        )
    except NoTimeStampError as error:
        _again("stamp_file", "stamp", file, tries, error)
        return
    _keep(file, Finding("stamp", "stamped", {"at": stamp.at.isoformat()}, stamp.answer))


def scan_file(*, file: FileAtHand, tries: int = 1) -> None:
    """Have the file scanned by the configured scanner, trying again for a day; where none is, say so."""
    if not (settings.CLAMAV_SOCKET or settings.CLAMAV_HOST):
        _keep(file, Finding("scan", "none"))
        return
    if not file.content.exists():
        return  # removed meanwhile, and its findings with it
    try:
        seen = scan(file.content, unix_socket=settings.CLAMAV_SOCKET, host=settings.CLAMAV_HOST)
    except ScannerFailedError as error:
        _again("scan_file", "scan", file, tries, error)
        return
    _keep(file, Finding("scan", seen.outcome, {"name": seen.name} if seen.name else {}))


def look_into_file(*, file: FileAtHand) -> None:
    """Draw the file's preview and read what it tells about its making, in a process shut off from all."""
    if not file.content.exists():
        return
    look = look_into(file.content, file.kind)
    if look.picture:
        drawn = incoming_path()
        with new_file(drawn) as out:
            out.write(look.picture)
        put_in_place(drawn, preview_path(file.key))
    told = {"facts": list(look.facts), "can_be_cleaned": look.can_be_cleaned}
    _keep(
        file,
        Finding("preview", look.outcome),
        Finding("metadata", "read" if look.facts else "none", told),
    )


def sweep_files() -> int:
    """Remove contents that belong to no record, a day after their arrival; how many."""
    swept = drop_what_never_arrived(SWEPT_AFTER)
    batch: list[UUID] = []
    for key in keys_older_than(SWEPT_AFTER):
        batch.append(key)
        if len(batch) == SWEPT_AT_ONCE:
            swept += _sweep(batch)
            batch = []
    return swept + _sweep(batch)


def _sweep(keys: list[UUID]) -> int:
    with acting_for(Capacity.INSTALLATION), connection.cursor() as cursor:
        cursor.execute("SELECT sharing_files_of_none(%s)", [keys])
        orphans: list[UUID] = cursor.fetchone()[0]
    for key in orphans:
        remove_content(key)
    return len(orphans)


def _again(job: str, kind: str, file: FileAtHand, tries: int, error: Exception) -> None:
    _log.warning("file_check_failed", job=job, attachment=str(file.attachment), tries=tries, why=str(error))
    if tries >= MOST_TRIES:
        _keep(file, Finding(kind, "failed"))
        return
    wait = FIRST_WAIT * 4 ** (tries - 1)
    with acting_for(Capacity.INSTALLATION):
        defer_job(job, at=None, wait=wait, tries=str(tries + 1), **file.as_arguments())


def _keep(file: FileAtHand, *findings: Finding) -> None:
    try:
        with acting_for(Capacity.INSTALLATION):
            for found in findings:
                AttachmentFinding.objects.create(
                    attachment_id=file.attachment,
                    record_id=file.record,
                    kind=found.kind,
                    outcome=found.outcome,
                    detail=found.detail,
                    token=found.token,
                    at=database_now(),
                )
            outcomes: dict[str, str | int | None] = {found.kind: found.outcome for found in findings}
            record_deed(
                verb="checked", kind=KIND, subject=file.attachment, detail=outcomes, books=[file.desk]
            )
    except IntegrityError:
        # The file was removed while it was looked at; there is nothing left to keep this with.
        _log.info("file_gone", attachment=str(file.attachment))
