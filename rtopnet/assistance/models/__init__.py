"""What the room keeps; all of it hangs on records and is read as these are."""

from rtopnet.assistance.models.contributions import Contribution, Step
from rtopnet.assistance.models.deployments import (
    Agreement,
    Appraisal,
    Confirmation,
    Deployment,
    DutyDone,
    Lesson,
    Participant,
    Report,
)
from rtopnet.assistance.models.offers import Answer, AnswerLine, Offer, OfferLine
from rtopnet.assistance.models.requests import Need, Progress, Regret, Request
from rtopnet.assistance.models.roster import Consent, Correction, Entry

__all__ = [
    "Agreement",
    "Answer",
    "AnswerLine",
    "Appraisal",
    "Confirmation",
    "Consent",
    "Contribution",
    "Correction",
    "Deployment",
    "DutyDone",
    "Entry",
    "Lesson",
    "Need",
    "Offer",
    "OfferLine",
    "Participant",
    "Progress",
    "Regret",
    "Report",
    "Request",
    "Step",
]
