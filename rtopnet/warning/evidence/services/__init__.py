"""Verbs of evidence."""

from rtopnet.warning.evidence.services.bulk import (
    Arriving,
    KeptRows,
    keep_reports,
)
from rtopnet.warning.evidence.services.custody import (
    BY_HAND,
    add_step,
    forget_facts,
    note_files,
    note_opened,
)
from rtopnet.warning.evidence.services.exporting import (
    Package,
    PackageTooLargeError,
    export_report,
)
from rtopnet.warning.evidence.services.reports import (
    Owner,
    Told,
    draft_report,
    grade_report,
    revise_report,
)
from rtopnet.warning.evidence.services.speech import (
    Graded,
    Said,
    draft_incitement,
    grade_speech,
    write_speech,
)
from rtopnet.warning.evidence.services.story import (
    tell_reports,
)

__all__ = [
    "BY_HAND",
    "Arriving",
    "Graded",
    "KeptRows",
    "Owner",
    "Package",
    "PackageTooLargeError",
    "Said",
    "Told",
    "add_step",
    "draft_incitement",
    "draft_report",
    "export_report",
    "forget_facts",
    "grade_report",
    "grade_speech",
    "keep_reports",
    "note_files",
    "note_opened",
    "revise_report",
    "tell_reports",
    "write_speech",
]
