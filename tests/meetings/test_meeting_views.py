"""Pages of meetings, as their readers come by them."""

import re

import pytest

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.ids import new_id
from rtopnet.meetings.public import agenda_of, delegations_to, keep_series, meetings_to_come
from rtopnet.sharing.rules import Role
from tests.meetings.gatherings import body, desk, make_item, make_meeting, states
from tests.sharing.worlds import take_seat

pytestmark = pytest.mark.django_db


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def typed_meeting(world, **more):
    return {
        "owner": str(world.bodies["secretariat"].pk),
        "title": "Autumn meeting",
        "body": "Please come.",
        "marking": "3",
        "network": "on",
        "form": "hybrid",
        "starts_on": "2030-05-02",
        "starts_at": "09:00",
        "ends_on": "2030-05-03",
        "ends_at": "17:00",
        "zone": "UTC",
        "place": "Harbour hall",
        "join_link": "https://join.example/1",
    } | more


def test_the_front_page_says_what_will_be_there_and_then_shows_it(world, enter):
    assert "No meeting is planned" in page(enter("XAA"), "/meetings/")
    make_meeting(world, title="Spring on the coast")
    assert "Spring on the coast" in page(enter("XAA"), "/meetings/")
    assert "Spring on the coast" not in page(enter("XBA"), "/meetings/")


def test_a_meeting_is_called_from_draft_to_invitation(world, enter):
    client = enter("secretariat")
    answer = client.post("/meetings/new/", typed_meeting(world))
    assert answer.status_code == 302, answer.context["form"].errors
    text = page(client, answer["Location"])
    assert "Nobody is invited yet" in text
    (check,) = re.findall(r"/records/[0-9a-f-]+/share/check/", text)[:1]
    assert client.post(check).status_code == 302
    with acting_as(desk(world, "XAB")):
        (line,) = meetings_to_come()
    invited = page(enter("XAB"), f"/meetings/{line.record}/")
    assert "https://join.example/1" in invited
    assert "Your state has not answered yet" in invited
    assert "Call it off" not in invited


def test_what_was_typed_wrongly_is_kept_and_said(world, enter):
    answer = enter("secretariat").post("/meetings/new/", typed_meeting(world, ends_on="2030-05-01"))
    text = answer.content.decode()
    assert "must end after it begins" in text
    assert "Harbour hall" in text
    answer = enter("secretariat").post("/meetings/new/", typed_meeting(world, marking="2"))
    assert "Only GREEN and CLEAR reach the network" in answer.content.decode()


def test_a_contributor_calls_no_meeting(world, enter):
    contributor = take_seat(world, Role.CONTRIBUTOR, "XAA").account
    client = enter(account=contributor)
    assert "Call a meeting" not in page(client, "/meetings/")
    page(client, "/meetings/new/", 403)


def test_hidden_and_absent_meetings_are_answered_alike(world, enter):
    hidden = make_meeting(world, audience=states(world, "XAB"))
    item = make_item(world, hidden, by="XAB", audience=states(world, "XAA"))
    client = enter("XAA")
    for path in ("", "change/", "cancel/", "host/", "delegations/", "agenda/new/"):
        for record in (hidden, new_id()):
            page(client, f"/meetings/{record}/{path}", 404)
    for record in (item, new_id()):
        page(client, f"/meetings/agenda/{record}/", 404)


def test_moving_and_calling_off(world, enter):
    meeting, client = make_meeting(world), enter("secretariat")
    page(client, f"/meetings/{meeting}/change/")
    moved = client.post(f"/meetings/{meeting}/change/", typed_meeting(world, place="Town hall"))
    assert moved.status_code == 302, moved.context["when"].errors
    assert "Town hall" in page(enter("XAA"), f"/meetings/{meeting}/")
    page(client, f"/meetings/{meeting}/cancel/")
    client.post(f"/meetings/{meeting}/cancel/")
    assert "It does not take place" in page(enter("XAA"), f"/meetings/{meeting}/")
    page(client, f"/meetings/{meeting}/cancel/", 403)
    page(enter("XAA"), f"/meetings/{meeting}/change/", 403)


