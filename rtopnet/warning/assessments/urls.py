"""Addresses of the room, all under /situation/assessments/."""

from django.urls import path

from rtopnet.warning.assessments.views import deciding, preparing, printing, reading, scoring

_ONE = "<uuid:assessment>/"

urlpatterns = [
    path("", reading.assessments, name="situation_assessments"),
    path("new/", preparing.new, name="situation_assessment_new"),
    path(_ONE, reading.one, name="situation_assessment"),
    path(f"{_ONE}edit/", preparing.edit, name="situation_assessment_edit"),
    path(f"{_ONE}open/", preparing.start, name="situation_assessment_open"),
    path(f"{_ONE}score/", scoring.overview, name="situation_assessment_score"),
    path(f"{_ONE}score/take-back/", scoring.take_back, name="situation_assessment_take_back"),
    path(f"{_ONE}score/<slug:factor>/", scoring.score, name="situation_assessment_score_factor"),
    path(f"{_ONE}reveal/", deciding.reveal, name="situation_assessment_reveal"),
    path(f"{_ONE}second/", deciding.second, name="situation_assessment_second"),
    path(f"{_ONE}factors/<slug:factor>/", reading.factor, name="situation_assessment_factor"),
    path(
        f"{_ONE}factors/<slug:factor>/comment/",
        deciding.comment_factor,
        name="situation_assessment_comment_factor",
    ),
    path(f"{_ONE}comment/", deciding.comment, name="situation_assessment_comment"),
    path(f"{_ONE}minority-view/", deciding.dissent, name="situation_assessment_dissent"),
    path(f"{_ONE}conclude/", deciding.conclude, name="situation_assessment_conclude"),
    path(f"{_ONE}document/", printing.document, name="situation_assessment_document"),
    path(f"{_ONE}figures/", deciding.explain, name="situation_assessment_explain"),
]
