"""The kinds of record that people write by hand; rooms above bring kinds of their own."""

from django.utils.translation import gettext_lazy as _

RECORD_KINDS = {
    "situation_report": _("Situation report"),
    "incident_report": _("Incident report"),
    "briefing_note": _("Briefing note"),
    "concept_paper": _("Paper"),
    "request": _("Request"),
    "other": _("Other"),
}
"""Names by the kind that stands in a record's envelope."""
