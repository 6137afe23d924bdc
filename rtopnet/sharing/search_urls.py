"""Addresses of search."""

from django.urls import path

from rtopnet.sharing.views import search

urlpatterns = [
    path("search/", search.search, name="records_search"),
    path("search/suggest/", search.suggestions, name="records_suggest"),
]
