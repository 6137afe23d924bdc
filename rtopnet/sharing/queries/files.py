"""Files of records as the acting account may see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from rtopnet.sharing.files.kinds import disagree
from rtopnet.sharing.holding import held_because
from rtopnet.sharing.models import Attachment, AttachmentFinding, Reading, Record
from rtopnet.sharing.queries.records import acting_principals, database_now

NOTED_FOR = timedelta(hours=1)
"""How long one opening stands for all of a page's previews."""


class StampState(StrEnum):
    """Whether an outside authority has stamped the file with the time of its arrival."""

    WAITING = "waiting"
    NONE = "none"
    """No authority is configured; the ledger's time stands."""
    STAMPED = "stamped"
    FAILED = "failed"


class ScanState(StrEnum):
    """What the scanner for malware said."""

    WAITING = "waiting"
    NONE = "none"
    """No scanner is configured."""
    CLEAN = "clean"
    FOUND = "found"
    TOO_LARGE = "too_large"
    FAILED = "failed"


class PreviewState(StrEnum):
    """Whether there is a picture of the file."""

    WAITING = "waiting"
    NONE = "none"
    """Files of this kind get none."""
    MADE = "made"
    FAILED = "failed"


@dataclass(frozen=True)
class MetadataFact:
    """One thing that a file tells about its making: what it is about, and the words in the file."""

    about: str
    value: str


@dataclass(frozen=True)
class MetadataWarning:
    """A file of a record that tells about its making; for its owner, before release."""

    attachment: UUID
    name: str
    facts: tuple[MetadataFact, ...]
    can_be_cleaned: bool


@dataclass(frozen=True)
class AttachmentSummary:
    """A file of a record as its reader sees it."""

    id: UUID
    record: UUID
    name: str
    size: int
    sha256: str
    detected_type: str
    declared_type: str
    types_disagree: bool
    uploaded_at: datetime
    stamp: StampState
    stamped_at: datetime | None
    scan: ScanState
    malware: str
    """Its name, for the owner's people."""
    preview: PreviewState
    is_cleaned_copy: bool
    is_held_back: bool
    """From addressees, until it is scanned or because something harmful was found."""
    is_own: bool
    may_remove: bool
    facts: tuple[MetadataFact, ...]
    """What it tells about its making, for the owner's people."""
    can_be_cleaned: bool

    @property
    def may_download(self) -> bool:
        """Whether the acting account gets the content."""
        return self.is_own or not self.is_held_back

    @property
    def has_preview(self) -> bool:
        """Whether there is a picture of it."""
        return self.preview is PreviewState.MADE


@dataclass(frozen=True)
class StoredAttachment:
    """Where the content of a file in sight lies, for services alone."""

    record: UUID
    name: str
    storage_key: UUID
    is_own: bool
    is_held_back: bool
    has_preview: bool


def attachments_of(record: UUID) -> list[AttachmentSummary]:
    """The files of a record that the acting account reads, in order of their arrival."""
    rows = list(Attachment.objects.filter(record=record).order_by("uploaded_at", "pk"))
    return _summaries(rows) if rows else []


def metadata_warnings(record: UUID) -> list[MetadataWarning]:
    """Files of a record that tell when, where, with what or by whom they were made; empty for addressees."""
    return [
        MetadataWarning(file.id, file.name, file.facts, file.can_be_cleaned)
        for file in attachments_of(record)
        if file.facts
    ]


def may_attach(record: UUID) -> bool:
    """Whether the acting account may add files to the record, so that a page can offer it."""
    row = Record.objects.filter(pk=record, recalled_at=None, withdrawn_at=None).first()
    return row is not None and _may_write(row, acting_principals()) and not held_because(record)


def record_is_in_sight(record: UUID) -> bool:
    """Whether the acting account reads the record."""
    return Record.objects.filter(pk=record).exists()


