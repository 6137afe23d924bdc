"""Records over the API, as programs of several states call it."""

import json
import re
from datetime import timedelta

import pytest

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import clock_at, now
from rtopnet.kernel.ids import new_id
from rtopnet.network.models import GivenAnswer, Holding
from rtopnet.network.public import Scope, make_token
from rtopnet.portal.api import api
from rtopnet.sharing.models import Record
from rtopnet.sharing.rules import Role
from tests.sharing.worlds import database_now, make_world, take_seat

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.fixture
def world():
    return make_world()


class Program:
    """Calls the API with a token of its own."""

    def __init__(self, client, account, *scopes):
        self.client = client
        self.secret = make_token(by=account, name="p", scopes=scopes or list(Scope), days=9).secret

    def __call__(self, method, path, body=None, **headers):
        given = {"authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        data = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        return self.client.generic(
            method, f"/api/v1/{path}", data, content_type="application/json", headers=given
        )


@pytest.fixture
def program(client, world):
    def make(code, *scopes):
        return Program(client, world.scribe(code).account, *scopes)

    return make


def draft_of(world, **changes):
    return {
        "kind": "report",
        "marking": "AMBER",
        "title": "Signs along the shore",
        "body": "What was seen.",
        "state": str(world.states["XAA"].pk),
    } | changes


def drafted(owner, world, **changes):
    answer = owner("POST", "records", draft_of(world, **changes))
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def released(owner, world, **changes):
    record = drafted(owner, world, **changes)
    address(owner, record, states=[str(world.states["XAB"].pk)])
    assert owner("POST", f"records/{record}/release").status_code == 204
    return record


def address(owner, record, **audience):
    answer = owner("PUT", f"records/{record}/audience", audience)
    assert answer.status_code == 204, answer.content


def titles(program, query=""):
    return [item["title"] for item in program("GET", f"records{query}").json()["items"]]


def test_a_record_is_drafted_shared_read_and_recalled(world, program):
    owner, reader, third = program("XAA"), program("XAB"), program("XAC")
    record = drafted(owner, world)
    address(owner, record, states=[str(world.states["XAB"].pk)])
    assert reader("GET", f"records/{record}").status_code == 404
    people = owner("GET", f"records/{record}/readership").json()["people"]
    assert {person["account"] for person in people if not person["is_own"]} == {
        str(world.scribe("XAB").account)
    }
    assert owner("POST", f"records/{record}/release").status_code == 204
    read = reader("GET", f"records/{record}").json()
    assert (read["title"], read["body"], read["marking"]) == (
        "Signs along the shore",
        "What was seen.",
        "AMBER",
    )
    assert read["own"] is None
    assert third("GET", f"records/{record}").status_code == 404
    readings = owner("GET", f"records/{record}/release-ledger").json()
    assert [(line["account"], line["what"]) for line in readings] == [
        (str(world.scribe("XAB").account), "opened")
    ]
    assert owner("POST", f"records/{record}/recall").status_code == 204
    assert reader("GET", f"records/{record}").status_code == 404
    assert titles(reader) == []
    (known,) = reader("GET", "known-records").json()["items"]
    assert (known["id"], known["is_recalled"]) == (record, True)
    assert third("GET", "known-records").json()["items"] == []


def test_what_decides_never_leaves(world, program):
    owner = program("XAA")
    record = released(owner, world)
    fields = set(owner("GET", f"records/{record}").json())
    listed = set(owner("GET", "records").json()["items"][0])
    assert not {"readers", "owner", "desk", "open_from", "open_to", "drafted_by", "written_by"} & (
        fields | listed
    )
    assert listed < fields


