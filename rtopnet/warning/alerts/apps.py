from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Watch rules and warnings, from the first signal to the outcome."""

    name = "rtopnet.warning.alerts"
    label = "alerts"

    def ready(self) -> None:
        from rtopnet.warning.alerts import reactions  # noqa: F401 -- subscribes
        from rtopnet.warning.alerts.notices import register_notices
        from rtopnet.warning.alerts.record_kinds import register_kinds

        register_kinds()
        register_notices()
