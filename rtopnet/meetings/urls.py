"""Addresses of the room, all under /meetings/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