def test_absent_and_hidden_are_answered_alike(world, program):
    hidden, stranger = drafted(program("XAA"), world), program("XAB")
    answers = set()
    for record in (hidden, new_id()):
        for method, path, body in (
            ("GET", "", None),
            ("GET", "/versions", None),
            ("GET", "/versions/1", None),
            ("GET", "/readership", None),
            ("GET", "/release-ledger", None),
            ("GET", "/receipts", None),
            ("GET", "/concerned", None),
            ("PUT", "/concerned", {"states": []}),
            ("PUT", "/terms", {"kind": "report", "marking": "RED"}),
            ("PUT", "/parts/1/audience", {}),
            ("POST", f"/concerned/{new_id()}/consult", {"words": "w"}),
            ("POST", f"/concerned/{new_id()}/waive", {"because": "b"}),
            ("PUT", "/words", {"title": "t"}),
            ("PUT", "/audience", {}),
            ("POST", "/release", None),
            ("POST", "/recall", None),
            ("POST", "/withdraw", None),
            ("POST", "/requests", {"reason": "r"}),
        ):
            answer = stranger(method, f"records/{record}{path}", body, if_match='"x"')
            answers.add((answer.status_code, answer.content, answer.headers["Content-Type"]))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404


def test_another_state_that_reads_decides_nothing(world, program):
    record, reader = released(program("XAA"), world), program("XAB")
    for method, path in (
        ("GET", "/readership"),
        ("GET", "/release-ledger"),
        ("POST", "/release"),
        ("POST", "/recall"),
        ("POST", "/withdraw"),
    ):
        answer = reader(method, f"records/{record}{path}")
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:rtopnet:problem:owner-decides")
    assert reader("POST", "records", draft_of(world)).status_code == 403


CALLS_OF_SCOPE = {
    Scope.RECORDS_READ: [
        ("GET", "records"),
        ("GET", "records/{id}"),
        ("GET", "records/{id}/versions"),
        ("GET", "records/{id}/versions/1"),
        ("GET", "records/{id}/readership"),
        ("GET", "records/{id}/concerned"),
        ("GET", "known-records"),
        ("GET", "consultations"),
        ("GET", "receipts"),
        ("GET", "requests"),
        ("GET", "requests/{id}"),
    ],
    Scope.RECORDS_WRITE: [
        ("POST", "records"),
        ("PUT", "records/{id}/words"),
        ("POST", "records/{id}/requests"),
    ],
    Scope.RECORDS_RELEASE: [
        ("PUT", "records/{id}/audience"),
        ("PUT", "records/{id}/terms"),
        ("PUT", "records/{id}/parts/1/audience"),
        ("PUT", "records/{id}/concerned"),
        ("POST", "records/{id}/concerned/{id}/consult"),
        ("POST", "records/{id}/concerned/{id}/waive"),
        ("POST", "consultations/{id}/reply"),
        ("POST", "receipts/{id}/sign"),
        ("POST", "records/{id}/release"),
        ("POST", "records/{id}/recall"),
        ("POST", "records/{id}/withdraw"),
        ("POST", "requests/{id}/answer"),
    ],
    Scope.LEDGER_READ: [("GET", "records/{id}/release-ledger"), ("GET", "records/{id}/receipts")],
}


@pytest.mark.parametrize("scope", CALLS_OF_SCOPE)
def test_a_call_without_its_scope_is_refused_before_anything_else(program, scope):
    others = program("XAA", *(set(Scope) - {scope}))
    for method, path in CALLS_OF_SCOPE[scope]:
        answer = others(method, path.format(id=new_id()), {})
        assert answer.status_code == 403, (method, path)
        assert answer.json()["detail"] == f"The token lacks the scope {scope}."


def test_every_call_but_one_demands_a_scope(rf):
    paths = api.get_openapi_schema(path_prefix="/")["paths"]
    without = [
        path
        for path, methods in paths.items()
        for operation in methods.values()
        if "x-required-scope" not in operation
    ]
    assert without == ["/me"]
    names = {"{version}": "1", "{slot}": "1"}
    demanded = {
        (method.upper(), re.sub(r"\{[a-z]+\}", lambda found: names.get(found[0], "{id}"), path))
        for path, methods in paths.items()
        for method, operation in methods.items()
        # Advice has a test of its own.
        if operation.get("x-required-scope", "").startswith(("records", "ledger")) and "/advice" not in path
    }
    assert demanded == {(m, f"/{path}") for calls in CALLS_OF_SCOPE.values() for m, path in calls}


