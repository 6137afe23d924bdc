from django.apps import AppConfig


class AdviceConfig(AppConfig):
    """Advice to the United Nations and other cleared documents."""

    name = "rtopnet.advice"
    label = "advice"

    def ready(self) -> None:
        from rtopnet.advice import reactions  # noqa: F401 -- subscribes
        from rtopnet.advice.notices import register_notices
        from rtopnet.advice.record_kinds import register_kinds

        register_kinds()
        register_notices()
