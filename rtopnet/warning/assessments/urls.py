"""Addresses of the room, all under /situation/assessments/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
