from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Rounds of judgement by the Framework, factor by factor and crime by crime."""

    name = "rtopnet.warning.assessments"
    label = "assessments"
