"""A record from its first word to its recall, in real browsers of four states."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.journeys.conftest import Watched
from tests.journeys.test_accounts import KEY, PHRASE
from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture

pytestmark = pytest.mark.journey
WIDTHS = (1280, 360)
SOURCE = "The one who saw it keeps the lighthouse."
TOLD = "A record of ours speaks of unrest in your coastal districts."
REPLY = "The unrest has ended; the districts are open to visitors."


@dataclass(frozen=True)
class Cast:
    """Who is in the story: the owner's focal point and deputy, two addressees, one who is neither."""

    owner: Watched
    deputy: Watched
    addressee: Watched
    second: Watched
    other: Watched


@pytest.fixture
def empty_browser(browser, installation):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    watched = Watched(context.new_page(), installation.address)
    session = context.new_cdp_session(watched.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield watched
    context.close()


@pytest.fixture
def cast(session_of, installation, empty_browser):
    names = list(installation.links[EXERCISE])
    return Cast(
        owner=session_of(names[0]),
        deputy=empty_browser,
        addressee=session_of(names[1]),
        second=session_of(names[4]),
        other=session_of(names[5]),
    )


def looks_right(watched, name):
    """At both widths: a picture is kept, nothing scrolls sideways, nothing bars a reader."""
    page = watched.page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        keep_picture(page, f"sharing-{name}-en-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults_of_access(page) == []
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})


def receipts_asked_of(watched):
    """Where the reader is asked for receipts now; other stories ask for some as well."""
    watched.open("/records/")
    links = watched.page.locator('.waiting a[href^="/records/receipts/"]').all()
    return {link.get_attribute("href") for link in links}


def text(watched):
    return watched.page.locator("main").inner_text()


def finds_nothing(watched, path):
    """A page that is not for the reader is as if it were absent; a browser notes only that it was."""
    watched.open(path)
    assert "no such page" in watched.page.locator("h1").inner_text().lower()
    assert "404" in watched.complaints.pop()


def holds_no_post(watched):
    assert watched.page.locator("h1").inner_text() == "You hold no post now"
    assert "403" in watched.complaints.pop()


def press(watched, name, role="button"):
    watched.page.get_by_role(role, name=name, exact=True).first.click()
    watched.page.wait_for_load_state("networkidle")


def path_of(watched):
    return watched.page.url.removeprefix(watched.address)


def join_as_deputy(cast, name):
    page = cast.owner.page
    cast.owner.open("/accounts/invitations/")
    page.get_by_label("Post", exact=True).select_option("new:deputy")
    page.get_by_label("Title of a new post").fill("Deputy for records")
    page.get_by_label("E-mail address").fill("records@journey.example")
    press(cast.owner, "Invite")
    link = page.locator(".given a").get_attribute("href")
    page = cast.deputy.page
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A password", exact=True).fill(PHRASE)
    press(cast.deputy, "Open my account")
    press(cast.deputy, "Set up a passkey")
    page.get_by_role("button", name="Set up the passkey").click()
    page.wait_for_url("**/codes/")
    press(cast.deputy, "I have kept them")


def write(watched, title, body, marking, part=None):
    page = watched.page
    watched.open("/records/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text").fill(body)
    page.get_by_label(marking, exact=True).check()
    if part:
        press(watched, "Add a part")
        page.get_by_label("What this part is").fill(part[0])
        page.get_by_label("Text").last.fill(part[1])
        looks_right(watched, "write")
    press(watched, "Save the draft")
    return path_of(watched)


def choose_readers(watched, *boxes):
    press(watched, "Share")
    for group, box in boxes:
        watched.page.get_by_role("group", name=group, exact=True).get_by_label(box, exact=True).check()


def share_with_two(cast, record):
    choose_readers(cast.deputy, ("States", "Nolmere"), ("States", "Pelurin"))
    looks_right(cast.deputy, "share")
    press(cast.deputy, "Go on: see who would read it")
    readers = cast.deputy.page.locator(".readers").inner_text()
    for state in ("Nolmere", "Pelurin"):
        assert f"{state}: National focal point" in readers
    assert "Tarvessa" not in readers
    assert "nobody outside" in text(cast.deputy)
    looks_right(cast.deputy, "check")
    finds_nothing(cast.addressee, record)
    press(cast.deputy, "Share it now")
    assert "Shared." in text(cast.deputy)
    looks_right(cast.deputy, "record-owner")


def read_as_addressees(cast, record):
    for reader in (cast.addressee, cast.second):
        reader.open("/records/")
        press(reader, "Boats at night", role="link")
        assert path_of(reader) == record
        assert "Eleven boats left the harbour." in text(reader)
        assert "Who saw it" not in text(reader)
        assert SOURCE not in reader.page.content()
    looks_right(cast.addressee, "record")
    cast.addressee.open("/records/")
    looks_right(cast.addressee, "list")
    cast.addressee.open("/records/search/?q=boats")
    assert "Boats at night" in text(cast.addressee)
    looks_right(cast.addressee, "search")
    cast.addressee.open("/records/search/?q=lighthouse")
    assert "Nothing was found" in text(cast.addressee)
    finds_nothing(cast.other, record)


