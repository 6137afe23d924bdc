"""Addresses that exist in the local setting alone."""

from django.urls import path

from rtopnet.network import views

urlpatterns = [path("<str:secret>/", views.local_sign_in, name="local_sign_in")]
