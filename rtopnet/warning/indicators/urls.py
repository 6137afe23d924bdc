"""Addresses of the room, all under /situation/framework/."""

from django.urls import path

from rtopnet.warning.indicators import views

urlpatterns = [path("", views.framework, name="situation_framework")]
