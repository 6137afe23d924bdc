"""Addresses of the room, all under /situation/reports/."""

from django.urls import path

from rtopnet.warning.evidence.views import bulk, custody, exporting, reports

_REPORT = "<uuid:report>/"

urlpatterns = [
    path("", reports.reports, name="situation_reports"),
    path("new/", reports.new, name="situation_report_new"),
    path("bulk/", bulk.bulk, name="situation_bulk"),
    path("bulk/keep/", bulk.keep, name="situation_bulk_keep"),
    path("bulk/template.csv", bulk.template, {"ending": "csv"}, name="situation_bulk_csv"),
    path("bulk/template.xlsx", bulk.template, {"ending": "xlsx"}, name="situation_bulk_xlsx"),
    path("bulk/form.xlsx", bulk.xlsform, name="situation_xlsform"),
    path("incitement/new/", reports.new_speech, name="situation_speech_new"),
    path(_REPORT, reports.one, name="situation_report"),
    path(f"{_REPORT}edit/", reports.edit, name="situation_report_edit"),
    path(f"{_REPORT}grade/", reports.grade, name="situation_report_grade"),
    path(f"{_REPORT}threshold/", custody.rabat, name="situation_rabat"),
    path(f"{_REPORT}package/", exporting.package, name="situation_package"),
    path(f"{_REPORT}custody/", custody.custody, name="situation_custody"),
]
