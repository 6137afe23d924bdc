from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Reports and signals, graded, with their chain of custody."""

    name = "rtopnet.warning.evidence"
    label = "evidence"
