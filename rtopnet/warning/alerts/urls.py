"""Addresses of the room, all under /situation/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