def name_for_the_part(cast, record):
    cast.deputy.open(record)
    press(cast.deputy, "Change who reads it")
    part = cast.deputy.page.locator("fieldset.part-form")
    assert part.locator("summary").all_inner_texts() == ["Persons"], "TLP:RED goes to persons alone"
    part.locator("summary").click()
    part.get_by_label("National focal point (Pelurin)").check()
    press(cast.deputy, "Go on: see who would read it")
    assert "only National focal point (Pelurin)" in text(cast.deputy)
    cast.second.open(record)
    assert SOURCE in text(cast.second)
    looks_right(cast.second, "record-with-part")
    cast.addressee.open(record)
    assert SOURCE not in cast.addressee.page.content()


def take_a_copy(cast, folder):
    with cast.addressee.page.expect_download() as download:
        cast.addressee.page.get_by_role("link", name="Take a copy").click()
    packed = folder / "copy.zip"
    download.value.save_as(packed)
    with ZipFile(packed) as zipped:
        zipped.extractall(folder)
    copy = next(folder.glob("*.pdf"))
    assert copy.read_bytes().startswith(b"%PDF")
    command = [Path(sys.executable).parent / "rtopnet", "verify", copy]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    copy.write_bytes(copy.read_bytes() + b" ")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def recall_and_sign(cast, record):
    cast.deputy.open(record)
    press(cast.deputy, "Who has it")
    copied = cast.deputy.page.get_by_role("row").filter(has_text="took a copy")
    assert "National focal point (Nolmere)" in copied.inner_text()
    looks_right(cast.deputy, "ledger")
    asked_before = receipts_asked_of(cast.addressee)
    cast.deputy.open(record)
    press(cast.deputy, "Recall")
    looks_right(cast.deputy, "recall")
    press(cast.deputy, "Recall it now")
    assert "Not signed yet" in text(cast.deputy)
    cast.addressee.open(record)
    assert cast.addressee.page.locator("h1").inner_text() == "Recalled by its owner"
    assert "Eleven boats" not in cast.addressee.page.content()
    looks_right(cast.addressee, "recalled")
    cast.addressee.open("/records/")
    looks_right(cast.addressee, "list-waiting")
    (asked,) = receipts_asked_of(cast.addressee) - asked_before
    cast.addressee.page.locator(f'.waiting a[href="{asked}"]').click()
    cast.addressee.page.get_by_label("All copies were destroyed").check()
    looks_right(cast.addressee, "receipt")
    press(cast.addressee, "Sign")
    cast.deputy.open(f"{record}ledger/")
    assert "all copies were destroyed" in text(cast.deputy)
    looks_right(cast.deputy, "ledger-recalled")


def hear_the_state_concerned(cast):
    """Go to the network with a record that concerns a state: that state is heard first."""
    record = write(cast.deputy, "The coast in spring", "Unrest was seen.", "TLP:GREEN")
    page = cast.deputy.page
    choose_readers(cast.deputy, ("States that the record concerns", "Tarvessa"))
    page.get_by_label("The whole network").check()
    press(cast.deputy, "Go on: see who would read it")
    assert page.get_by_role("button", name="Share it now").count() == 0
    looks_right(cast.deputy, "check-concerned")
    press(cast.deputy, "Write what it is told", role="link")
    page.locator("textarea").fill(TOLD)
    looks_right(cast.deputy, "consult")
    press(cast.deputy, "Tell Tarvessa")
    finds_nothing(cast.other, record)
    cast.other.open("/records/")
    cast.other.page.locator('.waiting a[href^="/records/consultations/"]').click()
    assert TOLD in text(cast.other)
    assert "The coast in spring" not in cast.other.page.content()
    cast.other.page.locator("textarea").fill(REPLY)
    looks_right(cast.other, "consultation")
    press(cast.other, "Attach this reply")
    cast.deputy.open(f"{record}share/check/")
    press(cast.deputy, "Share it now")
    for reader in (cast.other, cast.addressee):
        reader.open(record)
        assert "Unrest was seen." in text(reader)
        assert REPLY in text(reader)
    looks_right(cast.addressee, "record-with-reply")
    return record


def hand_over(cast):
    page = cast.deputy.page
    cast.deputy.open("/network/")
    page.locator(".posts__item", has=page.get_by_text("You", exact=True)).get_by_role("link").first.click()
    press(cast.deputy, "Hand the post over")
    page.get_by_label("Who takes over").select_option(index=0)
    page.get_by_label("Now, as soon as I confirm").check()
    press(cast.deputy, "Go on")
    press(cast.deputy, "Hand over now")
    holds_no_post(cast.deputy)


def test_from_an_invitation_to_a_recall_and_a_hand_over(cast, tmp_path):
    join_as_deputy(cast, "Deputy Six")
    first = write(
        cast.deputy, "Boats at night", "Eleven boats left the harbour.", "TLP:AMBER", ("Who saw it", SOURCE)
    )
    share_with_two(cast, first)
    read_as_addressees(cast, first)
    name_for_the_part(cast, first)
    take_a_copy(cast, tmp_path)
    recall_and_sign(cast, first)
    second = hear_the_state_concerned(cast)
    hand_over(cast)
    cast.owner.open(second)
    assert REPLY in text(cast.owner)
    for path in ("/", first, second):
        cast.deputy.open(path)
        holds_no_post(cast.deputy)
    everybody = (cast.owner, cast.deputy, cast.addressee, cast.second, cast.other)
    assert [watched.complaints for watched in everybody] == [[]] * 5
