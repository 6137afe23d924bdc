"""What calendar programs and mail get, read back by a second parser."""

from datetime import timedelta

import pytest
import vobject
from django.core import mail
from django.test import Client

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.meetings.public import (
    MeetingNotInSightError,
    account_behind_feed,
    cancel_meeting,
    change_meeting,
    make_feed,
    refresh_invitations,
    revoke_feed,
    send_invitations,
)
from rtopnet.network.models import Holding
from rtopnet.sharing.public import address_record, recall_record
from tests.meetings.gatherings import SOON, desk, make_meeting, states, when
from tests.sharing.worlds import database_now

pytestmark = pytest.mark.django_db


def post_of(world, code):
    with acting_as(desk(world, code)):
        return Holding.objects.get(account=desk(world, code)).post_id


def fetched(secret):
    answer = Client().get(f"/meetings/feed/{secret}.ics")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return vobject.readOne(answer.content.decode())


def events(secret):
    return {event.summary.value: event for event in getattr(fetched(secret), "vevent_list", [])}


def sent(world, record):
    mail.outbox.clear()
    count = send_invitations(record=record, region=world.regions["reef"].pk)
    assert count == len(mail.outbox)
    return {letter.to[0]: letter for letter in mail.outbox}


def calendar_in(letter):
    (part,) = [content for content, kind in letter.alternatives if kind.startswith("text/calendar")]
    return vobject.readOne(part)


def address(world, code):
    from rtopnet.network.models import Account

    with acting_for(Capacity.INSTALLATION):
        return Account.objects.get(pk=desk(world, code)).email


def test_an_invitation_is_a_request_that_a_second_parser_reads(world):
    meeting = make_meeting(world, title="Spring; on the coast, at last")
    letters = sent(world, meeting)
    assert {address(world, code) for code in ("XAA", "XAB", "XAC", "secretariat")} <= set(letters)
    assert address(world, "XBA") not in letters
    calendar = calendar_in(letters[address(world, "XAA")])
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert event.summary.value == "Spring; on the coast, at last"
    assert event.dtstart.value == SOON
    assert event.dtend.value == SOON + timedelta(hours=3)
    assert event.sequence.value == "0"
    assert event.uid.value.startswith(str(meeting))
    assert event.attendee.value == f"mailto:{address(world, 'XAA')}"


def test_nobody_is_sent_the_same_twice(world):
    meeting = make_meeting(world)
    assert sent(world, meeting)
    assert sent(world, meeting) == {}


def test_a_change_and_a_call_off_keep_the_uid_and_count_on(world):
    meeting = make_meeting(world)
    first = calendar_in(sent(world, meeting)[address(world, "XAA")])
    change_meeting(by=desk(world), meeting=meeting, when=when(SOON + timedelta(days=1)))
    moved = calendar_in(sent(world, meeting)[address(world, "XAA")])
    cancel_meeting(by=desk(world), meeting=meeting)
    off = calendar_in(sent(world, meeting)[address(world, "XAA")])
    assert [one.method.value for one in (first, moved, off)] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [one.vevent.sequence.value for one in (first, moved, off)] == ["0", "1", "2"]
    assert len({one.vevent.uid.value for one in (first, moved, off)}) == 1
    assert moved.vevent.dtstart.value == SOON + timedelta(days=1)
    assert off.vevent.status.value == "CANCELLED"


def test_a_recall_takes_the_meeting_out_and_says_nothing_of_it(world):
    meeting = make_meeting(world, title="Secret spring")
    sent(world, meeting)
    recall_record(by=desk(world), record=meeting)
    letters = sent(world, meeting)
    gone = letters[address(world, "XAA")]
    assert "Secret spring" not in gone.message().as_string()
    calendar = calendar_in(gone)
    assert (calendar.method.value, calendar.vevent.sequence.value) == ("CANCEL", "1")
    assert sent(world, meeting) == {}


def test_who_is_addressed_later_is_invited_then(world):
    meeting = make_meeting(world, audience=states(world, "XAB"))
    assert address(world, "XAA") not in sent(world, meeting)
    address_record(by=desk(world), record=meeting, audience=states(world, "XAA"))
    mail.outbox.clear()
    assert refresh_invitations() == len(mail.outbox)
    assert {address(world, "XAA"), address(world, "XAB")} <= {letter.to[0] for letter in mail.outbox}
    assert refresh_invitations() == 0


