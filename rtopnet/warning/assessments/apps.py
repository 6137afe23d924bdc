from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Rounds of judgement by the Framework, factor by factor and crime by crime."""

    name = "rtopnet.warning.assessments"
    label = "assessments"

    def ready(self) -> None:
        from rtopnet.warning.assessments.notices import register_notices
        from rtopnet.warning.assessments.record_kinds import register_kinds

        register_kinds()
        register_notices()
