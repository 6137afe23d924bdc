"""The export package: a report with its originals, its chain of custody, all hashes and one signature."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from rtopnet.audit.public import seal
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.manifests import NAME, Digest, manifest_of
from rtopnet.sharing.public import (
    AttachmentNotInSightError,
    AttachmentSummary,
    FileHeldBackError,
    acting_principals,
    attachments_of,
    note_reading,
    open_attachment,
    strictest_marking,
    time_stamp_of,
)
from rtopnet.warning.evidence.queries import ReportSheet, custody_of, report_sheet
from rtopnet.warning.evidence.rules.places import place_as_words
from rtopnet.warning.evidence.rules.words import HARMS, Step
from rtopnet.warning.evidence.services.sight import keep_deed, keep_step, not_in_sight, report_row

CHUNK = 1 << 20
LARGEST_PACKAGE = 1 << 30
"""Bytes of all originals together."""
README = """This package holds one report as its reader could see it.

report.json    what the report says
custody.json   who had it and its files, and what was done with them, in order
originals/     its files, exactly as they came
stamps/        time stamps of the files by an outside authority (RFC 3161), where there are any
manifest.json  every file with its size and SHA-256
manifest.json.sig.json  the signature of the manifest

To check it, run on any machine, without a network:  rtopnet verify PACKAGE.zip
"""


class PackageTooLargeError(RuleBrokenError):
    """The originals are too large for one package."""


@dataclass(frozen=True)
class Package:
    """A package, open at its beginning, and the name to hand it out under."""

    name: str
    content: IO[bytes]


def export_report(*, by: UUID, record: UUID, reader: str) -> Package:
    """Pack the report as ``by`` reads it; this stands in the chain of custody and the owner's ledger.

    Files that are held back from the reader are named in ``report.json`` and left out.

    Args:
        by: the acting account.
        record: the report.
        reader: who takes it, in words; it is signed along.

    Raises:
        PackageTooLargeError: its files are larger than a gibibyte.
        RecordNotInSightError: it is not in sight.
    """
    with acting_as(by):
        found = report_sheet(record)
        if found is None:
            raise not_in_sight()
        files = attachments_of(record)
        if sum(file.size for file in files) > LARGEST_PACKAGE:
            raise PackageTooLargeError("Its files are too large for one package; download them one by one.")
        _note_taken(by, record)
        content = TemporaryFile()  # noqa: SIM115 -- handed on open
        packed = _Packing(ZipFile(content, "w", ZIP_DEFLATED))
        packed.add("README.txt", README.encode())
        names = {file.id: f"originals/{number:03}-{file.name}" for number, file in enumerate(files, 1)}
        for file in files:
            packed.add_original(names[file.id], file, by)
        packed.add("report.json", _as_json(_report(found, files, names)))
        packed.add("custody.json", _as_json(_custody(record, names)))
        marking = strictest_marking([found.sheet.marking, *(part.marking for part in found.sheet.parts)])
        packed.close(
            {
                "record": str(record),
                "version": str(found.sheet.version),
                "marking": f"TLP:{marking.name.replace('_', '+')}",
                "reader": reader,
            }
        )
        content.seek(0)
        return Package(f"report-{str(record)[:8]}.zip", content)


class _Packing:
    """Writes files into the package, and keeps their digests for the manifest."""

    def __init__(self, zipped: ZipFile) -> None:
        self._zipped = zipped
        self._digests: dict[str, Digest] = {}

    def add(self, name: str, data: bytes) -> None:
        self._zipped.writestr(name, data)
        self._digests[name] = Digest(len(data), sha256(data).hexdigest())

    def add_original(self, name: str, file: AttachmentSummary, by: UUID) -> None:
        try:
            opened = open_attachment(by=by, attachment=file.id)
        except (FileHeldBackError, AttachmentNotInSightError):
            return
        seen, size = sha256(), 0
        with opened.content as content, self._zipped.open(name, "w", force_zip64=True) as kept:
            while chunk := content.read(CHUNK):
                kept.write(chunk)
                seen.update(chunk)
                size += len(chunk)
        self._digests[name] = Digest(size, seen.hexdigest())
        if stamp := time_stamp_of(file.id):
            self.add(f"stamps/{name.removeprefix('originals/')}.tsr", stamp)

    def close(self, claims: dict[str, str]) -> None:
        manifest = manifest_of(self._digests)
        self._zipped.writestr(NAME, manifest)
        self._zipped.writestr(f"{NAME}.sig.json", seal(manifest, claims))
        self._zipped.close()


def _note_taken(by: UUID, record: UUID) -> None:
    row = report_row(record)
    if row.owner in acting_principals() or note_reading(by=by, record=record, how="exported"):
        keep_step(record, Step.EXPORTED)
        keep_deed("exported", row)


def _report(found: ReportSheet, files: list[AttachmentSummary], names: dict[UUID, str]) -> dict[str, Any]:
    sheet, facts = found.sheet, found.facts
    told = {name: getattr(facts, name) for name in facts.__dataclass_fields__ if name not in HARMS}
    return {
        "id": found.id,
        "kind": sheet.kind,
        "owner": sheet.owner_names,
        "marking": sheet.marking.name,
        "version": sheet.version,
        "title": sheet.title,
        "body": sheet.body,
        "state": found.state_names,
        "facts": told | dict(_harms(found)),
        "exact_place": place_as_words(found.protected.place),
        "parts": [
            {"label": part.label, "text": part.body, "marking": part.marking.name} for part in sheet.parts
        ],
        "speech": _speech(found),
        "replies": [
            {"state": reply.state_names, "at": reply.at, "text": reply.body} for reply in sheet.replies
        ],
        "files": [
            {
                "name": names[file.id],
                "sha256": file.sha256,
                "size": file.size,
                "arrived_at": file.uploaded_at,
                "type": file.detected_type,
                "is_held_back": not file.may_download,
            }
            for file in files
        ],
    }


def _harms(found: ReportSheet) -> Iterator[tuple[str, dict[str, int] | None]]:
    for harm in HARMS:
        people = getattr(found.facts, harm)
        yield harm, {"at_least": people[0], "most_probably": people[1]} if people else None


def _speech(found: ReportSheet) -> dict[str, Any] | None:
    speech = found.speech
    if speech is None:
        return None
    said = {name: getattr(speech, name) for name in ("original", "language", "translation", "channel")}
    graded = [{"part": one.part, "grade": one.grade, "reason": one.reason} for one in speech.grades]
    more = {"speaker_role": speech.speaker_role, "call": speech.call, "outcome": speech.judged.outcome}
    return said | more | {"rabat": graded}


def _custody(record: UUID, names: dict[UUID, str]) -> list[dict[str, Any]]:
    return [
        {
            "at": step.at,
            "what": step.what,
            "of": names.get(step.item, str(step.item)) if step.item else "report",
            "sha256": step.sha256,
            "by": step.by_name or str(step.by),
            "holder": step.holder,
            "happened_on": step.happened_on,
            "note": step.note,
        }
        for step in custody_of(record)
    ]


def _as_json(said: object) -> bytes:
    return json.dumps(said, indent=2, ensure_ascii=False, default=str).encode() + b"\n"