def attachment_in_sight(attachment: UUID) -> StoredAttachment | None:
    """A file that the acting account reads, with where its content lies; None where there is no such."""
    row = Attachment.objects.filter(pk=attachment).first()
    if row is None:
        return None
    summary = _summaries([row])[0]
    return StoredAttachment(
        record=row.record_id,
        name=row.name,
        storage_key=row.storage_key,
        is_own=summary.is_own,
        is_held_back=summary.is_held_back,
        has_preview=summary.has_preview,
    )


def attachment_summary(attachment: UUID) -> AttachmentSummary | None:
    """One file as the acting account sees it; None where there is no such."""
    row = Attachment.objects.filter(pk=attachment).first()
    return _summaries([row])[0] if row else None


def time_stamp_of(attachment: UUID) -> bytes | None:
    """The time-stamping authority's answer for a file in sight, in DER, as its own tools read it."""
    found = AttachmentFinding.objects.filter(
        attachment=attachment, kind="stamp", outcome=StampState.STAMPED
    ).first()
    return bytes(found.token) if found and found.token else None


def was_read_lately(account: UUID, record: UUID) -> bool:
    """Whether the account's opening of a record stands in its release ledger for the present hour."""
    since = database_now() - NOTED_FOR
    return Reading.objects.filter(record=record, account=account, at__gt=since).exists()


def _summaries(rows: list[Attachment]) -> list[AttachmentSummary]:
    mine = acting_principals()
    found = _newest_findings(row.pk for row in rows)
    # Of one record the answer is the same for all of its files.
    writable = {row.record_id for row in rows if _may_write(row, mine)}
    free = {record for record in writable if not held_because(record)}
    return [_summary(row, found[row.pk], mine, may_remove=row.record_id in free) for row in rows]


def _newest_findings(attachments: Iterable[UUID]) -> dict[UUID, dict[str, AttachmentFinding]]:
    newest: dict[UUID, dict[str, AttachmentFinding]] = defaultdict(dict)
    rows = AttachmentFinding.objects.filter(attachment__in=list(attachments)).defer("token").order_by("at")
    for row in rows:
        newest[row.attachment_id][row.kind] = row
    return newest


def _summary(
    row: Attachment, found: dict[str, AttachmentFinding], mine: frozenset[UUID], *, may_remove: bool
) -> AttachmentSummary:
    stamp, scan, preview, metadata = (found.get(kind) for kind in ("stamp", "scan", "preview", "metadata"))
    is_own = row.owner in mine
    scanned = ScanState(scan.outcome) if scan else ScanState.WAITING
    facts = metadata.detail.get("facts", []) if metadata and is_own else []
    return AttachmentSummary(
        id=row.pk,
        record=row.record_id,
        name=row.name,
        size=row.size,
        sha256=row.sha256,
        detected_type=row.detected_type,
        declared_type=row.declared_type,
        types_disagree=disagree(row.declared_type, row.detected_type),
        uploaded_at=row.uploaded_at,
        stamp=StampState(stamp.outcome) if stamp else StampState.WAITING,
        stamped_at=datetime.fromisoformat(stamp.detail["at"]) if stamp and "at" in stamp.detail else None,
        scan=scanned,
        malware=scan.detail.get("name", "") if scan and is_own else "",
        preview=PreviewState(preview.outcome) if preview else PreviewState.WAITING,
        is_cleaned_copy=row.cleaned_from is not None,
        is_held_back=_is_held_back(scanned),
        is_own=is_own,
        may_remove=may_remove and _may_write(row, mine),
        facts=tuple(MetadataFact(fact["about"], fact["value"]) for fact in facts),
        can_be_cleaned=bool(facts) and bool(metadata and metadata.detail.get("can_be_cleaned")),
    )


def _is_held_back(scan: ScanState) -> bool:
    has_scanner = bool(settings.CLAMAV_SOCKET or settings.CLAMAV_HOST)
    return scan is ScanState.FOUND or (scan is ScanState.WAITING and has_scanner)


def _may_write(row: Record | Attachment, mine: frozenset[UUID]) -> bool:
    return row.desk in mine or (row.owner in mine and row.open_from is None)
