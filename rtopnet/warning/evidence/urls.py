"""Addresses of the room, all under /situation/reports/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
