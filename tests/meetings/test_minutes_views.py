"""Pages of minutes and actions, and what is taken out of meetings on paper."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.test import Client
from pypdfium2 import PdfDocument

from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import clock_at
from rtopnet.kernel.ids import new_id
from rtopnet.meetings.models import HostPack, Meeting
from rtopnet.meetings.public import (
    HostWords,
    MinutesClosedError,
    begin_minutes,
    close_minutes,
    keep_host_pack,
    keep_series,
    meeting_tasks_for,
    minutes_sheet,
    name_writers,
    reopen_minutes,
    save_passage,
)
from rtopnet.meetings.services import forget_content
from rtopnet.network.models import Account
from rtopnet.sharing.public import withdraw_record
from tests.meetings.gatherings import SOON, body, desk, make_item, make_meeting, states
from tests.meetings.test_minutes import passage_of, post_of, promised

pytestmark = pytest.mark.django_db


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def pdf_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    with ZipFile(BytesIO(answer.content)) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".pdf"))
        seal = json.loads(packed.read(f"{name}.sig.json"))
        document = PdfDocument(packed.read(name))
    text = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    document.close()
    return text, seal["claims"]


def test_minutes_from_beginning_to_an_action(world, enter):
    meeting, client = make_meeting(world), enter("secretariat")
    make_item(world, meeting, title="The outlook")
    page(client, f"/meetings/{meeting}/minutes/")
    began = client.post(f"/meetings/{meeting}/minutes/", {"title": "Minutes", "body": "All were there."})
    assert began.status_code == 302
    path = began["Location"]
    record = UUID(path.split("/")[-2])
    assert "Only those who write read them" in page(client, path)
    page(enter("XAA"), path, 404)
    client.post(f"{path}writers/", {"accounts": [str(desk(world, "XAA"))]})
    passage = passage_of(world, record).id
    writer = enter("XAA")
    page(writer, path)
    written = {"base": "1", "text": "The secretariat sends the list.\nNobody objects."}
    assert writer.post(f"/meetings/passages/{passage}/", written).status_code == 302
    clash = client.post(f"/meetings/passages/{passage}/", {"base": "1", "text": "Another beginning."})
    text = clash.content.decode()
    assert "Nothing is lost" in text
    assert "Nobody objects." in text
    assert 'value="2"' in text
    assert "Set aside" in page(client, f"/meetings/passages/{passage}/history/")
    client.post(f"{path}close/")
    read = page(enter("XAB"), path)
    assert "The secretariat sends the list." in read
    page(enter("XAB"), f"/meetings/passages/{passage}/", 403)
    page(enter("XAB"), f"/meetings/passages/{passage}/history/", 404)
    lift = f"/meetings/actions/new/?from={passage}&line=0"
    assert "The secretariat sends the list." in page(client, lift)
    typed = {
        "owner": str(world.bodies["secretariat"].pk),
        "title": "Send the list",
        "post": str(post_of(world, "XAA")),
        "due_on": "2030-05-01",
        "marking": "3",
        "network": "on",
    }
    made = client.post(lift, typed)
    assert made.status_code == 302, made.context["form"].errors
    action = made["Location"].split("/")[-2]
    client.post(f"/records/{action}/share/check/")
    assert "Send the list" in page(enter("XAB"), path)
    assert "Send the list" in page(enter("XAB"), f"/meetings/{meeting}/")


def test_a_line_of_minutes_is_lifted_into_a_proposal(world, enter):
    meeting, client = make_meeting(world), enter("secretariat")
    record = begin_minutes(by=desk(world), meeting=meeting, title="Minutes", body="We share our drills.")
    passage = passage_of(world, record).id
    close_minutes(by=desk(world), minutes=record)
    lift = f"/meetings/decisions/new/?from={passage}&line=0"
    drafter = enter("XAB")
    assert "We share our drills." in page(drafter, lift)
    typed = {"owner": str(world.states["XAB"].pk), "title": "Sharing drills", "body": "We share our drills."}
    made = drafter.post(lift, typed)
    assert made.status_code == 302, made.context["form"].errors
    assert f'href="{made["Location"]}"' in page(drafter, f"/meetings/minutes/{record}/")
    assert "Sharing drills" not in page(client, f"/meetings/minutes/{record}/")


def test_a_passage_out_of_sight_lifts_nothing(world, enter):
    record = begin_minutes(
        by=desk(world), meeting=make_meeting(world), title="Minutes", body="Not yet shared."
    )
    passage = passage_of(world, record).id
    text = page(enter("XAB"), f"/meetings/decisions/new/?from={passage}&line=0")
    assert "Not yet shared." not in text


def test_passages_are_added_on_items_and_under_headings(world, enter):
    meeting, client = make_meeting(world), enter("secretariat")
    record = begin_minutes(by=desk(world), meeting=meeting, title="Minutes")
    item = make_item(world, meeting, title="Late item")
    path = f"/meetings/minutes/{record}/passages/"
    assert client.post(path, {"item": str(item)}).status_code == 302
    assert client.post(path, {"heading": "Other business"}).status_code == 302
    client.post(path, {"heading": ""})
    with acting_as(desk(world)):
        headings = [line.heading for line in minutes_sheet(record).passages]
    assert headings == ["Late item", "Other business"]


def test_the_actions_page_says_what_was_promised_and_what_happened(world, enter):
    assert "Nothing is promised" in page(enter("XAB"), "/meetings/actions/")
    action = promised(world, title="Send the list")
    client = enter("XAA")
    assert "Send the list" in page(enter("XAB"), "/meetings/actions/")
    page(enter("XAB"), f"/meetings/actions/{action}/note/", 403)
    page(enter("XAB"), f"/meetings/actions/{action}/change/", 403)
    refused = client.post(f"/meetings/actions/{action}/note/", {"became": "progress", "text": ""})
    assert "Say what happened" in refused.content.decode()
    client.post(f"/meetings/actions/{action}/note/", {"became": "done", "text": "Sent on Monday."})
    assert "Sent on Monday." in page(enter("XAB"), f"/meetings/actions/{action}/")
    assert "Send the list" not in page(enter("XAB"), "/meetings/actions/")
    assert "Sent on Monday." in page(enter("XAB"), "/meetings/actions/?show=done")
    page(enter("XAB"), "/meetings/actions/?show=some", 404)
    changed = {"post": str(post_of(world, "XAC")), "due_on": "2030-01-01"}
    assert enter("secretariat").post(f"/meetings/actions/{action}/change/", changed).status_code == 302
    page(enter("XBA"), f"/meetings/actions/{action}/", 404)


def test_a_long_page_of_actions_asks_no_more_than_a_short_one(world, enter, django_assert_max_num_queries):
    for number in range(8):
        promised(world, title=f"Promise {number}")
    client = enter("XAB")
    page(client, "/meetings/actions/")
    with django_assert_max_num_queries(24):
        page(client, "/meetings/actions/")


def test_the_pack_holds_what_its_reader_reads_and_leaves_the_rest_out_without_trace(world, enter):
    meeting = make_meeting(world)
    make_item(world, meeting, title="First")
    make_item(world, meeting, by="XAA", audience=states(world, "XAB"), title="Behind doors")
    make_item(world, meeting, title="Last")
    keep_host_pack(by=desk(world), meeting=meeting, words=HostWords(venue="Hall by the sea"))
    told, claims = pdf_of(enter("XAB"), f"/meetings/{meeting}/pack/")
    assert claims["marking"] == "TLP:AMBER"
    assert "Behind doors" in told
    assert "Hall by the sea" in told
    plain, claims = pdf_of(enter("XAC"), f"/meetings/{meeting}/pack/")
    assert claims["marking"] == "TLP:GREEN"
    assert "Behind doors" not in plain
    assert "1. First" in plain
    assert "2. Last" in plain
    lao, _claims = pdf_of(enter("XAC"), f"/meetings/{meeting}/pack/?language=lo")
    assert "ຜູ້ແທນ: Spring meeting" in lao
    agenda, _claims = pdf_of(enter("XAC"), f"/meetings/{meeting}/agenda/document/")
    assert "Hall by the sea" not in agenda
    assert enter("XBA").get(f"/meetings/{meeting}/pack/").status_code == 404


def test_minutes_of_a_series_are_one_document(world, enter):
    series = keep_series(by=desk(world), name="Coast talks", **body(world, "secretariat"))
    for number in (1, 2):
        starts_at = SOON + timedelta(days=number)
        meeting = make_meeting(
            world, series=series, number=number, title=f"Talk {number}", starts_at=starts_at
        )
        make_item(world, meeting, title=f"Item {number}")
        record = begin_minutes(by=desk(world), meeting=meeting, title=f"Minutes {number}")
        save_passage(by=desk(world), passage=passage_of(world, record).id, base=1, text=f"Said at {number}.")
        close_minutes(by=desk(world), minutes=record)
    text, _claims = pdf_of(enter("XAA"), f"/meetings/series/{series}/minutes/")
    assert text.index("Said at 1.") < text.index("Said at 2.")
    assert "Said at 2." in page(enter("XAA"), f"/meetings/series/{series}/")
    one, _claims = pdf_of(enter("XAA"), f"/meetings/minutes/{record}/document/")
    assert "Said at 1." not in one
    assert enter("XBA").get(f"/meetings/series/{series}/minutes/").status_code == 404


def test_home_says_what_waits(world, enter):
    meeting = make_meeting(world, title="Spring meeting")
    promised(world, title="Send the list", due_on=SOON.date() - timedelta(days=29))
    assert "Answer the invitation to “Spring meeting”" in page(enter("XAA"), "/")
    assert "Promised: Send the list" in page(enter("XAA"), "/")
    assert "Send the list" not in page(enter("XAB"), "/")
    record = begin_minutes(by=desk(world), meeting=meeting, title="Minutes")
    name_writers(by=desk(world), minutes=record, accounts=[desk(world, "XAC")])
    with clock_at(SOON + timedelta(days=1)), acting_as(desk(world, "XAC")):
        account = Account.objects.get(pk=desk(world, "XAC"))
        titles = [task.title for task in meeting_tasks_for(account, "en")]
    assert titles == ["Write and close the minutes of “Spring meeting”"]


def test_what_is_withdrawn_takes_its_content_along(world):
    meeting = make_meeting(world, place="Cellar")
    keep_host_pack(by=desk(world), meeting=meeting, words=HostWords(venue="By the sea"))
    withdraw_record(by=desk(world), record=meeting)
    forget_content(by=desk(world), record=meeting)
    with acting_as(desk(world)):
        assert not HostPack.objects.exists()
        assert Meeting.objects.get(record=meeting).place == ""


def test_pages_of_what_is_not_there(world, enter):
    client = enter("XAA")
    for path in ("minutes/{}/", "passages/{}/", "actions/{}/", "series/{}/minutes/", "{}/pack/"):
        page(client, f"/meetings/{path.format(new_id())}", 404)
    assert Client().get("/meetings/actions/").status_code == 302


def test_minutes_are_approved_by_silence_and_stay_as_they_are(world, enter):
    meeting, client = make_meeting(world, chair_state=world.states["XAB"].pk), enter("secretariat")
    make_item(world, meeting)
    record = begin_minutes(by=desk(world), meeting=meeting, title="Minutes")
    path = f"/meetings/minutes/{record}/"
    page(client, f"{path}approve/", 403)
    close_minutes(by=desk(world), minutes=record)
    page(enter("XAA"), f"{path}approve/", 403)
    soon = client.post(f"{path}approve/", {"day": datetime.now(UTC).date().isoformat()})
    assert soon.status_code == 200
    day = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    asked = client.post(f"{path}approve/", {"day": day})
    assert asked.status_code == 302, asked.context["form"].errors
    assert "They are in silence" in page(enter("XAA"), path)
    page(enter("XAA"), asked["Location"])
    with pytest.raises(MinutesClosedError):
        reopen_minutes(by=desk(world), minutes=record)
