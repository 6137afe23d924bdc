"""Notices, how one wants to be told, and what browsers and mail programs ask for."""

from django.urls import path

from rtopnet.network.views import notice_choices, notices

urlpatterns = [
    path("notices/", notices.notices, name="network_notices"),
    path("notices/count/", notices.notices_count, name="network_notices_count"),
    path("notices/read/", notices.all_read, name="network_notices_read"),
    path("notices/undo/", notices.undo, name="network_notices_undo"),
    path("notices/choices/", notice_choices.choices, name="network_notice_choices"),
    path("notices/choices/kinds/", notice_choices.kinds, name="network_notice_kinds"),
    path("notices/choices/trial/", notice_choices.trial, name="network_notice_trial"),
    path("notices/choices/browsers/", notice_choices.add_browser, name="network_browser_add"),
    path(
        "notices/choices/browsers/<uuid:subscription>/stop/",
        notice_choices.stop_browser,
        name="network_browser_stop",
    ),
    path("notices/mail/stop/<str:token>/", notice_choices.mail_stop, name="network_mail_stop"),
    path("notices/<uuid:notice>/", notices.notice, name="network_notice"),
    path("notices/<uuid:notice>/read/", notices.read, name="network_notice_read"),
    path("notices/<uuid:notice>/clear/", notices.clear, name="network_notice_clear"),
    path("service-worker.js", notice_choices.service_worker, name="network_service_worker"),
]
