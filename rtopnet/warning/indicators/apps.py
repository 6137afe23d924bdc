from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The Framework's risk factors and indicators, versioned."""

    name = "rtopnet.warning.indicators"
    label = "indicators"
