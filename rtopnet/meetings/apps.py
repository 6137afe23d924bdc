from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings, decisions by consensus, and what was promised in them."""

    name = "rtopnet.meetings"
    label = "meetings"
