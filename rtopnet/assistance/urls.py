"""Addresses of the room, all under /assistance/."""

from django.urls import path

from rtopnet.assistance.views import asking, circulating, home

urlpatterns = [
    path("", home.home, name="assistance_home"),
    path("requests/", asking.requests, name="assistance_requests"),
    path("requests/new/", asking.new, name="assistance_request_new"),
    path("requests/<uuid:asked>/", asking.one, name="assistance_request"),
    path("requests/<uuid:asked>/edit/", asking.edit, name="assistance_request_edit"),
    path("requests/<uuid:asked>/needs/new/", asking.need_new, name="assistance_need_new"),
    path("needs/<uuid:need>/", asking.need_edit, name="assistance_need"),
    path("requests/<uuid:asked>/submit/", asking.submit, name="assistance_submit"),
    path("requests/<uuid:asked>/return/", asking.give_back, name="assistance_return"),
    path("requests/<uuid:asked>/circulate/", circulating.circulate, name="assistance_circulate"),
    path("requests/<uuid:asked>/circulate/check/", circulating.check, name="assistance_circulate_check"),
    path("requests/<uuid:asked>/withdraw/", asking.withdraw, name="assistance_withdraw"),
]