def test_a_mail_says_nothing_of_a_closed_meeting(world):
    meeting = make_meeting(world, audience=states(world, "XAB"), title="Behind doors")
    letters = sent(world, meeting)
    assert set(letters) == {address(world, "XAB"), address(world, "secretariat")}
    letter = letters[address(world, "XAB")]
    assert "Behind doors" not in letter.message().as_string()
    assert letter.alternatives == []


def test_a_feed_holds_what_its_holder_may_read_now(world):
    make_meeting(world, title="For all")
    closed = make_meeting(world, audience=states(world, "XAB"), title="Behind doors", place="Cellar")
    make_meeting(world, title="Not yet", released=False)
    secret = make_feed(by=desk(world, "XAB"), post=post_of(world, "XAB"))
    found = events(secret)
    assert set(found) == {"For all", "A meeting: open it in RtoPNet"}
    assert "Cellar" not in fetched(secret).serialize()
    recall_record(by=desk(world), record=closed)
    assert set(events(secret)) == {"For all"}
    other = make_feed(by=desk(world, "XAA"), post=post_of(world, "XAA"))
    assert set(events(other)) == {"For all"}


def test_a_feed_updates_and_cancels(world):
    meeting = make_meeting(world)
    secret = make_feed(by=desk(world, "XAA"), post=post_of(world, "XAA"))
    change_meeting(by=desk(world), meeting=meeting, when=when(SOON + timedelta(days=2)))
    moved = events(secret)["Spring meeting"]
    assert (moved.dtstart.value, moved.sequence.value) == (SOON + timedelta(days=2), "1")
    cancel_meeting(by=desk(world), meeting=meeting)
    assert events(secret)["Spring meeting"].status.value == "CANCELLED"


def test_an_address_opens_nothing_once_it_is_ended_or_the_post_is_anothers(world):
    post = post_of(world, "XAA")
    first = make_feed(by=desk(world, "XAA"), post=post)
    second = make_feed(by=desk(world, "XAA"), post=post)
    assert account_behind_feed(secret=first) is None
    assert account_behind_feed(secret=second).pk == desk(world, "XAA")
    revoke_feed(by=desk(world, "XAA"), post=post)
    assert account_behind_feed(secret=second) is None
    third = make_feed(by=desk(world, "XAA"), post=post)
    with acting_for(Capacity.INSTALLATION):
        Holding.objects.filter(post=post).update(ends_at=database_now())
        record_deed(verb="ended", kind="network.holding", subject=post)
    assert account_behind_feed(secret=third) is None
    assert Client().get(f"/meetings/feed/{third}.ics").status_code == 404


def test_nobody_makes_a_feed_of_anothers_post(world):
    with pytest.raises(MeetingNotInSightError):
        make_feed(by=desk(world, "XAB"), post=post_of(world, "XAA"))


def test_one_meeting_as_a_file(world, enter):
    meeting = make_meeting(world)
    answer = enter("XAA").get(f"/meetings/{meeting}/calendar.ics")
    calendar = vobject.readOne(answer.content.decode())
    assert calendar.method.value == "PUBLISH"
    assert calendar.vevent.location.value == "Harbour hall"
    hidden = make_meeting(world, audience=states(world, "XAB"))
    assert enter("XAA").get(f"/meetings/{hidden}/calendar.ics").status_code == 404


def test_the_page_shows_an_address_once(world, enter):
    client, post = enter("XAA"), post_of(world, "XAA")
    made = client.post("/meetings/feeds/", {"post": str(post)}).content.decode()
    assert "/meetings/feed/" in made
    again = client.get("/meetings/feeds/").content.decode()
    assert "/meetings/feed/" not in again
    assert "An address was made on" in again
    assert client.post("/meetings/feeds/", {"post": str(post), "end": "1"}).status_code == 302
    foreign = {"post": str(post_of(world, "XAB"))}
    assert client.post("/meetings/feeds/", foreign).status_code == 404
