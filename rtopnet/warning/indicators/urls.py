"""Addresses of the room, all under /situation/framework/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
