"""What one may not know of is answered as what never was: by the same words, questions and times."""

import random
from itertools import pairwise
from statistics import median
from time import perf_counter_ns

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.ids import new_id
from rtopnet.sharing.models import Record
from tests.leaks.probes import API, addresses, routes
from tests.leaks.visits import ABSENT, TALLY, plain, values_for, visitor

pytestmark = pytest.mark.django_db
OF_RECORDS = [route for route in routes() if "record" in route.asks]
HIDDEN_FROM = "XAF"
ROUNDS, TIMES = 10, 3


@pytest.fixture
def stranger(leaks):
    """Who may not know of the record: at a browser, and as a program."""
    reader = leaks.world.scribe(HIDDEN_FROM)
    return visitor(leaks, reader), visitor(leaks, reader, with_token=True)


@pytest.fixture
def values(leaks):
    return {name: found[:1] for name, found in values_for(leaks).items()}


def path_of(values, route, record):
    return addresses(route, values | {"record": [record]})[0]


def by(stranger, path):
    browser, program = stranger
    return program if path.startswith(API) else browser


def test_hidden_and_absent_records_are_answered_alike_by_the_same_questions(leaks, stranger, values):
    record = leaks.fates["for states, strictly"]
    for route in OF_RECORDS:
        hidden, absent = path_of(values, route, record), path_of(values, route, ABSENT)
        one = by(stranger, hidden)
        for method in ("GET", "POST"):
            one.visit(absent, method)
            (shown, asked), (nothing, asked_of_nothing) = (
                counted(one, path, method) for path in (hidden, absent)
            )
            TALLY["probes"] += 2
            assert shown.status >= 400
            assert plain(shown, str(record)) == plain(nothing, str(ABSENT)), (route.pattern, method)
            assert asked == asked_of_nothing, (route.pattern, method)


def counted(one, path, method):
    with CaptureQueriesContext(connection) as queries:
        answer = one.visit(path, method)
    return answer, len(queries)


@pytest.mark.slow
def test_hidden_and_absent_records_are_not_told_apart_by_the_time_it_takes(leaks, stranger, values, settings):
    """A clear difference would have to stand out, each time, from what two absent records differ by."""
    settings.SECONDS_TO_SAY_ABSENT = 0.05
    record = leaks.fates["for states, strictly"]
    told = [
        route.pattern
        for route in OF_RECORDS
        if all(differs(values, stranger, route, record) for _ in range(TIMES))
    ]
    assert told == []


def differs(values, stranger, route, record, rounds=ROUNDS):
    paths = [path_of(values, route, one) for one in (record, new_id(), new_id())]
    return is_told_apart(*taken(by(stranger, paths[0]), paths, rounds))


def taken(one, paths, rounds):
    """Nanoseconds that each path took, round by round in an order drawn anew each time."""
    found = [[] for _ in paths]
    draw = random.Random(1)  # noqa: S311 -- an order, no secret
    for path in paths:
        one.visit(path)
    for _ in range(rounds):
        for number in draw.sample(range(len(paths)), len(paths)):
            begun = perf_counter_ns()
            one.visit(paths[number])
            found[number].append(perf_counter_ns() - begun)
            TALLY["probes"] += 1
    return found


def is_told_apart(hidden, absent, other):
    """Whether ``hidden`` differs from what is absent by more than this does, and than chance explains."""
    noise = abs(median(absent) - median(other))
    both = absent + other
    difference = abs(median(hidden) - median(both))
    return difference > 3 * noise and chance_of(hidden, both, difference) < 1 / 1000


def chance_of(first, second, difference, draws=2000):
    """How often parts of the same sizes, drawn at random, differ as much in their medians."""
    draw, every = random.Random(2), first + second  # noqa: S311
    as_far = 0
    for _ in range(draws):
        draw.shuffle(every)
        as_far += abs(median(every[: len(first)]) - median(every[len(first) :])) >= difference
    return (as_far + 1) / (draws + 1)


def test_a_difference_in_time_is_caught():
    draw = random.Random(3)  # noqa: S311
    absent, other, same = ([draw.gauss(100, 10) for _ in range(ROUNDS)] for _ in range(3))
    later = [time + 30 for time in same]
    assert not is_told_apart(same, absent, other)
    assert is_told_apart(later, absent, other)


def test_ids_tell_no_order(leaks):
    """Neither within a state nor across states does an id tell when its record was drafted."""
    drafted = []
    for code in ("XAA", "XAD", "XBA"):
        with acting_as(leaks.desk(code)):
            drafted += Record.objects.values_list("drafted_at", "pk")
    ids = [pk for _at, pk in sorted(set(drafted))]
    assert all(one.version == 4 for one in ids)
    assert len(ids) > 15
    # In a random order one run in millions is as long.
    assert longest_run(ids) < 10
    assert longest_run([-one.int for one in ids]) < 10


def longest_run(values):
    longest = run = 1
    for before, after in pairwise(values):
        run = run + 1 if after > before else 1
        longest = max(longest, run)
    return longest


def test_no_row_that_shows_its_id_is_counted():
    """Sharing and the rooms above it give random ids alone; a number in a row tells of those before it."""
    from django.apps import apps

    rooms = ("advice", "alerts", "assessments", "assistance", "evidence", "meetings", "sharing")
    counted_rows = [
        model.__name__
        for room in rooms
        for model in apps.get_app_config(room).get_models()
        if model._meta.pk.get_internal_type() not in {"UUIDField", "OneToOneField"}
    ]
    assert counted_rows == []
