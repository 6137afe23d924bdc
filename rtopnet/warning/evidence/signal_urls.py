"""Addresses of signals and their sources, all under /situation/signals/."""

from django.urls import path

from rtopnet.warning.evidence.views import judging, signals

_SIGNAL = "<uuid:signal>/"

urlpatterns = [
    path("", signals.signals, name="situation_signals"),
    path("sources/", signals.sources, name="situation_sources"),
    path(_SIGNAL, signals.one, name="situation_signal"),
    path(f"{_SIGNAL}join/", judging.join, name="situation_signal_join"),
    path(f"{_SIGNAL}split/", judging.split, name="situation_signal_split"),
    path(f"{_SIGNAL}accept/", judging.accept, name="situation_signal_accept"),
    path(f"{_SIGNAL}dismiss/", judging.dismiss, name="situation_signal_dismiss"),
    path(f"{_SIGNAL}take-back/", judging.take_back, name="situation_signal_take_back"),
]
