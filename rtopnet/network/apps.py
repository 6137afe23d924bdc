from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Region, states, institutions, posts and accounts."""

    name = "rtopnet.network"
    label = "network"

    def ready(self) -> None:
        from rtopnet.network import reactions  # noqa: F401 -- subscribes
