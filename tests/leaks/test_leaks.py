"""Nobody, by any page, number, feed or mistake, learns what was not meant for them."""

import logging

import pytest

from rtopnet.kernel.ids import new_id
from tests.leaks.probes import Leak, found_in
from tests.leaks.visits import (
    TALLY,
    addresses_to_visit,
    every_word,
    forbidden_to,
    logged,
    plain,
    report,
    sweep,
    visitor,
)

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_no_route_gives_away_what_is_not_for_its_viewer(leaks, people, caplog):
    visits = addresses_to_visit(leaks)
    caplog.set_level(logging.DEBUG)
    found = []
    for who, reader in people.items():
        found += sweep(leaks, who, reader, visits)
        said = logged(caplog)
        caplog.clear()
        found += [
            Leak(what, "whoever reads the log", f"the log of {who}")
            for what in found_in(said, every_word(leaks))
        ]
    assert report(found) == []


def test_what_one_may_read_is_there_to_be_found(leaks):
    """The sweep looks at real pages: a reader who may read finds the words."""
    for code, fate in (("XAB", "XAA: for states"), ("XAD", "XAA: for the network")):
        reader = leaks.world.scribe(code)
        allowed = {f.word: f.what for f in leaks.facts if f.what.startswith(fate) and f.allowed(reader)}
        assert allowed
        texts = [visitor(leaks, reader).visit(f"/records/{record}/").text for record in leaks.ids["record"]]
        seen = {what for text in texts for what in found_in(text, allowed)}
        assert f"{fate}, title" in seen
        assert f"{fate}, a file's name" in seen


@pytest.mark.slow
def test_search_answers_for_hidden_words_as_for_words_that_are_nowhere(leaks, people):
    found = []
    for who, reader in people.items():
        browser, nowhere = visitor(leaks, reader), f"zq{new_id().hex[:12]}"
        for path in ("/records/search/?q={}", "/records/search/suggest/?q={}"):
            absent = plain(browser.visit(path.format(nowhere)), nowhere)
            for word, what in forbidden_to(leaks, reader).items():
                TALLY["probes"] += 1
                if plain(browser.visit(path.format(word)), word) != absent:
                    found.append(Leak(what, who, path))
    assert report(found) == []
