"""Addresses of the outlook's files."""

from django.urls import path

from rtopnet.warning.forecasts import views

urlpatterns = [path("states/<str:iso3>/figures.<str:suffix>", views.state_figures, name="state_figures")]
