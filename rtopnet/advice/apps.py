from django.apps import AppConfig


class AdviceConfig(AppConfig):
    """Advice to the United Nations and other cleared documents."""

    name = "rtopnet.advice"
    label = "advice"
