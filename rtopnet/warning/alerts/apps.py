from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Watch rules and warnings, from the first signal to the outcome."""

    name = "rtopnet.warning.alerts"
    label = "alerts"
