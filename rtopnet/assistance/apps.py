from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Requests for assistance, offers, rosters, deployments and contributions."""

    name = "rtopnet.assistance"
    label = "assistance"
