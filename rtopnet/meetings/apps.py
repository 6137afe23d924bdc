from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, decisions by consensus, and what was promised in them."""

    name = "rtopnet.meetings"
    label = "meetings"

    def ready(self) -> None:
        from rtopnet.meetings import silence_notices
        from rtopnet.meetings.kinds import register_kinds

        register_kinds()
        silence_notices.register()