def test_writing_anew_what_is_released_needs_the_scope_to_release(world, program):
    owner, writer = program("XAA"), program("XAA", Scope.RECORDS_READ, Scope.RECORDS_WRITE)
    record = released(owner, world)
    tag = writer("GET", f"records/{record}").headers["ETag"]
    refused = writer("PUT", f"records/{record}/words", {"title": "New"}, if_match=tag)
    assert (refused.status_code, "records:release" in refused.json()["detail"]) == (403, True)
    assert owner("PUT", f"records/{record}/words", {"title": "New"}, if_match=tag).json() == {"version": 2}
    versions = program("XAB")("GET", f"records/{record}/versions").json()
    assert [(version["version"], version["title"]) for version in versions] == [
        (2, "New"),
        (1, "Signs along the shore"),
    ]
    assert program("XAB")("GET", f"records/{record}/versions/1").json()["body"] == "What was seen."
    assert program("XAB")("GET", f"records/{record}/versions/3").status_code == 404


def test_two_writers_do_not_overwrite_each_other(world, program):
    owner = program("XAA")
    record = drafted(owner, world)
    assert owner("PUT", f"records/{record}/words", {"title": "x"}).status_code == 428
    tag = owner("GET", f"records/{record}").headers["ETag"]
    first = owner("PUT", f"records/{record}/words", {"title": "First"}, if_match=tag)
    assert (first.status_code, first.json()) == (200, {"version": 1})
    second = owner("PUT", f"records/{record}/words", {"title": "Second"}, if_match=tag)
    assert (second.status_code, second.json()["type"]) == (412, "urn:rtopnet:problem:record-changed")
    assert titles(owner) == ["First"]
    third = owner("PUT", f"records/{record}/words", {"title": "Third"}, if_match=first.headers["ETag"])
    assert third.status_code == 200


