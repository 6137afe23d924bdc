"""Pages of records, as their readers come by them."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from rtopnet.config.verify import verify
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account
from rtopnet.sharing.public import (
    Audience,
    Marking,
    PartWords,
    Terms,
    Words,
    address_record,
    consult_state,
    draft_record,
    name_concerned,
    note_reading,
    receipts_asked_of,
    record_sheet,
    release_record,
)
from rtopnet.sharing.rules import Role
from tests.sharing.worlds import make_world, take_seat

pytestmark = pytest.mark.django_db
PARTS = (PartWords("Source", "the harbour master", Marking.RED),)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def enter(world):
    """A browser signed in as the desk of a state, or as an account."""
    from django.test import Client

    def signed_in(code="XAA", account=None):
        with acting_for(Capacity.SIGN_IN):
            found = Account.objects.get(pk=account or world.scribe(code).account)
        client = Client()
        client.force_login(found, backend="rtopnet.network.authentication.AccountBackend")
        return client

    return signed_in


def desk(world, code="XAA"):
    return world.scribe(code).account


def draft(world, *, marking=Marking.AMBER, title="Signs along the shore", parts=PARTS, **terms):
    return draft_record(
        by=desk(world),
        terms=Terms("situation_report", marking, **terms),
        words=Words(title, "What was seen.\n\nAnd more.", parts),
        state=world.states["XAA"].pk,
    )


def shared(world, code="XAB", **more):
    record = draft(world, **more)
    address_record(
        by=desk(world), record=record, audience=Audience(states=frozenset({world.states[code].pk}))
    )
    release_record(by=desk(world), record=record)
    return record


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def typed(**more):
    return {
        "kind": "situation_report",
        "title": "Signs",
        "body": "Seen.",
        "marking": "2",
        "parts-TOTAL_FORMS": "0",
        "parts-INITIAL_FORMS": "0",
    } | more


def test_the_list_shows_own_and_shared_apart(world, enter):
    record = shared(world)
    assert str(record) in page(enter(), "/records/?show=own")
    assert str(record) not in page(enter(), "/records/")
    assert "Signs along the shore" in page(enter("XAB"), "/records/")
    assert "Nothing has been shared with you yet" in page(enter("XAC"), "/records/")


def test_pages_of_the_list_go_on_where_the_last_ended(world, enter):
    for number in range(30):
        draft(world, title=f"Number {number}", parts=())
    first = page(enter(), "/records/?show=own")
    assert first.count("Number ") == 25
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert page(enter(), f"/records/{following}").count("Number ") == 5
    assert page(enter(), "/records/?show=own&before=nonsense").count("Number ") == 25
    assert enter().get("/records/?show=all").status_code == 404


def test_the_list_asks_few_questions(world, enter, django_assert_max_num_queries):
    for number in range(10):
        draft(world, title=f"Number {number}", parts=())
    client = enter()
    client.get("/records/?show=own")
    with django_assert_max_num_queries(60):
        client.get("/records/?show=own")


def test_a_record_is_written_with_a_part_and_edited(world, enter):
    client = enter()
    owner = str(world.states["XAA"].pk)
    form = page(client, "/records/new/")
    assert "Write a record" in form
    another = client.post("/records/new/", typed(owner=owner, add_part="1")).content.decode()
    assert "Delete this part" in another
    assert 'name="parts-0-label"' in another
    assert "There is a problem" not in another
    part = {
        "parts-TOTAL_FORMS": "1",
        "parts-0-label": "Source",
        "parts-0-body": "A fisher",
        "parts-0-marking": "0",
    }
    saved = client.post("/records/new/", typed(owner=owner, **part))
    assert saved.status_code == 302, saved.content.decode()
    shown = page(client, saved.headers["Location"])
    assert "A fisher" in shown
    edit = page(client, f"{saved.headers['Location']}edit/")
    seen = re.search(r'name="seen" value="([^"]+)"', edit)[1]
    kept = {**part, "parts-INITIAL_FORMS": "1", "parts-0-slot": "1", "parts-0-body": "Two fishers"}
    changed = client.post(
        f"{saved.headers['Location']}edit/", typed(owner=owner, seen=seen, body="Anew", **kept)
    )
    assert changed.status_code == 302
    shown = page(client, saved.headers["Location"])
    assert "Anew" in shown
    assert "Two fishers" in shown


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(world, enter):
    record = draft(world, parts=())
    owner = str(world.states["XAA"].pk)
    path = f"/records/{record}/edit/"
    seen = re.search(r'name="seen" value="([^"]+)"', page(enter(), path))[1]
    assert enter().post(path, typed(owner=owner, seen=seen, body="First")).status_code == 302
    late = enter().post(path, typed(owner=owner, seen=seen, body="Second")).content.decode()
    assert "Somebody else changed the record" in late
    assert "Second" in late, "what was typed is kept"
    as_typed = enter().post(path, typed(owner=owner, seen=seen, body="Third", autosave="1"))
    assert (as_typed.status_code, as_typed.json()["saved"]) == (409, False)


def test_a_draft_is_saved_as_one_types(world, enter):
    record = draft(world, parts=())
    owner = str(world.states["XAA"].pk)
    path = f"/records/{record}/edit/"
    seen = re.search(r'name="seen" value="([^"]+)"', page(enter(), path))[1]
    said = enter().post(path, typed(owner=owner, seen=seen, body="Typed", autosave="1")).json()
    assert said["saved"] is True
    again = typed(owner=owner, seen=said["seen"], body="Typed on", autosave="1")
    assert enter().post(path, again).json()["saved"] is True
    assert enter().post(path, typed(owner=owner, title="", autosave="1")).status_code == 422


def test_a_contributor_writes_and_does_not_share(world, enter):
    contributor = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    client = enter(account=contributor)
    owner = str(world.states["XAA"].pk)
    saved = client.post("/records/new/", typed(owner=owner))
    assert saved.status_code == 302, saved.content.decode()
    shown = page(client, saved.headers["Location"])
    assert "focal point decides who reads it" in shown
    for tail in ("share/", "ledger/", "recall/", "withdraw/"):
        assert client.get(saved.headers["Location"] + tail).status_code == 403
    assert "Signs" in page(enter(), saved.headers["Location"])


def sharing_form(world, **more):
    return {"marking": "2", "states": [str(world.states["XAB"].pk)]} | more


def test_the_share_page_shows_in_names_who_would_read_it_and_then_shares(world, enter):
    record, client = draft(world), enter()
    part = {"part-1-persons": [str(desk(world, "XAB"))]}
    chosen = client.post(f"/records/{record}/share/", sharing_form(world, **part))
    assert chosen.headers["Location"] == f"/records/{record}/share/check/", chosen.content.decode()
    checked = page(client, f"/records/{record}/share/check/")
    assert "State XAB" in checked
    assert "until you recall it" in checked
    assert "State XAC" not in checked
    assert client.post(f"/records/{record}/share/check/").status_code == 302
    read = page(enter("XAB"), f"/records/{record}/")
    assert "the harbour master" in read
    assert enter("XAC").get(f"/records/{record}/").status_code == 404


def test_a_choice_wider_than_the_marking_is_refused_and_kept(world, enter):
    record = draft(world)
    answer = enter().post(f"/records/{record}/share/", sharing_form(world, network="on"))
    assert (
        "TLP:AMBER goes no further than groups, and you chose the whole network." in answer.content.decode()
    )
    assert 'name="network" checked' in answer.content.decode()
    with acting_as(desk(world)):
        assert record_sheet(record).audience == Audience(), "nothing of it was done"


def test_a_narrower_marking_is_set_with_its_audience_and_a_wider_one_too(world, enter):
    record, client = draft(world, marking=Marking.GREEN), enter()
    for marking, more in (("3", {"network": "on"}), ("1", {}), ("3", {"network": "on"})):
        answer = client.post(f"/records/{record}/share/", sharing_form(world, marking=marking, **more))
        assert answer.status_code == 302, answer.content.decode()


def test_times_are_in_the_readers_zone_and_must_make_sense(world, enter):
    record, client = draft(world), enter()
    late = {"embargo_until": "2099-01-02T10:00", "expires_at": "2099-01-01T10:00"}
    refused = client.post(f"/records/{record}/share/", sharing_form(world, **late)).content.decode()
    assert "must be later than the beginning" in refused
    assert "2099-01-02T10:00" in refused
    ok = {"embargo_until": "2099-01-02T10:00", "expires_at": "2099-01-03T10:00"}
    assert client.post(f"/records/{record}/share/", sharing_form(world, **ok)).status_code == 302
    assert "From 2 January 2099, 10:00 UTC" in page(client, f"/records/{record}/share/check/")


def test_states_concerned_are_heard_before_the_network_reads_it(world, enter):
    record, client = draft(world, marking=Marking.GREEN), enter()
    concerned = world.states["XAC"].pk
    form = {"marking": "3", "network": "on", "concerned": [str(concerned)]}
    assert client.post(f"/records/{record}/share/", form).status_code == 302
    assert "has not been told yet" in page(client, f"/records/{record}/share/check/")
    refused = client.post(f"/records/{record}/share/check/").content.decode()
    assert "have not been heard" in refused
    client.post(f"/records/{record}/consult/{concerned}/", {"words": "A report on the coast goes out."})
    waiting = page(enter("XAC"), "/records/")
    path = re.search(r"/records/consultations/[^/]+/", waiting)[0]
    assert "Signs along the shore" not in waiting
    asked = page(enter("XAC"), path)
    assert "A report on the coast goes out." in asked
    assert enter("XAC").post(path, {"words": "We see it otherwise."}).status_code == 302
    assert enter("XAB").get(path).status_code == 404
    assert client.post(f"/records/{record}/share/check/").status_code == 302
    assert "We see it otherwise." in page(enter("XAB"), f"/records/{record}/")


def test_waiting_is_waived_with_a_reason(world, enter):
    record, client = draft(world, marking=Marking.GREEN), enter()
    concerned = world.states["XAC"].pk
    name_concerned(by=desk(world), record=record, states=frozenset({concerned}))
    consult_state(by=desk(world), record=record, state=concerned, words="w")
    address_record(by=desk(world), record=record, audience=Audience(network=True))
    path = f"/records/{record}/consult/{concerned}/"
    assert "Why not wait for State XAC?" in page(client, path)
    assert client.post(path, {"words": "People hide there."}).status_code == 302
    assert client.post(f"/records/{record}/share/check/").status_code == 302


def test_a_recall_takes_two_clicks_and_says_what_it_does_not_reach(world, enter):
    record, client = shared(world), enter()
    page(enter("XAB"), f"/records/{record}/")
    assert f"/records/{record}/recall/" in page(client, f"/records/{record}/")
    said = page(client, f"/records/{record}/recall/")
    assert "What these people have read" in said
    assert client.post(f"/records/{record}/recall/").status_code == 302
    gone = page(enter("XAB"), f"/records/{record}/")
    assert "Recalled by its owner" in gone
    assert "Signs along the shore" not in gone
    assert "What was seen" not in gone
    assert "Not signed yet" in page(client, f"/records/{record}/ledger/")
    with acting_as(desk(world, "XAB")):
        receipt = receipts_asked_of(frozenset({world.states["XAB"].pk}))[0].id
    path = f"/records/receipts/{receipt}/"
    kept = enter("XAB").post(path, {"became": "kept", "note": ""}).content.decode()
    assert "say where copies are kept" in kept
    assert enter("XAB").post(path, {"became": "destroyed", "note": ""}).status_code == 302
    assert enter("XAC").get(path).status_code == 404
    assert "all copies were destroyed" in page(client, f"/records/{record}/ledger/")


def test_whoever_knows_of_a_record_asks_and_is_answered(world, enter):
    record = draft(world, existence_only=True)
    release_record(by=desk(world), record=record)
    assert "You may know that this record exists" in page(enter("XAB"), f"/records/{record}/")
    assert str(record) in page(enter("XAB"), "/records/?show=known")
    asked = enter("XAB").post(f"/records/{record}/ask/", {"words": "It bears on our coast."})
    path = asked.headers["Location"]
    assert "due" in page(enter("XAB"), path)
    assert enter("XAC").get(path).status_code == 404
    assert "It bears on our coast." in page(enter(), path)
    assert "asks to read" in page(enter(), "/records/")
    assert enter().post(path, {"words": "Gladly.", "grant": "1"}).status_code == 302
    assert "Signs along the shore" in page(enter("XAB"), f"/records/{record}/")


def test_a_new_version_shows_what_changed(world, enter):
    record, client = shared(world), enter()
    seen = re.search(r'name="seen" value="([^"]+)"', page(client, f"/records/{record}/edit/"))[1]
    parts = {
        "parts-TOTAL_FORMS": "1",
        "parts-INITIAL_FORMS": "1",
        "parts-0-slot": "1",
        "parts-0-label": "Source",
        "parts-0-body": "the harbour master",
        "parts-0-marking": "0",
    }
    form = typed(owner=str(world.states["XAA"].pk), seen=seen, body="What was heard.", **parts)
    assert client.post(f"/records/{record}/edit/", form).status_code == 302
    changed = page(enter("XAB"), f"/records/{record}/versions/2/")
    assert '<ins class="came">heard</ins>' in changed
    assert "the harbour master" not in changed


def test_a_version_taken_back_is_gone_for_readers(world, enter):
    record, client = shared(world, parts=()), enter()
    seen = re.search(r'name="seen" value="([^"]+)"', page(client, f"/records/{record}/edit/"))[1]
    form = typed(owner=str(world.states["XAA"].pk), seen=seen, body="Other.", take_back_earlier="on")
    assert client.post(f"/records/{record}/edit/", form).status_code == 302
    assert enter("XAB").get(f"/records/{record}/versions/1/").status_code == 404
    assert "What was seen" not in page(enter("XAB"), f"/records/{record}/versions/2/")
    assert "taken back" in page(client, f"/records/{record}/")


def test_withdrawing_deletes_and_leaves_a_word(world, enter):
    record, client = shared(world), enter()
    assert client.post(f"/records/{record}/withdraw/").status_code == 302
    assert "Withdrawn by its owner" in page(enter("XAB"), f"/records/{record}/")


def test_groups_are_kept_and_addressed(world, enter):
    client = enter()
    state = str(world.states["XAC"].pk)
    assert client.post("/records/groups/", {"name": "Coast", "states": [state]}).status_code == 302
    listed = page(client, "/records/groups/")
    group = re.search(r"/records/groups/([0-9a-f-]{36})/", listed)[1]
    assert enter("XAB").get(f"/records/groups/{group}/").status_code == 404
    record = draft(world)
    form = {"marking": "2", "groups": [group]}
    assert client.post(f"/records/{record}/share/", form).status_code == 302
    assert "State XAC" in page(client, f"/records/{record}/share/check/")
    client.post(f"/records/groups/{group}/", {"name": "Coast", "states": []})
    assert "Nobody outside" in page(client, f"/records/{record}/share/check/")


def test_a_copy_carries_its_reader_and_a_signature_and_is_noted(world, enter, tmp_path):
    record = shared(world)
    answer = enter("XAB").get(f"/records/{record}/export/")
    with ZipFile(BytesIO(answer.content)) as zipped:
        pdf, signature = sorted(zipped.namelist())
        zipped.extractall(tmp_path)
    assert verify([str(tmp_path / pdf), str(tmp_path / signature)]) == 0
    (tmp_path / pdf).write_bytes((tmp_path / pdf).read_bytes() + b"x")
    assert verify([str(tmp_path / pdf), str(tmp_path / signature)]) != 0
    assert "took a copy" in page(enter(), f"/records/{record}/ledger/")
    assert enter("XAC").get(f"/records/{record}/export/").status_code == 404


def test_a_long_ledger_shows_its_newest_lines_and_the_rest_on_request(world, enter, monkeypatch):
    monkeypatch.setattr("rtopnet.sharing.views.releasing.LINES_SHOWN", 2)
    record = shared(world)
    for _ in range(4):
        note_reading(by=desk(world, "XAB"), record=record)
    client, address = enter(), f"/records/{record}/ledger/"
    short, whole = page(client, address), page(client, f"{address}?all=yes")
    assert "older lines" in short
    assert "older lines" not in whole
    assert short.count('class="govuk-table__row"') == whole.count('class="govuk-table__row"') - 2
