"""Help asked for and given, from the first word to the appraisal, in real browsers of four states."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.journeys.conftest import Watched
from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture

pytestmark = pytest.mark.journey
WIDTHS = (1280, 360)
TODAY = date.today()  # noqa: DTZ011 -- as the browser's own field for a day has it
FROM, UNTIL = TODAY.isoformat(), (TODAY + timedelta(days=30)).isoformat()


@dataclass(frozen=True)
class Cast:
    """Who is in the story: the asking state and three that it asks."""

    host: Watched
    first: Watched
    second: Watched
    third: Watched


@pytest.fixture
def cast(session_of, installation):
    names = list(installation.links[EXERCISE])
    return Cast(*(session_of(names[place]) for place in (0, 1, 5, 4)))


def looks_right(watched, name):
    """At both widths: a picture is kept, nothing scrolls sideways, nothing bars a reader."""
    page = watched.page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        keep_picture(page, f"assistance-{name}-en-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert faults_of_access(page) == []
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})


def text(watched):
    return watched.page.locator("main").inner_text()


def press(watched, name, role="button"):
    watched.page.get_by_role(role, name=name, exact=True).first.click()
    watched.page.wait_for_load_state("networkidle")


def path_of(watched):
    return watched.page.url.removeprefix(watched.address)


def finds_nothing(watched, path):
    watched.open(path)
    assert "no such page" in watched.page.locator("h1").inner_text().lower()
    assert "404" in watched.complaints.pop()


def draft(watched, title, what, number, skill_area, skill):
    page = watched.page
    watched.open("/assistance/requests/new/")
    page.get_by_label("What is the request about?").fill(title)
    page.get_by_label("The situation, and what help would change").fill(
        "Stalls were burned, and nobody was heard."
    )
    press(watched, "Save and say what is needed")
    page.get_by_label("What is needed?").fill(what)
    page.get_by_label("How many?").fill(str(number))
    page.get_by_label("Justice", exact=True).check()
    page.get_by_label("From", exact=True).fill(FROM)
    page.get_by_label("Until", exact=True).fill(UNTIL)
    page.locator("summary").filter(has_text=skill_area).click()
    page.get_by_label(skill, exact=True).check()
    page.get_by_label("Languages").fill("en")
    looks_right(watched, "need")
    press(watched, "Save")
    return path_of(watched)


def circulate(watched, request, *states):
    watched.open(request)
    looks_right(watched, "draft")
    press(watched, "Check and submit")
    looks_right(watched, "submit")
    press(watched, "Submit")
    for state in states:
        watched.page.get_by_label(state, exact=True).check()
    looks_right(watched, "circulate")
    press(watched, "Go on: see who would read it")
    assert ", ".join(sorted(states)) in text(watched)
    looks_right(watched, "circulate-check")
    press(watched, "Circulate it now")


def offer(watched, title, *, post="", number=0, look=""):
    page = watched.page
    watched.open("/assistance/")
    if look:
        looks_right(watched, f"{look}-board")
    page.get_by_role("link", name=title, exact=True).first.click()
    press(watched, "See what of yours fits, and offer")
    if post:
        page.locator(".match").filter(has_text=post).get_by_role("checkbox").check()
    page.locator("input[name$='-number']").first.fill(str(number))
    if look:
        looks_right(watched, f"{look}-write")
    press(watched, "Save, and see what goes out")
    assert "Ildony alone will be able to read" in text(watched)
    if look:
        looks_right(watched, f"{look}-check")
    press(watched, "Send the offer")
    return path_of(watched)


def accept(watched, request, body, *numbers):
    watched.open(f"{request}offers/")
    looks_right(watched, f"compare-{body.lower()}")
    watched.page.get_by_role("row").filter(has_text=body).last.get_by_role("link").click()
    press(watched, "Answer it")
    for field, number in zip(watched.page.locator("input[name^='line-']").all(), numbers, strict=True):
        field.fill(str(number))
    looks_right(watched, f"answer-{body.lower()}")
    press(watched, "Accept so many")


def deploy(cast, request):
    host = cast.host
    host.open(request)
    looks_right(host, "matched")
    press(host, "Set up a deployment")
    host.page.get_by_label("Terms of reference").fill("Hear witnesses, and keep what they say safe.")
    looks_right(host, "deployment-write")
    press(host, "Save, and see who would read it")
    assert "Nolmere, Tarvessa will be able to read this deployment" in text(host)
    looks_right(host, "deployment-check")
    press(host, "Send it to them")
    return path_of(host)


def confirm(cast, work):
    first, post = cast.first, "Investigator of attacks on civilians"
    first.open(work)
    looks_right(first, "deployment-asked")
    press(first, f"Ask for consent: {post}")
    press(first, "The question", role="link")
    first.page.locator("textarea").fill("Agreed by telephone this morning.")
    looks_right(first, "consent")
    press(first, "They agreed")
    for sender in (first, cast.second):
        sender.open(work)
        while sender.page.get_by_role("button", name="Confirm to the asking state").count():
            press(sender, "Confirm to the asking state")
    first.page.locator("button[value=insurance]").click()
    first.page.wait_for_load_state("networkidle")


def work_and_judge(cast, request, work):
    host = cast.host
    host.open(work)
    press(host, "Help has arrived: begin")
    press(cast.first, "Report for Nolmere")
    cast.first.page.get_by_label("What happened?").fill("Twelve witnesses were heard.")
    press(cast.first, "Report")
    host.open(work)
    assert "Twelve witnesses were heard." in text(host)
    looks_right(host, "deployment-running")
    press(host, "The work is over")
    press(host, "End it")
    host.open(request)
    press(host, "Help has been given")
    press(host, "Complete the request")
    for judge, names in (
        (host, ("Nolmere", "Tarvessa")),
        (cast.first, ("Ildony",)),
        (cast.second, ("Ildony",)),
    ):
        for name in names:
            judge.open(work)
            press(judge, f"Appraise the part of {name}")
            for group in judge.page.locator("fieldset").all():
                group.get_by_label("4: well").check()
            looks_right(judge, "appraise")
            press(judge, "Appraise")
    host.open(request)
    assert "Appraised" in text(host)
    looks_right(host, "appraised")


def test_help_is_asked_for_offered_in_parts_given_and_appraised(cast):
    title = "Hearing witnesses at Peshalor"
    request = draft(cast.host, title, "investigators", 3, "Justice", "Investigation of atrocity crimes")
    finds_nothing(cast.first, request)
    circulate(cast.host, request, "Nolmere", "Tarvessa", "Pelurin")
    offer(cast.first, title, post="Investigator of attacks on civilians", number=1, look="offer")
    mine = offer(cast.second, title, number=2)
    for other in (cast.first, cast.third):
        finds_nothing(other, mine)
    accept(cast.host, request, "Nolmere", 1, 1)
    accept(cast.host, request, "Tarvessa", 1)
    cast.host.open(f"{request}offers/")
    assert "covers everything that is needed" in text(cast.host)
    looks_right(cast.host, "compare-covered")
    work = deploy(cast, request)
    finds_nothing(cast.third, work)
    confirm(cast, work)
    work_and_judge(cast, request, work)
    assert all(one.complaints == [] for one in (cast.host, cast.first, cast.second, cast.third))


def test_a_request_is_withdrawn_with_an_offer_on_the_table(cast):
    title = "Guards for the old archive"
    request = draft(cast.host, title, "archivists", 1, "Justice", "Archives of evidence and chain of custody")
    circulate(cast.host, request, "Nolmere")
    made = offer(cast.first, title, post="Investigator of attacks on civilians")
    cast.host.open(request)
    press(cast.host, "Withdraw the request", role="link")
    cast.host.page.locator("textarea").fill("The archive has moved.")
    looks_right(cast.host, "withdraw")
    press(cast.host, "Withdraw it")
    cast.first.open(made)
    assert "The archive has moved." in text(cast.first)
    looks_right(cast.first, "offer-closed")
    cast.first.open(request)
    assert cast.first.page.locator("h1").inner_text() == "Withdrawn by its owner"
    looks_right(cast.first, "request-withdrawn")


@pytest.mark.parametrize(
    "place", ["", "requests/", "offers/", "roster/", "roster/new/", "deployments/", "contributions/"]
)
def test_the_rooms_pages_look_right(cast, place):
    cast.first.open(f"/assistance/{place}")
    looks_right(cast.first, f"page-{place.replace('/', '') or 'board'}")
    assert cast.first.complaints == []