def test_the_same_call_with_the_same_key_is_done_once(world, program):
    owner = program("XAA")
    answers = [owner("POST", "records", draft_of(world), idempotency_key="k-1") for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert [answer.headers.get("Idempotency-Replayed") for answer in answers] == [None, "true", "true"]
    assert titles(owner) == ["Signs along the shore"]
    other = owner("POST", "records", draft_of(world, title="Other"), idempotency_key="k-1")
    assert (other.status_code, other.json()["type"]) == (422, "urn:rtopnet:problem:key-used-otherwise")
    assert owner("POST", "records", draft_of(world), idempotency_key="k 1").status_code == 422
    with clock_at(now() + timedelta(hours=25)):
        assert owner("POST", "records", draft_of(world), idempotency_key="k-1").status_code == 201
    assert len(titles(owner)) == 2


def test_a_failed_call_leaves_its_key_free(world, program):
    owner = program("XAA")
    wrong = draft_of(world, state=str(world.states["XAB"].pk))
    assert owner("POST", "records", wrong, idempotency_key="k").status_code == 403
    with acting_as(world.scribe("XAA").account):
        assert not GivenAnswer.objects.exists()
    assert owner("POST", "records", draft_of(world), idempotency_key="k").status_code == 201


def test_pages_follow_one_another_without_gap_or_total(world, program):
    owner = program("XAA")
    for number in range(5):
        drafted(owner, world, title=f"No {number}")
    seen, mark = [], ""
    while mark is not None:
        page = owner("GET", f"records?size=2{mark and '&after=' + mark}").json()
        assert set(page) == {"items", "next"}
        seen += [item["title"] for item in page["items"]]
        mark = page["next"]
    assert seen == [f"No {number}" for number in (4, 3, 2, 1, 0)]


def test_a_mark_is_its_readers_and_its_lists_own(world, program):
    owner = program("XAA")
    for _ in range(2):
        drafted(owner, world)
    mark = owner("GET", "records?size=1").json()["next"]
    for caller, path in ((program("XAB"), "records"), (owner, "requests")):
        refused = caller("GET", f"{path}?after={mark}")
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:rtopnet:problem:mark-not-ours")
    assert owner("GET", "records?after=%00").status_code == 422


def test_a_list_holds_what_is_wanted(world, program):
    owner, reader = program("XAA"), program("XAB")
    released(owner, world, title="Shared", kind="note")
    drafted(reader, world, title="Own", state=str(world.states["XAB"].pk), marking="GREEN")
    assert titles(reader, "?own=true") == ["Own"]
    assert titles(reader, "?own=false") == ["Shared"]
    assert titles(reader, "?kind=note") == ["Shared"]
    assert titles(reader, "?marking=GREEN") == ["Own"]
    assert titles(reader, f"?owner={world.states['XAA'].pk}") == ["Shared"]
    assert reader("GET", "records?kind=%00").status_code == 422


def test_who_knows_of_a_record_asks_and_is_answered(world, program):
    owner, asker = program("XAA"), program("XAC")
    record = released(owner, world, existence_only=True)
    assert asker("GET", f"records/{record}").status_code == 404
    asked = asker("POST", f"records/{record}/requests", {"reason": "Our shore is next."}, idempotency_key="q")
    request = asked.json()["id"]
    assert [found["id"] for found in owner("GET", "requests").json()["items"]] == [request]
    assert program("XAB")("GET", f"requests/{request}").status_code == 404
    assert owner("GET", f"requests/{request}").json()["is_mine"] is False
    assert asker("GET", f"requests/{request}").json()["granted"] is None
    assert asker("POST", f"requests/{request}/answer", {"granted": True}).status_code == 403
    assert owner("POST", f"requests/{request}/answer", {"granted": True}).status_code == 204
    assert asker("GET", f"records/{record}").status_code == 200
    assert owner("POST", f"requests/{request}/answer", {"granted": True}).status_code == 409


def test_how_things_stand_is_a_conflict(world, program):
    owner = program("XAA")
    record = drafted(owner, world, marking="RED")
    wide = owner("PUT", f"records/{record}/audience", {"network": True})
    assert (wide.status_code, wide.json()["type"]) == (409, "urn:rtopnet:problem:marking-too-narrow")
    assert owner("POST", f"records/{record}/release").json()["type"] == "urn:rtopnet:problem:nobody-addressed"
    assert owner("POST", f"records/{record}/recall").json()["type"] == "urn:rtopnet:problem:record-closed"
    assert owner("POST", f"records/{record}/withdraw").status_code == 204
    gone = owner("GET", f"records/{record}").json()
    assert (gone["title"], gone["body"], gone["own"]["withdrawn_at"] is not None) == (None, None, True)
    assert owner("PUT", f"records/{record}/words", {"title": "x"}, if_match='"x"').status_code == 409


def test_an_addressee_of_nowhere_or_elsewhere_is_refused_alike(world, program):
    owner = program("XAA")
    record = drafted(owner, world)
    answers = [
        owner("PUT", f"records/{record}/audience", {"states": [str(state)]})
        for state in (new_id(), world.states["XBA"].pk)
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "a\0b"},
        {"title": ""},
        {"title": "   "},
        {"title": "line\nline"},
        {"title": "x" * 301},
        {"title": "\ud800"},
        {"body": "\udfff"},
        {"body": "nul \0"},
        {"body": "x" * 1_000_000},
        {"kind": "No Slug"},
        {"kind": "a\n"},
        {"marking": "amber"},
        {"marking": 2},
        {"state": "nowhere"},
        {"chatham_house": "yes"},
        {"embargo_until": "2030-01-01T00:00:00"},
        {"embargo_until": "2030-01-01"},
        {"embargo_until": 1_900_000_000},
        {"embargo_until": "9999-12-31T23:59:59-12:00"},
        {"embargo_until": "0001-01-01T00:00:00+14:00"},
        {"embargo_until": "2030-02-30T00:00:00Z"},
        {"parts": [{"label": "a", "body": "b", "marking": "RED", "slot": 0}]},
        {"parts": [{}] * 51},
        {"readers": [], "unknown": 1},
    ],
)
def test_hostile_fields_are_refused_in_words(world, program, change):
    answer = program("XAA")("POST", "records", draft_of(world, **change))
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, PROBLEM)
    assert answer.json()["errors"]
    assert "x" * 302 not in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("{", 400),
        ("null", 422),
        ("[]", 422),
        ("[" * 100_000, 400),
        ('{"kind": ' + "9" * 5000 + "}", 400),
        ("x" * 3_000_000, 413),
        ("\x00", 400),
    ],
)
def test_hostile_bodies_are_refused_in_words(program, body, status):
    answer = program("XAA")("POST", "records", body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM)


