"""Addresses that exist in the local setting alone."""

from django.urls import path

from rtopnet.network.views import local

urlpatterns = [path("<str:secret>/", local.local_sign_in, name="local_sign_in")]
