"""Addresses of a body's own ledger."""

from django.urls import path

from rtopnet.network.views import ledger

urlpatterns = [
    path("", ledger.ledger, name="network_ledger"),
    path("<uuid:book>/download/", ledger.ledger_download, name="network_ledger_download"),
]