def test_a_state_answers_and_its_delegation_is_shown_to_those_who_prepare(world, enter):
    meeting = make_meeting(world, host_state=world.states["XAB"].pk)
    client, state = enter("XAA"), world.states["XAA"].pk
    path = f"/meetings/{meeting}/answer/{state}/"
    empty = {"people-TOTAL_FORMS": "0", "people-INITIAL_FORMS": "0"}
    more = client.post(path, empty | {"coming": "yes", "add_person": "1"}).content.decode()
    assert 'name="people-0-name"' in more
    sent = client.post(
        path,
        {
            "coming": "yes",
            "note": "We arrive early.",
            "people-TOTAL_FORMS": "1",
            "people-INITIAL_FORMS": "0",
            "people-0-name": "N. Tavor",
            "people-0-dietary": "no fish",
        },
    )
    assert sent.status_code == 302
    assert "comes" in page(client, f"/meetings/{meeting}/")
    for code in ("secretariat", "XAB"):
        assert "no fish" in page(enter(code), f"/meetings/{meeting}/delegations/")
    page(enter("XAC"), f"/meetings/{meeting}/delegations/", 403)
    page(enter("XAC"), path, 403)
    with acting_as(desk(world, "XAA")):
        (answer,) = delegations_to(meeting)
    assert "We arrive early." in page(enter("secretariat"), f"/meetings/delegations/{answer.record}/")
    page(enter("XAC"), f"/meetings/delegations/{answer.record}/", 404)
    assert "N. Tavor" in page(client, path)


def test_the_host_is_offered_its_pages_and_others_are_not(world, enter):
    meeting = make_meeting(world, host_state=world.states["XAB"].pk)
    answer = enter("XAB").post(f"/meetings/{meeting}/host/", {"venue": "Hall by the sea"})
    assert answer.status_code == 302
    other = page(enter("XAC"), f"/meetings/{meeting}/")
    assert "Hall by the sea" in other
    assert "Write venue" not in other
    page(enter("XAC"), f"/meetings/{meeting}/host/", 403)


def test_an_item_is_proposed_shared_edited_and_ordered(world, enter):
    meeting, client = make_meeting(world), enter("XAA")
    words = {"title": "Wells", "body": "Who owns them?", "minutes": "45", "kind": "discussion"}
    readers = {"owner": str(world.states["XAA"].pk), "marking": "2", "states": [str(world.states["XAB"].pk)]}
    answer = client.post(f"/meetings/{meeting}/agenda/new/", words | readers)
    assert answer.status_code == 302, answer.context["form"].errors
    item = answer["Location"].split("/")[-2]
    assert "put it on the agenda" in page(client, answer["Location"])
    client.post(f"/records/{item}/share/check/")
    page(enter("XAB"), f"/meetings/agenda/{item}/")
    page(enter("XAC"), f"/meetings/agenda/{item}/", 404)
    client.post(f"/meetings/agenda/{item}/edit/", words | {"body": "Who digs them?"})
    assert "Version 2" in page(enter("XAB"), f"/meetings/agenda/{item}/")
    first, second = make_item(world, meeting, title="One"), make_item(world, meeting, title="Two")
    enter("secretariat").post(f"/meetings/{meeting}/agenda/order/", {"item": str(second), "way": "up"})
    with acting_as(desk(world, "secretariat")):
        assert [line.record for line in agenda_of(meeting)] == [second, first]


def test_a_series_shows_its_meetings_in_sight(world, enter):
    series = keep_series(by=desk(world), name="Coast talks", rhythm="yearly", **body(world, "secretariat"))
    page(enter("XAB"), f"/meetings/series/{series}/", 404)
    make_meeting(world, series=series, number=1, audience=states(world, "XAB"), title="First talk")
    assert "First talk" in page(enter("XAB"), f"/meetings/series/{series}/")
    page(enter("XAA"), f"/meetings/series/{series}/", 404)
    assert "Call the next meeting" in page(enter("secretariat"), f"/meetings/series/{series}/")
    assert "Coast talks" in page(enter("secretariat"), f"/meetings/new/?series={series}")


def test_a_long_list_asks_no_more_than_a_short_one(world, enter, django_assert_max_num_queries):
    for number in range(8):
        make_meeting(world, title=f"Meeting {number}")
    client = enter("XAA")
    page(client, "/meetings/")
    with django_assert_max_num_queries(34):
        page(client, "/meetings/")
