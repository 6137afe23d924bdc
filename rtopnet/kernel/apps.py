from django.apps import AppConfig


class KernelConfig(AppConfig):
    """What every room stands on; no word of the domain."""

    name = "rtopnet.kernel"
    label = "kernel"