def test_a_handed_over_post_takes_its_reach_along(world, program):
    owner, reader = program("XAA"), program("XAB")
    record = released(owner, world)
    assert reader("GET", f"records/{record}").status_code == 200
    holder = world.scribe("XAB").account
    with acting_for(Capacity.INSTALLATION):
        Holding.objects.filter(account=holder).update(ends_at=database_now())
        record_deed(verb="handed_over", kind="network.post", subject=holder)
    assert reader("GET", f"records/{record}").status_code == 404
    assert titles(reader) == []


def test_a_contributors_token_drafts_and_releases_nothing(world, client):
    contributor = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    writer = Program(client, contributor)
    record = drafted(writer, world, open_to_contributors=True)
    assert writer("GET", f"records/{record}").json()["own"]["may_decide"] is False
    for method, path in (("POST", "release"), ("GET", "readership"), ("PUT", "audience")):
        assert writer(method, f"records/{record}/{path}", {}).status_code == 403


def test_a_part_is_read_by_those_named_for_it_and_its_place_tells_nothing(world, program):
    owner, reader, third = program("XAA"), program("XAB"), program("XAC")
    parts = [
        {"label": label, "body": "secret", "marking": "AMBER", "audience": {"states": [str(state.pk)]}}
        for label, state in (("Source", world.states["XAC"]), ("Place", world.states["XAB"]))
    ]
    record = drafted(owner, world, parts=parts)
    address(owner, record, states=[str(world.states[code].pk) for code in ("XAB", "XAC")])
    owner("POST", f"records/{record}/release")
    told = reader("GET", f"records/{record}").json()["parts"]
    assert [(part["label"], part["slot"], part["audience"]) for part in told] == [("Place", None, None)]
    owns = owner("GET", f"records/{record}").json()["parts"]
    assert [(part["label"], part["slot"]) for part in owns] == [("Source", 1), ("Place", 2)]
    assert owns[0]["audience"]["states"] == [str(world.states["XAC"].pk)]
    both = {"states": [str(world.states[code].pk) for code in ("XAB", "XAC")]}
    assert owner("PUT", f"records/{record}/parts/1/audience", both).status_code == 204
    assert len(reader("GET", f"records/{record}").json()["parts"]) == 2
    assert third("PUT", f"records/{record}/parts/1/audience", {}).status_code == 403


def test_a_contributor_names_nobody_for_a_part(world, client):
    writer = Program(client, take_seat(world, Role.CONTRIBUTOR, "XAA").account)
    part = {"label": "Source", "body": "b", "marking": "AMBER", "audience": {"persons": []}}
    named = part | {"audience": {"states": [str(world.states["XAB"].pk)]}}
    assert writer(
        "POST", "records", draft_of(world, open_to_contributors=True, parts=[named])
    ).status_code in {403, 409}
    drafted(writer, world, open_to_contributors=True, parts=[part])


def test_a_state_concerned_is_told_and_replies(world, program):
    owner, concerned, third = program("XAA"), program("XAB"), program("XAC")
    record, state = drafted(owner, world, marking="GREEN"), str(world.states["XAB"].pk)
    address(owner, record, network=True)
    assert owner("PUT", f"records/{record}/concerned", {"states": [state]}).status_code == 204
    assert owner("POST", f"records/{record}/release").json()["type"].endswith("consultation-open")
    assert concerned("GET", "consultations").json() == []
    told = owner("POST", f"records/{record}/concerned/{state}/consult", {"words": "About your shore."})
    assert told.status_code == 204
    (asked,) = concerned("GET", "consultations").json()
    assert (asked["words"], asked["is_heard"]) == ("About your shore.", False)
    assert third("GET", "consultations").json() == []
    body = {"body": "It was a drill."}
    assert third("POST", f"consultations/{asked['id']}/reply", body).status_code == 404
    replies = [
        concerned("POST", f"consultations/{asked['id']}/reply", body, idempotency_key="r") for _ in range(2)
    ]
    assert [reply.status_code for reply in replies] == [201, 201]
    assert owner("POST", f"records/{record}/release").status_code == 204
    assert [reply["body"] for reply in third("GET", f"records/{record}").json()["replies"]] == [
        "It was a drill."
    ]
    elsewhere = {"states": [str(world.states["XBA"].pk)]}
    assert owner("PUT", f"records/{record}/concerned", elsewhere).status_code == 422


