"""Addresses of the room, all under /situation/."""

from django.urls import path

from rtopnet.warning.alerts.views import answering, reading, stages, watching, writing

_ONE = "warnings/<uuid:warning>/"
_RULE = "rules/<uuid:rule>/"

urlpatterns = [
    path("warnings/", reading.warnings, name="situation_warnings"),
    path("warnings/new/", writing.new, name="situation_warning_new"),
    path("warnings/new/<uuid:firing>/", writing.follow, name="situation_warning_follow"),
    path("warnings/missed/", writing.missed, name="situation_warning_missed"),
    path(_ONE, reading.one, name="situation_warning"),
    path(f"{_ONE}edit/", writing.edit, name="situation_warning_edit"),
    path(f"{_ONE}assess/", stages.assess, name="situation_warning_assess"),
    path(f"{_ONE}consult/<uuid:state>/", stages.consult, name="situation_warning_consult"),
    path(f"{_ONE}issue/", stages.issue, name="situation_warning_issue"),
    path(f"{_ONE}level/", stages.level, name="situation_warning_level"),
    path(f"{_ONE}close/", stages.close, name="situation_warning_close"),
    path(f"{_ONE}answer/", answering.answer, name="situation_warning_answer"),
    path(f"{_ONE}link/", answering.link, name="situation_warning_link"),
    path(f"{_ONE}link/<uuid:linked>/untie/", answering.unlink, name="situation_warning_unlink"),
    path(f"{_ONE}sign/", answering.invite, name="situation_warning_invite"),
    path(f"{_ONE}sign/<uuid:state>/", answering.sign, name="situation_warning_sign"),
    path("rules/", watching.rules, name="situation_rules"),
    path("rules/new/<slug:measure>/", watching.new, name="situation_rule_new"),
    path(_RULE, watching.one, name="situation_rule"),
    path(f"{_RULE}edit/", watching.edit, name="situation_rule_edit"),
    path(f"{_RULE}step/", watching.step, name="situation_rule_step"),
]
