from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Region, states, institutions, posts and accounts."""

    name = "rtopnet.network"
    label = "network"

    def ready(self) -> None:
        from rtopnet.network import own_notices, post_notices, reactions  # noqa: F401 -- subscribes
        from rtopnet.network.services import register_webhooks

        own_notices.register()
        post_notices.register()
        register_webhooks()
