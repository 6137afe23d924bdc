"""Advice over the API, as the office's own program takes it."""

import json
from base64 import b64decode
from hashlib import sha256

import pytest

from rtopnet.kernel.ids import new_id
from rtopnet.network.public import Scope, make_token
from tests.advice.papers import OFFICE, desk, transmitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(client, world):
    """Calls as the desk of a state or institution."""

    def make(code, *scopes):
        by = desk(world, code)
        secret = make_token(by=by, name="p", scopes=scopes or list(Scope), days=9).secret

        def call(method, path, body=None):
            data = "" if body is None else json.dumps(body)
            headers = {"authorization": f"Bearer {secret}"}
            return client.generic(
                method, f"/api/v1/{path}", data, content_type="application/json", headers=headers
            )

        return call

    return make


def test_an_office_lists_takes_acknowledges_and_answers(world, program):
    _paper, sent = transmitted(world)
    call = program(OFFICE)
    (listed,) = call("GET", "advice").json()["items"]
    assert (listed["id"], listed["stage"]) == (str(sent), "transmitted")
    found = call("GET", f"advice/{sent}").json()
    assert "Boats cross by night." in found["body"]
    assert found["marking"] == "TLP:GREEN"
    files = call("GET", f"advice/{sent}/files").json()
    assert len(files) == 6
    for file in files:
        assert sha256(b64decode(file["content"])).hexdigest() == file["sha256"]
    assert call("POST", f"advice/{sent}/answers", {"words": "Early."}).status_code == 409
    assert call("POST", f"advice/{sent}/acknowledgement", {}).status_code == 204
    assert call("POST", f"advice/{sent}/acknowledgement", {}).status_code == 409
    assert call("POST", f"advice/{sent}/answers", {"words": " "}).status_code == 422
    assert call("POST", f"advice/{sent}/answers", {"words": "We come."}).status_code == 204
    assert program("XAC")("GET", f"advice/{sent}").json()["steps"][1]["words"] == "We come."


def test_the_list_goes_on_page_by_page(world, program):
    sent = [str(transmitted(world, title=f"Paper {number}")[1]) for number in range(3)]
    call, found, mark = program(OFFICE), [], ""
    while mark is not None:
        page = call("GET", f"advice?size=1{f'&after={mark}' if mark else ''}").json()
        found += [line["id"] for line in page["items"]]
        mark = page["next"]
    assert found == sent[::-1]


def test_hidden_and_absent_are_answered_alike(world, program):
    _paper, sent = transmitted(world, "XAA", "XAB")
    call = program("XAC")
    assert call("GET", "advice").json() == {"items": [], "next": None}
    for method, tail in (("GET", ""), ("GET", "/files"), ("POST", "/acknowledgement")):
        hidden, absent = (call(method, f"advice/{one}{tail}", {}) for one in (sent, new_id()))
        assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
        assert hidden.status_code == 404


def test_scopes_bound_a_token(world, program):
    _paper, sent = transmitted(world)
    call = program(OFFICE, Scope.RECORDS_READ)
    assert call("GET", f"advice/{sent}").status_code == 200
    assert call("POST", f"advice/{sent}/acknowledgement", {}).status_code == 403
    assert program("XAB")("POST", f"advice/{sent}/acknowledgement", {}).status_code == 403
