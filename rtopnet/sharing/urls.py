"""Addresses of records."""

from django.urls import include, path

from rtopnet.sharing.views import answering, exporting, groups, reading, releasing, writing

urlpatterns = [
    path("", include("rtopnet.sharing.file_urls")),
    path("", include("rtopnet.sharing.search_urls")),
    path("", reading.records, name="records_list"),
    path("new/", writing.new, name="records_new"),
    path("requests/", answering.requests, name="records_requests"),
    path("requests/<uuid:asked>/", answering.release_request, name="records_request"),
    path("consultations/<uuid:consultation>/", answering.consultation, name="records_consultation"),
    path("receipts/<uuid:receipt>/", answering.receipt, name="records_receipt"),
    path("groups/", groups.groups, name="records_groups"),
    path("groups/<uuid:group>/", groups.group, name="records_group"),
    path("<uuid:record>/", reading.record, name="records_record"),
    path("<uuid:record>/edit/", writing.edit, name="records_edit"),
    path("<uuid:record>/share/", releasing.share, name="records_share"),
    path("<uuid:record>/share/check/", releasing.check, name="records_check"),
    path("<uuid:record>/consult/<uuid:state>/", releasing.consult, name="records_consult"),
    path("<uuid:record>/ledger/", releasing.ledger, name="records_ledger"),
    path("<uuid:record>/recall/", releasing.recall, name="records_recall"),
    path("<uuid:record>/withdraw/", releasing.withdraw, name="records_withdraw"),
    path("<uuid:record>/versions/<int:number>/", reading.version, name="records_version"),
    path("<uuid:record>/export/", exporting.export, name="records_export"),
    path("<uuid:record>/ask/", reading.ask, name="records_ask"),
]
