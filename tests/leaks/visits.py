"""Everybody who looks, with what of the program's addresses, and the sum of what was looked at."""

import os
import re
from http import HTTPStatus

from django.test import Client

from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.kernel.ids import new_id
from rtopnet.network.models import Account, Notice, Post
from rtopnet.sharing.rules import Role
from tests.leaks.probes import API, METHODS, Leak, Visitor, addresses, found_in, routes

WHOLE = bool(os.environ.get("LEAKS_WHOLE"))
SHARE, SHARES = (int(part) for part in os.environ.get("LEAKS_SHARE", "0/1").split("/"))
SOME = {
    (Role.FOCAL_POINT, "XAF"),
    (Role.CONTRIBUTOR, "XAB"),
    (Role.SECRETARIAT, ""),
    (Role.FOCAL_POINT, "XBA"),
}
ABSENT_ONES = (
    "sign_in_id",
    "delivery",
    "drill",
    "handover",
)
SHOWN = {
    # Lists that show something else when asked to.
    "records_list": ("show=own", "show=shared", "show=known", "before=2999-01-01T00:00:00%2B00:00~{absent}"),
    "list_records": ("size=1", "own=true", "own=false", "marking=AMBER"),
    "network_ledger": ("show=readings", "page=2"),
}
NO_ROUTES = ["/sitemap.xml", "/robots.txt", "/feed/", "/.well-known/security.txt", "/nowhere/", "/records/x/"]
"""What others look for, and errors."""
FAILURES = {HTTPStatus.TOO_MANY_REQUESTS, *range(500, 600)}
"""What shows nothing, whatever there is to show."""
TALLY = {"routes": 0, "viewers": 0, "probes": 0, "leaks": 0}
ABSENT = new_id()


def viewers(leaks):
    """Everybody of interest by name, with the reader as the rule sees it; None is who is not signed in."""
    found = {"nobody": None}
    codes = {state.pk: code for code, state in leaks.world.states.items()}
    bodies = {body.pk: key for key, body in leaks.world.bodies.items()}
    for account, reader in leaks.world.readers.items():
        for seat in reader.seats:
            code = codes.get(seat.state, "")
            if WHOLE or (seat.role, code) in SOME:
                name = f"{seat.role} {code or ''} {bodies.get(seat.institution, '')}"
                found.setdefault(" ".join(name.split()), leaks.world.readers[account])
        if not reader.seats:
            found.setdefault("a former holder", reader)
    return found


def share_of(people):
    """The part of the viewers that this process looks through; others look through the rest."""
    return dict(list(people.items())[SHARE::SHARES])


def visitor(leaks, reader, *, with_token=False):
    """A viewer at a browser, or as a program."""
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
        "task": ["fatalities", "attacks"],
        "notice": notices,
        "book": [states[0], states[1], leaks.world.bodies["secretariat"].pk],
        "account_id": accounts,
        "post": posts,
        **{name: [ABSENT] for name in ABSENT_ONES},
        **{name: ["x"] for name in ("secret", "code", "key", "handle", "uidb36", "provider_id")},
        **leaks.ids,
    }


def addresses_to_visit(leaks):
    """Every route with its addresses, also as it shows something else when asked to; a part of them."""
    values = values_for(leaks)
    found = [(None, NO_ROUTES)]
    for route in routes():
        every = addresses(route, values)
        shown = [f"{every[0]}?{one.format(absent=ABSENT)}" for one in SHOWN.get(route.name, ())]
        found.append((route, [*every, *shown] if WHOLE else [*every[:2], *every[2::5], *shown]))
    TALLY["routes"] = len(found) - 1
    return found


def sweep(leaks, who, reader, visits):
    """Every address by every method, in a browser or, for the API, with a token; the leaks found.

    A method that a route does not know is refused whatever it is asked for, so that once is enough; and
    several routes of the API share an address.
    """
    forbidden = forbidden_to(leaks, reader)
    browser, program = visitor(leaks, reader), visitor(leaks, reader, with_token=True)
    found, visited = [], set()
    for _route, every in visits:
        refused = set()
        for path in [path for path in every if path not in visited]:
            visited.add(path)
            is_call = path.startswith(API)
            for method in [method for method in METHODS[is_call] if method not in refused]:
                answer = (program if is_call else browser).visit(path, method)
                TALLY["probes"] += 1
                refused |= {method} if answer.status == HTTPStatus.METHOD_NOT_ALLOWED else set()
                found += [Leak(what, who, f"{method} {path}") for what in found_in(answer.text, forbidden)]
                if answer.status in FAILURES:
                    found.append(Leak(f"status {answer.status}", who, f"{method} {path}"))
    return found


def every_word(leaks):
    """Every fact, whomever it is for: none may stand where all can look."""
    return {fact.word: fact.what for fact in leaks.facts}


def logged(caplog):
    """All that was logged, with what was raised."""
    return "\n".join(
        f"{record.getMessage()} {record.exc_info or ''} {record.args}" for record in caplog.records
    )


def report(found):
    """What was found, counted, as lines to compare with none."""
    TALLY["leaks"] += len(found)
    return sorted({f"{leak.viewer} finds {leak.fact} at {leak.where}" for leak in found})


PASSING = r"(?m)^(Set-Cookie|Content-Security-Policy|Date|Expires|Content-Length|ETag):.*$"


def plain(answer, word=""):
    """An answer without what differs from one visit to the next: tokens, nonces, times, and ``word``."""
    text = answer.text.replace(word, "…") if word else answer.text
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)
    # By which a report that is sent twice is kept once.
    text = re.sub(r'(name="sent_as" value=")[^"]+', r"\1", text)
    text = re.sub(r"\b\d\d:\d\d(:\d\d)?\b", "a time", text)
    text = re.sub(r"\b\d+ (minute|hour)s?\b", "a while", text)
    # Where the next page begins is enciphered anew each time; its length stays.
    text = re.sub(r'"next": "[^"]+"', lambda mark: f"next {len(mark.group())}", text)
    return answer.status, re.sub(r"nonce-[\w-]+|nonce=\"[^\"]+\"", "", re.sub(PASSING, "", text))
