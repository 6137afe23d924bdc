"""Addresses of the room, all under /network/advice/."""

from django.urls import path

from rtopnet.advice.views import circulating, drafting, papers, sending

_PAPER = "papers/<uuid:advice>/"
_STATEMENT = "statements/<uuid:statement>/"
_SENT = "sent/<uuid:sent>/"

urlpatterns = [
    path("", papers.register, name="network_advice"),
    path("new/", drafting.new, name="network_advice_new"),
    path(_PAPER, papers.paper, name="network_advice_paper"),
    path(f"{_PAPER}frame/", drafting.frame, name="network_advice_frame"),
    path(f"{_PAPER}title/", drafting.title, name="network_advice_title"),
    path(f"{_PAPER}statements/new/", drafting.statement_new, name="network_advice_statement_new"),
    path(_STATEMENT, drafting.statement, name="network_advice_statement"),
    path(f"{_STATEMENT}cite/", drafting.cite, name="network_advice_cite"),
    path("references/<uuid:citation>/drop/", drafting.drop, name="network_advice_drop"),
    path("references/<uuid:citation>/ask/", drafting.ask, name="network_advice_ask"),
    path(f"{_PAPER}circulate/", circulating.circulate, name="network_advice_circulate"),
    path(f"{_PAPER}withdraw/", circulating.withdraw, name="network_advice_withdraw"),
    path(f"{_PAPER}transmit/", sending.transmit, name="network_advice_transmit"),
    path(_SENT, sending.sent, name="network_advice_sent"),
    path(f"{_SENT}files/", sending.files, name="network_advice_files"),
    path(f"{_SENT}acknowledge/", sending.acknowledge, name="network_advice_acknowledge"),
    path(f"{_SENT}answer/", sending.answer, name="network_advice_answer"),
    path(f"{_SENT}follow-up/", sending.follow, name="network_advice_follow_up"),
    path(f"{_SENT}close/", sending.close, name="network_advice_close"),
]
