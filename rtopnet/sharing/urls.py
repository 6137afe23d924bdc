"""Addresses of records."""

from django.urls import include, path

urlpatterns = [path("", include("rtopnet.sharing.file_urls"))]
