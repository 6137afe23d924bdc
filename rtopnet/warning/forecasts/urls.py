"""Addresses of the outlook's files."""

from django.urls import re_path

from rtopnet.warning.forecasts import views

urlpatterns = [
    re_path(
        r"^states/(?P<iso3>[A-Za-z]{3})/figures\.(?P<suffix>[a-z]{1,10})$",
        views.state_figures,
        name="state_figures",
    )
]
