"""Blind scores are there to be found by the one who wrote them: the sweep looks for something real."""

import pytest

from tests.leaks.probes import found_in
from tests.leaks.visits import visitor

pytestmark = pytest.mark.django_db
PLACES = ("", "factors/1/", "score/1/", "document/")


def test_each_assessor_finds_their_own_blind_scores_and_what_was_shown(leaks):
    for code in ("XAB", "XAC"):
        reader = leaks.world.scribe(code)
        allowed = {
            fact.word: fact.what
            for fact in leaks.facts
            if fact.what.startswith("assessments: ") and fact.allowed(reader)
        }
        paths = [
            f"/situation/assessments/{one}/{place}" for one in leaks.ids["assessment"] for place in PLACES
        ]
        seen = {what for path in paths for what in found_in(visitor(leaks, reader).visit(path).text, allowed)}
        assert f"assessments: a blind score of {code}, reason" in seen
        assert seen == set(allowed.values())
