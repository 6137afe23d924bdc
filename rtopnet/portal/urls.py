"""Addresses of the pages that bring rooms together."""

from django.urls import path, re_path

from rtopnet.portal import views
from rtopnet.portal.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("waiting/", views.waiting, name="home_waiting"),
    path("situation/", views.situation, name="situation_home"),
    re_path(r"^states/(?P<iso3>[A-Za-z]{3})/$", views.state, name="state"),
    path("regions/<slug:slug>/boundaries.geojson", views.boundaries, name="boundaries"),
    path("api/v1/", api.urls),
]
