"""Addresses of the room, all under /meetings/."""

from django.urls import include, path

from rtopnet.meetings.views import agenda, answers, home, meetings

urlpatterns = [
    path("", home.home, name="meetings_home"),
    path("decisions/", include("rtopnet.meetings.decision_urls")),
    path("new/", meetings.new, name="meetings_new"),
    path("series/new/", home.new_series, name="meetings_series_new"),
    path("series/<uuid:series>/", home.series, name="meetings_series"),
    path("agenda/<uuid:record>/", agenda.item, name="meetings_item"),
    path("agenda/<uuid:record>/edit/", agenda.edit_item, name="meetings_item_edit"),
    path("delegations/<uuid:record>/", answers.delegation, name="meetings_delegation"),
    path("<uuid:record>/", meetings.meeting, name="meetings_meeting"),
    path("<uuid:record>/change/", meetings.change, name="meetings_change"),
    path("<uuid:record>/cancel/", meetings.cancel, name="meetings_cancel"),
    path("<uuid:record>/host/", meetings.host, name="meetings_host"),
    path("<uuid:record>/delegations/", meetings.delegations, name="meetings_delegations"),
    path("<uuid:record>/answer/<uuid:state>/", answers.answer, name="meetings_answer"),
    path("<uuid:record>/agenda/new/", agenda.new_item, name="meetings_item_new"),
    path("<uuid:record>/agenda/order/", agenda.order, name="meetings_order"),
]
