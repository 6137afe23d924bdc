"""Addresses of the room, all under /assistance/."""

from django.urls import path

from rtopnet.assistance.views import (
    asking,
    circulating,
    deploying,
    giving,
    home,
    offering,
    rostering,
)

_REQUEST = "requests/<uuid:asked>/"
_OFFER = "offers/<uuid:offer>/"
_ENTRY = "roster/<uuid:entry>/"
_WORK = "deployments/<uuid:deployment>/"
_SIDE = "<uuid:body>/<uuid:about>/"

urlpatterns = [
    path("", home.home, name="assistance_home"),
    path("requests/", asking.requests, name="assistance_requests"),
    path("requests/new/", asking.new, name="assistance_request_new"),
    path(_REQUEST, asking.one, name="assistance_request"),
    path(f"{_REQUEST}edit/", asking.edit, name="assistance_request_edit"),
    path(f"{_REQUEST}needs/new/", asking.need_new, name="assistance_need_new"),
    path("needs/<uuid:need>/", asking.need_edit, name="assistance_need"),
    path(f"{_REQUEST}submit/", asking.submit, name="assistance_submit"),
    path(f"{_REQUEST}return/", asking.give_back, name="assistance_return"),
    path(f"{_REQUEST}circulate/", circulating.circulate, name="assistance_circulate"),
    path(f"{_REQUEST}circulate/check/", circulating.check, name="assistance_circulate_check"),
    path(f"{_REQUEST}withdraw/", asking.withdraw, name="assistance_withdraw"),
    path(f"{_REQUEST}offer/", offering.new, name="assistance_offer_new"),
    path(f"{_REQUEST}regret/", offering.regret, name="assistance_regret"),
    path(f"{_REQUEST}offers/", offering.compare, name="assistance_compare"),
    path(f"{_REQUEST}deploy/", deploying.new, name="assistance_deployment_new"),
    path(f"{_REQUEST}complete/", deploying.complete, name="assistance_complete"),
    path(f"{_REQUEST}contribute/", giving.new, name="assistance_contribution_new"),
    path("offers/", offering.offers, name="assistance_offers"),
    path(_OFFER, offering.one, name="assistance_offer"),
    path(f"{_OFFER}edit/", offering.edit, name="assistance_offer_edit"),
    path(f"{_OFFER}check/", offering.check, name="assistance_offer_check"),
    path(f"{_OFFER}take-back/", offering.take_back, name="assistance_offer_take_back"),
    path(f"{_OFFER}answer/", offering.answer, name="assistance_answer"),
    path("roster/", rostering.roster, name="assistance_roster"),
    path("roster/new/", rostering.new, name="assistance_entry_new"),
    path(_ENTRY, rostering.one, name="assistance_entry"),
    path(f"{_ENTRY}edit/", rostering.edit, name="assistance_entry_edit"),
    path(f"{_ENTRY}forget/", rostering.forget, name="assistance_entry_forget"),
    path(f"{_ENTRY}correct/", rostering.correct, name="assistance_entry_correct"),
    path("corrections/<uuid:correction>/", rostering.correction, name="assistance_correction"),
    path("consents/<uuid:consent>/", rostering.consent, name="assistance_consent"),
    path("deployments/", deploying.deployments, name="assistance_deployments"),
    path(_WORK, deploying.one, name="assistance_deployment"),
    path(f"{_WORK}check/", deploying.check, name="assistance_deployment_check"),
    path(f"{_WORK}step/", deploying.step, name="assistance_deployment_step"),
    path(f"{_WORK}end/", deploying.end, name="assistance_deployment_end"),
    path(f"{_WORK}report/<uuid:body>/", deploying.report, name="assistance_report"),
    path(f"{_WORK}appraise/{_SIDE}", deploying.judge, name="assistance_judge"),
    path(f"{_WORK}lesson/{_SIDE}", deploying.lesson_new, name="assistance_lesson_new"),
    path("appraisals/<uuid:appraisal>/", deploying.appraisal, name="assistance_appraisal"),
    path("lessons/<uuid:lesson>/", deploying.lesson, name="assistance_lesson"),
    path("contributions/", giving.contributions, name="assistance_contributions"),
    path("contributions/activities.xml", giving.iati, name="assistance_iati"),
    path("contributions/<uuid:contribution>/", giving.one, name="assistance_contribution"),
]
