"""Addresses of the room, all under /assistance/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
