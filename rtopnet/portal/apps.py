from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages that bring rooms together: home, a state's page, the base of all pages."""

    name = "rtopnet.portal"
    label = "portal"
