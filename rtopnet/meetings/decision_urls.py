"""Addresses of proposals and decisions."""

from django.urls import path

from rtopnet.meetings.views import circulating, decision_document, decisions, drafting, silence

urlpatterns = [
    path("", decisions.proposals, name="meetings_decisions"),
    path("new/", drafting.new, name="meetings_proposal_new"),
    path("<uuid:record>/", decisions.proposal, name="meetings_proposal"),
    path("<uuid:record>/document/", decision_document.document, name="meetings_decision_document"),
    path("<uuid:record>/write/", drafting.write, name="meetings_proposal_write"),
    path("<uuid:record>/circulate/", circulating.circulate, name="meetings_circulate"),
    path("<uuid:record>/break/", silence.act, {"deed": "break"}, name="meetings_break"),
    path("<uuid:record>/more-time/", silence.act, {"deed": "extension"}, name="meetings_more_time"),
    path("<uuid:record>/reservation/", silence.act, {"deed": "reservation"}, name="meetings_reservation"),
    path(
        "<uuid:record>/reservation/take-back/", silence.act, {"deed": "retraction"}, name="meetings_retract"
    ),
    path("<uuid:record>/comment/", silence.act, {"deed": "comment"}, name="meetings_comment"),
    path("<uuid:record>/withdraw/", silence.act, {"deed": "withdrawal"}, name="meetings_take_out"),
    path("<uuid:record>/statement/", silence.statement, name="meetings_statement"),
    path("<uuid:record>/silent/", silence.silent, name="meetings_silent"),
]
