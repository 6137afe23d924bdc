"""Reads of evidence."""

from rtopnet.warning.evidence.queries.custody import StepInSight, custody_of
from rtopnet.warning.evidence.queries.reports import (
    ReportLine,
    ReportPage,
    ReportSheet,
    Wanted,
    is_report,
    report_counts,
    report_path,
    report_sheet,
    reports_called,
    reports_in_sight,
)
from rtopnet.warning.evidence.queries.speech import GradeInSight, SpeechInSight, speech_in_sight

__all__ = [
    "GradeInSight",
    "ReportLine",
    "ReportPage",
    "ReportSheet",
    "SpeechInSight",
    "StepInSight",
    "Wanted",
    "custody_of",
    "is_report",
    "report_counts",
    "report_path",
    "report_sheet",
    "reports_called",
    "reports_in_sight",
    "speech_in_sight",
]
