"""Every call of the description, with data as it says and as it forbids, by everybody it may be made by."""

from uuid import UUID
from zlib import crc32

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.contract.worlds import make_scene

pytestmark = pytest.mark.contract

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]

site = get_wsgi_application()


def from_this_machine(environ, start_response):
    return site(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)


def description(*modes, limits):
    found = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", from_this_machine)
    found.config.generation.update(modes=list(modes), deterministic=True, with_security_parameters=False)
    found.config.phases.coverage.enabled = limits
    return found


DONE = range(200, 300)
everything = description(GenerationMode.POSITIVE, GenerationMode.NEGATIVE, limits=True)
as_it_says = description(GenerationMode.POSITIVE, limits=False)
bounded = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """One world for all calls, never committed."""
    # As Django's own test client does: a call that ends must not take the world's transaction along.
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _without_limit(settings):
    settings.API_CALLS_A_MINUTE = 1_000_000


@everything.parametrize()
@bounded
def test_the_owner_is_answered_as_described_whatever_is_sent(case, scene):
    call(case, scene, "owner")


@pytest.mark.parametrize("role", ["addressee", "stranger", "secretariat"])
@as_it_says.parametrize()
@bounded
def test_others_are_answered_as_described(case, scene, role):
    call(case, scene, role)


def call(case, scene, role):
    name_what_there_is(case, scene)
    headers = {"Authorization": f"Bearer {scene.secrets[role]}"}
    with transaction.atomic():
        answer = case.call_and_validate(headers=headers, checks=CHECKS)
        with connection.cursor() as cursor:  # what a commit would have asked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    if answer.status_code in DONE:
        scene.done.add(case.operation.label)


def test_every_call_was_let_through_to_somebody(scene):
    told = {found.ok().label for found in everything.get_all_operations()}
    assert told - scene.done == set()


def name_what_there_is(case, scene):
    """Put ids of the world in the place of most ids out of nowhere, and a tag that fits into some headers."""
    if case.path_parameters:
        name_in_path(case, scene)
    if isinstance(case.body, dict | list):
        case.body = renamed(case.body, scene)
    if isinstance(case.body, dict) and is_id(case.body.get("state")):
        case.body |= {"state": str(scene.own), "institution": None}
    if case.headers and len(case.headers.get("If-Match", "")) % 3:
        case.headers["If-Match"] = scene.tag


def name_in_path(case, scene):
    given = case.path_parameters
    if crc32(str(given).encode()) % 4 and all(isinstance(it, int) or is_id(it) for it in given.values()):
        for path, fitting in scene.fitting.items():
            if case.operation.path.endswith(path):
                given |= {name: str(found) for name, found in fitting.items()}
                return
    for name, value in given.items():
        if name in ("version", "slot") and isinstance(value, int) and value > 0:
            given[name] = 1 + value % 3
        elif name in scene.ids:
            given[name] = known(value, scene.ids[name])


def renamed(value, scene):
    if isinstance(value, dict):
        return {name: renamed(inner, scene) for name, inner in value.items()}
    if isinstance(value, list):
        return [renamed(inner, scene) for inner in value]
    return known(value, scene.ids["body"])


def known(value, ids):
    """One of the ids, or now and then the value itself; what is no id stays what it is."""
    if not is_id(value):
        return value
    place = crc32(value.encode()) % (len(ids) + 1)
    return str(ids[place]) if place < len(ids) else value


def is_id(value):
    if not isinstance(value, str):
        return False
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False
