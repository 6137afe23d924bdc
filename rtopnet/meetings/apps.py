from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, decisions by consensus, and what was promised in them."""

    name = "rtopnet.meetings"
    label = "meetings"

    def ready(self) -> None:
        from rtopnet.meetings import (
            reactions,  # noqa: F401 -- subscribes
            silence_notices,
        )
        from rtopnet.meetings.kinds import register_kinds
        from rtopnet.meetings.notices import register_notices

        register_kinds()
        silence_notices.register()
        register_notices()
