from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Requests for assistance, offers, rosters, deployments and contributions."""

    name = "rtopnet.assistance"
    label = "assistance"

    def ready(self) -> None:
        from rtopnet.assistance.notices import register_notices
        from rtopnet.assistance.record_kinds import register_kinds

        register_kinds()
        register_notices()
