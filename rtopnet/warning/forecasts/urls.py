"""Addresses of the outlook's files and of its models' cards."""

from django.urls import re_path

from rtopnet.warning.forecasts import views

urlpatterns = [
    re_path(
        r"^states/(?P<iso3>[A-Za-z]{3})/figures\.(?P<suffix>[a-z]{1,10})$",
        views.state_figures,
        name="state_figures",
    ),
    re_path(
        r"^states/(?P<iso3>[A-Za-z]{3})/model/(?P<task>[a-z]{1,20})/$",
        views.state_model_card,
        name="state_model_card",
    ),
    re_path(
        r"^states/(?P<iso3>[A-Za-z]{3})/model/(?P<task>[a-z]{1,20})\.md$",
        views.state_model_card_file,
        name="state_model_card_file",
    ),
]
