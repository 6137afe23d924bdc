"""Nobody, by any page, number, feed or mistake, learns what was not meant for them."""

import logging
import os
import re

import pytest
from django.core import mail
from django.test import Client

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.ids import new_id
from rtopnet.network.models import Account, Notice, Post
from rtopnet.network.public import deliver_due_notices
from rtopnet.sharing.rules import Role
from tests.leaks.facts import STATES, build
from tests.leaks.probes import API, METHODS, Leak, Visitor, addresses, found_in, routes

pytestmark = pytest.mark.django_db
WHOLE = bool(os.environ.get("LEAKS_WHOLE"))
SOME = {
    (Role.FOCAL_POINT, "XAF"),
    (Role.CONTRIBUTOR, "XAB"),
    (Role.SECRETARIAT, ""),
    (Role.FOCAL_POINT, "XBA"),
}
ABSENT_ONES = (
    "token",
    "invitation_id",
    "subscription",
    "sign_in_id",
    "webhook",
    "delivery",
    "drill",
    "handover",
    "need",
)
LEAK_TALLY = {"routes": 0, "viewers": 0, "probes": 0, "leaks": 0}
ABSENT = new_id()


@pytest.fixture
def leaks(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    return build()


def viewers(leaks):
    """Everybody of interest by name, with the reader as the rule sees it; None is who is not signed in."""
    found = {"nobody": None}
    codes = {state.pk: code for code, state in leaks.world.states.items()}
    for account, reader in leaks.world.readers.items():
        for seat in reader.seats:
            code = codes.get(seat.state, "")
            if WHOLE or (seat.role, code) in SOME:
                found.setdefault(f"{seat.role} {code}".strip(), leaks.world.readers[account])
    return found


def visitor(leaks, reader, *, with_token=False):
    client = Client(raise_request_exception=False)
    if reader is None:
        return Visitor(client)
    if with_token:
        return Visitor(client, leaks.tokens[reader.account])
    with acting_for(Capacity.SIGN_IN):
        account = Account.objects.get(pk=reader.account)
    client.force_login(account, backend="rtopnet.network.authentication.AccountBackend")
    return Visitor(client)


def forbidden_to(leaks, reader):
    """What a viewer must not find, by the word that stands for it."""
    return {fact.word: fact.what for fact in leaks.facts if not fact.allowed(reader)}


def values_for(leaks):
    """What routes ask for, by name; what neither facts nor this know fails its route."""
    states = [state.pk for state in leaks.world.states.values()]
    with acting_for(Capacity.INSTALLATION):
        notices = list(Notice.objects.values_list("pk", flat=True)[:10])
        posts = list(Post.objects.values_list("pk", flat=True)[:3])
        accounts = list(Account.objects.values_list("pk", flat=True)[:3])
    return {
        "slot": [1],
        "number": [1, 2],
        "version": [1, 2],
        "iso3": ["XAA", "XAF"],
        "slug": ["reef", "ridge"],
        "suffix": ["csv", "json"],
        "notice": notices,
        "book": [states[0], states[1], leaks.world.bodies["secretariat"].pk],
        "account_id": accounts,
        "post": posts,
        **{name: [ABSENT] for name in ABSENT_ONES},
        **{name: ["x"] for name in ("secret", "code", "key", "handle", "uidb36", "provider_id")},
        **leaks.ids,
    }


def addresses_to_visit(leaks):
    values = values_for(leaks)
    found = [(route, addresses(route, values)) for route in routes()]
    LEAK_TALLY["routes"] = len(found)
    return found if WHOLE else [(route, every[:2] + every[2::5]) for route, every in found]


def sweep(leaks, who, reader, visits):
    """Every address by every method, in a browser or, for the API, with a token; the leaks found."""
    forbidden = forbidden_to(leaks, reader)
    browser, program = visitor(leaks, reader), visitor(leaks, reader, with_token=True)
    found = []
    for _route, every in visits:
        for path in every:
            for method in METHODS:
                answer = (program if path.startswith(API) else browser).visit(path, method)
                LEAK_TALLY["probes"] += 1
                found += [Leak(what, who, f"{method} {path}") for what in found_in(answer.text, forbidden)]
                if answer.status >= 500:
                    found.append(Leak(f"status {answer.status}", who, f"{method} {path}"))
    return found


def report(found):
    LEAK_TALLY["leaks"] += len(found)
    return [f"{leak.fact} to {leak.viewer} at {leak.where}" for leak in found]


@pytest.mark.slow
def test_no_route_gives_away_what_is_not_for_its_viewer(leaks, caplog):
    visits = addresses_to_visit(leaks)
    caplog.set_level(logging.DEBUG)
    found = []
    people = viewers(leaks)
    LEAK_TALLY["viewers"] = len(people)
    for who, reader in people.items():
        found += sweep(leaks, who, reader, visits)
    every_word = {fact.word: fact.what for fact in leaks.facts if fact.what != "a name"}
    logged = "\n".join(record.getMessage() for record in caplog.records)
    found += [Leak(what, "whoever reads the log", "the log") for what in found_in(logged, every_word)]
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
def test_search_answers_for_hidden_words_as_for_words_that_are_nowhere(leaks):
    found = []
    for who, reader in viewers(leaks).items():
        browser = visitor(leaks, reader)
        for word, what in forbidden_to(leaks, reader).items():
            nowhere = f"zq{new_id().hex[:12]}"
            for path in ("/records/search/?q={}", "/records/search/suggest/?q={}"):
                hidden, absent = (browser.visit(path.format(one)) for one in (word, nowhere))
                LEAK_TALLY["probes"] += 2
                if plain(hidden, word) != plain(absent, nowhere):
                    found.append(Leak(what, who, path))
    assert report(found) == []


def plain(answer, word=""):
    """An answer without what differs from one visit to the next: tokens, nonces, times."""
    text = answer.text.replace(word, "…") if word else answer.text
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)
    text = re.sub(r"(?m)^(Set-Cookie|Content-Security-Policy|Date|Content-Length|ETag):.*$", "", text)
    return answer.status, re.sub(r"nonce-[\w-]+|nonce=\"[^\"]+\"|csrftoken=\S+|expires=[^;]+", "", text)


