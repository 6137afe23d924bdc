from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    """The statistical outlook: proxies of the crimes, never the crimes themselves."""

    name = "rtopnet.warning.forecasts"
    label = "forecasts"
