"""Addresses of the room, all under /network/advice/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
