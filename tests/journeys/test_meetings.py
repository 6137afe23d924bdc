"""A series of two meetings, from an invitation to an action that runs on, in browsers of three posts."""

from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest
import vobject

from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture

pytestmark = pytest.mark.journey
WIDTHS = (1280, 360)
TODAY = datetime.now(UTC)


@pytest.fixture
def cast(session_of, installation):
    names = list(installation.links[EXERCISE])
    return session_of(names[2]), session_of(names[0]), session_of(names[1])


def looks_right(watched, name):
    """At both widths: a picture is kept, nothing scrolls sideways, nothing bars a reader."""
    page = watched.page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        keep_picture(page, f"meetings-{name}-en-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults_of_access(page) == []
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})


def text(watched):
    return watched.page.locator("main").inner_text()


def press(watched, name):
    watched.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    watched.page.wait_for_load_state("networkidle")


def follow(watched, name):
    watched.page.locator("main a", has_text=name).first.click()
    watched.page.wait_for_load_state("networkidle")


def path_of(watched):
    return watched.page.url.removeprefix(watched.address)


def call_meeting(secretariat, title, first, last):
    page = secretariat.page
    page.fill("#id_title", title)
    page.fill("#id_body", "We look at what each coast has seen.")
    page.get_by_label("In person and online").check()
    for field, day, hour in (("starts", first, "00:05"), ("ends", last, "23:50")):
        page.fill(f"#id_{field}_on", day.date().isoformat())
        page.fill(f"#id_{field}_at", hour)
    page.fill("#id_place", "Sennet Quay")
    press(secretariat, "Save the draft")
    meeting = path_of(secretariat)
    follow(secretariat, "See who is invited, and send the invitations")
    press(secretariat, "Share it now")
    secretariat.open(meeting)
    assert "Planned" in text(secretariat)
    return meeting


def begin_series(secretariat):
    secretariat.open("/meetings/")
    looks_right(secretariat, "front")
    follow(secretariat, "Begin a series")
    secretariat.page.fill("#id_name", "Evenings of the desks")
    secretariat.page.fill("#id_rhythm", "twice a year")
    press(secretariat, "Begin the series")
    follow(secretariat, "Call the next meeting")


def answer(ildony, meeting):
    ildony.open("/")
    follow(ildony, "Answer the invitation to “First evening”")
    assert path_of(ildony) == meeting
    follow(ildony, "Answer the invitation")
    ildony.page.get_by_label("Yes, we come").check()
    press(ildony, "Add a delegate")
    ildony.page.fill("#id_people-0-name", "I. Orrane")
    ildony.page.fill("#id_people-0-dietary", "no shellfish")
    looks_right(ildony, "answer")
    press(ildony, "Send the answer")
    assert "comes" in text(ildony)


def propose(who, meeting, title, *, states=()):
    who.open(meeting)
    follow(who, "Propose an item")
    who.page.fill("#id_title", title)
    if states:
        who.page.get_by_label("TLP:AMBER", exact=True).check()
        who.page.get_by_label("The whole network").uncheck()
        for state in states:
            who.page.get_by_label(state, exact=True).check()
    press(who, "Save the draft")
    follow(who, "See who would read it, and put it on the agenda")
    press(who, "Share it now")


def write(who, minutes, heading, words):
    who.open(minutes)
    who.page.get_by_role("link", name=f"Write {heading}").click()
    who.page.fill("#id_text", words)
    press(who, "Save")


