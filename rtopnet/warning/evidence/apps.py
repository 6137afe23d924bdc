from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Reports and signals, graded, with their chain of custody."""

    name = "rtopnet.warning.evidence"
    label = "evidence"

    def ready(self) -> None:
        from rtopnet.warning.evidence import reactions  # noqa: F401 -- subscribes
        from rtopnet.warning.evidence.record_kinds import register_kinds

        register_kinds()
