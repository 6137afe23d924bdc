from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Records, and who may read them; their owners never lose control of them."""

    name = "rtopnet.sharing"
    label = "sharing"

    def ready(self) -> None:
        from rtopnet.sharing import reactions  # noqa: F401 -- subscribes
        from rtopnet.sharing.notices import register_notices

        register_notices()