def write_together(secretariat, nolmere, meeting):
    secretariat.open(meeting)
    follow(secretariat, "Begin the minutes")
    press(secretariat, "Begin the minutes")
    minutes = path_of(secretariat)
    follow(secretariat, "Name who writes along")
    secretariat.page.get_by_label("Nolmere", exact=False).first.check()
    press(secretariat, "Save")
    write(
        secretariat, minutes, "What each coast has seen", "Opened at nine.\n\nNolmere saw boats.\n\nClosed."
    )
    nolmere.open(minutes)
    nolmere.page.get_by_role("link", name="Write What each coast has seen").click()
    write(
        secretariat,
        minutes,
        "What each coast has seen",
        "Opened at nine.\n\nNolmere saw forty boats.\n\nClosed.",
    )
    nolmere.page.fill("#id_text", "Opened at nine.\n\nNolmere saw boats by night.\n\nClosed.")
    press(nolmere, "Save")
    assert "Nothing is lost" in text(nolmere)
    looks_right(nolmere, "clash")
    nolmere.page.fill(
        "#id_text", "Opened at nine.\n\nNolmere saw forty boats by night.\n\nIldony sends its list."
    )
    press(nolmere, "Save")
    secretariat.open(minutes)
    assert "forty boats by night" in text(secretariat)
    follow(secretariat, "Close the minutes and share them")
    press(secretariat, "Close and share")
    looks_right(secretariat, "minutes")
    return minutes


def lift_action(secretariat, minutes):
    secretariat.open(minutes)
    secretariat.page.get_by_role("link", name="Make an action of “Ildony sends its list.”").click()
    assert secretariat.page.input_value("#id_title") == "Ildony sends its list."
    secretariat.page.select_option("#id_post", label="National focal point, Ildony")
    secretariat.page.fill("#id_due_on", (TODAY - timedelta(days=1)).date().isoformat())
    secretariat.page.get_by_label("The whole network").check()
    press(secretariat, "Save the draft")
    follow(secretariat, "See who would read it, and share it")
    press(secretariat, "Share it now")


def tell(ildony):
    ildony.open("/")
    follow(ildony, "Promised: Ildony sends its list.")
    follow(ildony, "Tell what became of it")
    ildony.page.fill("#id_text", "Half of the list is there.")
    press(ildony, "Save")
    looks_right(ildony, "action")


def test_a_series_with_two_meetings_minutes_and_an_action_carried_over(cast, tmp_path):
    secretariat, ildony, nolmere = cast
    begin_series(secretariat)
    first = call_meeting(secretariat, "First evening", TODAY - timedelta(days=1), TODAY + timedelta(days=1))
    answer(ildony, first)
    propose(secretariat, first, "What each coast has seen")
    propose(ildony, first, "What we found in Peshalor", states=("Nolmere",))
    nolmere.open(first)
    assert "What we found in Peshalor" in text(nolmere)
    looks_right(nolmere, "meeting")
    secretariat.open(first)
    assert "What we found in Peshalor" not in text(secretariat)
    follow(secretariat, "Who comes: answers and delegations")
    assert "no shellfish" in text(secretariat)
    looks_right(secretariat, "delegations")
    minutes = write_together(secretariat, nolmere, first)
    lift_action(secretariat, minutes)
    tell(ildony)
    secretariat.open("/meetings/")
    follow(secretariat, "Evenings of the desks")
    follow(secretariat, "Call the next meeting")
    second = call_meeting(
        secretariat, "Second evening", TODAY + timedelta(days=170), TODAY + timedelta(days=171)
    )
    nolmere.open(second)
    assert "Still open from earlier meetings" in text(nolmere)
    assert "Half of the list is there." in text(nolmere)
    looks_right(nolmere, "second")
    nolmere.open("/meetings/actions/")
    assert "Ildony sends its list." in text(nolmere)
    looks_right(nolmere, "actions")
    take_out(nolmere, first, tmp_path)
    feed(nolmere)
    for watched in cast:
        assert watched.complaints == []


def take_out(nolmere, meeting, folder):
    nolmere.open(meeting)
    with nolmere.page.expect_download() as taken:
        nolmere.page.locator("main").get_by_role("link", name="English").first.click()
    taken.value.save_as(folder / "pack.zip")
    with ZipFile(folder / "pack.zip") as packed:
        assert any(name.endswith(".pdf.sig.json") for name in packed.namelist())


def feed(nolmere):
    nolmere.open("/meetings/feeds/")
    press(nolmere, "Make an address")
    address = nolmere.page.locator(".feed-address code").inner_text()
    calendar = vobject.readOne(nolmere.page.request.get(address).text())
    assert "Second evening" in {event.summary.value for event in calendar.vevent_list}
    looks_right(nolmere, "feeds")