def test_a_recall_asks_for_receipts_and_they_are_signed(world, program):
    owner, reader = program("XAA"), program("XAB")
    record = released(owner, world)
    owner("POST", f"records/{record}/recall")
    (receipt,) = reader("GET", "receipts").json()
    assert [found["signed_at"] for found in owner("GET", f"records/{record}/receipts").json()] == [None]
    path = f"receipts/{receipt['id']}/sign"
    assert reader("POST", path, {"became": "kept"}).json()["type"].endswith("terms-refused")
    assert reader("POST", path, {"became": "burnt"}).status_code == 422
    assert program("XAC")("POST", path, {"became": "destroyed"}).status_code == 404
    assert reader("POST", path, {"became": "destroyed"}).status_code == 204
    assert reader("POST", path, {"became": "destroyed"}).status_code == 409
    assert [found["became"] for found in owner("GET", f"records/{record}/receipts").json()] == ["destroyed"]


def test_terms_are_set_anew_and_must_be_sound(world, program):
    owner = program("XAA")
    record = drafted(owner, world)
    terms = {"kind": "note", "marking": "GREEN", "expires_at": "2100-01-01T00:00:00+07:00"}
    assert owner("PUT", f"records/{record}/terms", terms).status_code == 204
    found = owner("GET", f"records/{record}").json()
    assert (found["kind"], found["marking"], found["expires_at"]) == ("note", "GREEN", "2099-12-31T17:00:00Z")
    unsound = terms | {"embargo_until": "2100-01-01T00:00:00+07:00"}
    answer = owner("PUT", f"records/{record}/terms", unsound)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:rtopnet:problem:terms-refused")


def test_earlier_versions_are_taken_back(world, program):
    owner, reader = program("XAA"), program("XAB")
    record = released(owner, world)
    tag = owner("GET", f"records/{record}").headers["ETag"]
    words = {"title": "Corrected", "take_back_earlier": True}
    assert owner("PUT", f"records/{record}/words", words, if_match=tag).status_code == 200
    assert [found["version"] for found in reader("GET", f"records/{record}/versions").json()] == [2]
    assert reader("GET", f"records/{record}/versions/1").status_code == 404


def test_an_addressee_learns_no_hour_before_it_could_read(world, program):
    owner, reader = program("XAA"), program("XAB")
    embargo = database_now() - timedelta(minutes=1)
    record = drafted(owner, world)
    address(owner, record, states=[str(world.states["XAB"].pk)])
    opened = database_now() - timedelta(minutes=2)
    with acting_as(world.scribe("XAA").account):
        Record.objects.filter(pk=record).update(released_at=opened, embargo_until=embargo)
        record_deed(verb="released", kind="sharing.record", subject=record)
    told = reader("GET", f"records/{record}").json()
    assert told["opened_at"][:19] == embargo.isoformat()[:19]
    assert min(told["written_at"], told["opened_at"]) == told["opened_at"]


def test_the_description_is_public_and_names_every_problem(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    described = answer.json()
    for methods in described["paths"].values():
        for operation in methods.values():
            assert {"401", "403", "404", "422", "429"} <= set(operation["responses"])
    assert "Problem" in described["components"]["schemas"]


def test_the_list_costs_as_many_questions_whatever_its_length(world, program, django_assert_max_num_queries):
    owner = program("XAA")
    for _ in range(12):
        drafted(owner, world)
    with django_assert_max_num_queries(25):
        titles(owner)
