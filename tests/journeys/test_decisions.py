"""Two decisions: one adopted with a reservation, one broken and adopted in its second version."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from rtopnet.kernel.clock import today
from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture

pytestmark = pytest.mark.journey
WIDTHS = (1280, 360)
DRAFTER, ASKED, CHAIR, ANOTHER, THIRD = 1, 0, 2, 4, 5
"""Places of the posts among those that the exercise offers to sign in as."""
FIRST = "Each state answers a drill within 24 hours.\n\nThe secretariat calls it twice a year."
SECOND = FIRST.replace("24", "48")
LATER = "move_story_back(record='{record}', by=timedelta(days=40)); adopt_due()"


@pytest.fixture
def people(session_of, installation):
    names = list(installation.links[EXERCISE])
    return {place: session_of(names[place]) for place in (DRAFTER, ASKED, CHAIR, ANOTHER, THIRD)}


def looks_right(watched, name):
    """At both widths: a picture is kept, nothing scrolls sideways, nothing bars a reader."""
    page = watched.page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        keep_picture(page, f"decisions-{name}-en-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults_of_access(page) == []
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})


def text(watched):
    return watched.page.locator("main").inner_text()


def press(watched, name):
    watched.page.locator("main").get_by_role("button", name=name, exact=True).click()
    watched.page.wait_for_load_state("networkidle")


def write(watched, label, words):
    watched.page.get_by_label(label, exact=True).fill(words)


def draft(watched, title, body):
    """Draft a proposal; its address and id."""
    watched.open("/meetings/decisions/")
    press(watched, "Draft a proposal")
    write(watched, "Title", title)
    write(watched, "Text", body)
    press(watched, "Save the draft")
    path = watched.page.url.removeprefix(watched.address)
    return path, path.strip("/").rsplit("/", 1)[1]


def circulate(watched, path, name=""):
    """Put a proposal in silence before the network, once it was seen in names."""
    watched.open(path)
    press(watched, "Put it in silence")
    write(watched, "Last day", (today() + timedelta(days=20)).isoformat())
    if name:
        looks_right(watched, f"{name}-circulate")
    press(watched, "Go on: see what would happen")
    assert "These people are told at once" in text(watched)
    if name:
        looks_right(watched, f"{name}-check")
    press(watched, "Put it in silence now")
    assert "It is in silence." in text(watched)


def time_passes(installation, record):
    installation.do(
        "from datetime import timedelta; from rtopnet.meetings.public import adopt_due, move_story_back; "
        + LATER.format(record=record)
    )


def test_a_text_is_adopted_with_a_reservation_printed(people, installation, tmp_path):
    drafter, asked = people[DRAFTER], people[ASKED]
    path, record = draft(drafter, "Drills of readiness, twice a year", FIRST)
    people[ANOTHER].open(path)
    assert "404" in people[ANOTHER].complaints.pop()
    circulate(drafter, path, "first")
    looks_right(drafter, "own-in-silence")
    asked.open("/")
    assert "Answer “Drills of readiness, twice a year”, or agree by silence" in text(asked)
    asked.open(path)
    looks_right(asked, "in-silence")
    press(asked, "Join with a reservation")
    write(asked, "Your state's reservation", "As far as our law on public holidays allows.")
    looks_right(asked, "reservation")
    press(asked, "Join with a reservation")
    people[ANOTHER].open(path)
    assert "As far as our law on public holidays allows." in text(people[ANOTHER])
    press(people[ANOTHER], "We stay silent: remind us no more")
    assert "Only your state's own desk sees this note" in text(people[ANOTHER])
    time_passes(installation, record)
    people[CHAIR].open(path)
    press(people[CHAIR], "Add the chair's statement")
    write(people[CHAIR], "The chair's statement", "The first drill is called in March.")
    press(people[CHAIR], "Add the chair's statement")
    third = people[THIRD]
    third.open(path)
    assert "Adopted by consensus on" in text(third)
    assert "Reservation of" in text(third)
    looks_right(third, "adopted")
    with third.page.expect_download() as download:
        third.page.locator("main").get_by_role("link", name="English", exact=True).click()
    download.value.save_as(tmp_path / "decision.zip")
    with ZipFile(tmp_path / "decision.zip") as packed:
        packed.extractall(tmp_path)
        name = next(one for one in packed.namelist() if one.endswith(".pdf"))
    command = [Path(sys.executable).parent / "rtopnet", "verify", tmp_path / name]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    drafter.open(f"/records/{record}/")
    assert "It was adopted by consensus, and stays as it was agreed." in text(drafter)
    third.open("/meetings/decisions/?show=adopted")
    looks_right(third, "list-adopted")
    for watched in people.values():
        assert watched.complaints == []


def test_a_broken_silence_comes_back_as_a_second_version(people, installation):
    drafter, asked, another = people[DRAFTER], people[ASKED], people[ANOTHER]
    path, record = draft(drafter, "How soon a drill is answered", FIRST)
    circulate(drafter, path)
    another.open(path)
    press(another, "Break the silence")
    looks_right(another, "break")
    press(another, "Break the silence")
    assert "There is a problem" in text(another)
    write(another, "Why does your state not agree?", "24 hours are too short where offices rest two days.")
    press(another, "Break the silence")
    asked.open(path)
    assert "24 hours are too short where offices rest two days." in text(asked)
    assert "Back with its drafter" in text(asked)
    drafter.open("/")
    assert "Write the next version of “How soon a drill is answered”" in text(drafter)
    drafter.open(path)
    press(drafter, "Write")
    write(drafter, "Text", SECOND)
    press(drafter, "Save the draft")
    looks_right(drafter, "next-version")
    asked.open(path)
    assert "48 hours" not in text(asked)
    circulate(drafter, path)
    asked.open(path)
    assert "48 hours" in text(asked)
    asked.page.get_by_text("Version 2, with what changed").click()
    asked.page.wait_for_load_state("networkidle")
    assert asked.page.locator("ins").first.inner_text().strip() == "48"
    looks_right(asked, "difference")
    time_passes(installation, record)
    another.open(path)
    assert "Adopted by consensus on" in text(another)
    assert "Round 1" in text(another)
    looks_right(another, "second-adopted")
    for watched in people.values():
        assert watched.complaints == []
