"""That "no such page" takes as long whatever it comes from."""

import time

from django.http import HttpResponse
from django.test import RequestFactory

from rtopnet.network.even_answers import EvenAnswersMiddleware

STEP = 0.02


def answered(status, seconds, monkeypatch):
    """The seconds that an answer is held back, by a clock that moves ``seconds`` while it is made."""
    clock, slept = [100.0], []
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(time, "sleep", slept.append)

    def answer(request):
        clock[0] += seconds
        return HttpResponse(status=status)

    EvenAnswersMiddleware(answer)(RequestFactory().get("/"))
    return seconds + sum(slept)


def test_what_is_hidden_or_absent_is_answered_at_a_full_step(settings, monkeypatch):
    settings.SECONDS_TO_SAY_ABSENT = STEP
    for seconds, whole in ((0.001, STEP), (0.013, STEP), (0.021, 2 * STEP)):
        assert abs(answered(404, seconds, monkeypatch) - whole) < 1e-6


def test_other_answers_go_at_once(settings, monkeypatch):
    settings.SECONDS_TO_SAY_ABSENT = STEP
    assert answered(200, 0.001, monkeypatch) == 0.001
    settings.SECONDS_TO_SAY_ABSENT = 0
    assert answered(404, 0.001, monkeypatch) == 0.001