def test_hidden_and_absent_records_are_answered_alike_by_the_same_questions(leaks, django_assert_num_queries):
    record = leaks.fates["for states, strictly"]
    reader = leaks.world.scribe("XAF")
    browser, program = visitor(leaks, reader), visitor(leaks, reader, with_token=True)
    for one, paths in (
        (browser, ["/records/{}/", "/records/{}/edit/", "/records/{}/ledger/", "/records/{}/export/"]),
        (program, ["/api/v1/records/{}", "/api/v1/records/{}/versions"]),
    ):
        for path in paths:
            one.visit(path.format(ABSENT))
            (hidden, asked), (absent, asked_of_absent) = (
                counted(one, path.format(x)) for x in (record, ABSENT)
            )
            assert hidden.status == absent.status == 404
            assert plain(hidden, str(record)) == plain(absent, str(ABSENT))
            assert asked == asked_of_absent, path


def counted(one, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = one.visit(path)
    return answer, len(queries)


def test_mails_carry_nothing_above_green_and_nothing_to_the_wrong_reader(leaks):
    deliver_due_notices()
    assert len(mail.outbox) > len(STATES)
    with acting_for(Capacity.INSTALLATION):
        by_address = dict(Account.objects.values_list("email", "pk"))
    found = []
    for letter in mail.outbox:
        text = "\n".join(
            [str(letter.message()), letter.subject, letter.body, *(str(part) for part in letter.alternatives)]
        )
        LEAK_TALLY["probes"] += 1
        for address in letter.to:
            reader = leaks.world.readers[by_address[address]]
            forbidden = {
                fact.word: fact.what
                for fact in leaks.facts
                if fact.what != "a name" and not (fact.is_wide and fact.allowed(reader))
            }
            found += [Leak(what, address, "a mail") for what in found_in(text, forbidden)]
    assert report(found) == []


def test_ids_tell_no_order(leaks):
    with acting_as(leaks.desk("XAA")):
        from rtopnet.sharing.models import Record

        ids = list(Record.objects.order_by("drafted_at").values_list("pk", flat=True))
    assert all(one.version == 4 for one in ids)
    assert ids != sorted(ids)
