"""Addresses of the pages that bring rooms together."""

from django.urls import path

from rtopnet.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("states/<str:iso3>/", views.state, name="state"),
    path("regions/<slug:slug>/boundaries.geojson", views.boundaries, name="boundaries"),
]
