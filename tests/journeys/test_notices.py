"""How a focal point is told of things, in a real browser."""

import pytest

from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture

pytestmark = pytest.mark.journey

CHOICES = "/notices/choices/"


def unread(page):
    shown = page.locator(".bell__count")
    return int(shown.inner_text()) if shown.count() else 0


def test_a_trial_arrives_and_the_count_goes_down(visit):
    watched, enter = visit(EXERCISE)
    enter()
    page = watched.page
    watched.open(CHOICES)
    before = unread(page)
    page.get_by_role("button", name="Send me a trial").click()
    page.wait_for_load_state("networkidle")
    assert unread(page) == before + 1
    page.get_by_role("link", name="Notices").first.click()
    page.get_by_role("button", name="Mark as read").first.click()
    page.wait_for_load_state("networkidle")
    assert unread(page) == before
    page.get_by_role("button", name="Put away").first.click()
    page.get_by_role("button", name="Undo").click()
    assert page.locator(".told__item").count() > 0
    watched.open(CHOICES)
    page.get_by_text("The last mail to you went out").wait_for()
    assert watched.complaints == []


def test_the_count_follows_while_a_page_stands_open(visit):
    watched, enter = visit(EXERCISE)
    enter()
    page = watched.page
    page.clock.install()
    watched.open("/")
    page.route("**/notices/count/", lambda route: route.fulfill(body='<span class="bell__count">7</span>'))
    page.clock.run_for(15_500)
    page.locator(".bell__count").get_by_text("7", exact=True).wait_for()
    assert unread(page) == 7
    assert watched.complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_choosing_how_one_is_told(visit, width):
    watched, enter = visit(EXERCISE, width=width)
    enter()
    page = watched.page
    watched.open(CHOICES)
    assert page.get_by_role("button", name="Wake this browser").is_visible()
    page.get_by_label("Quiet from").select_option("22:00")
    page.get_by_label("Quiet until").select_option("")
    page.get_by_role("button", name="Save when").click()
    assert page.get_by_text("Say until when the quiet hours last.").first.is_visible()
    page.get_by_label("Quiet until").select_option("06:30")
    page.get_by_role("button", name="Save when").click()
    assert page.get_by_text("Your times have been saved.").is_visible()
    assert page.get_by_label("Quiet until").input_value() == "06:30"
    page.get_by_label("A trial: By push").uncheck()
    page.get_by_role("button", name="Save what").click()
    assert not page.get_by_label("A trial: By push").is_checked()
    page.get_by_label("Quiet from").select_option("")
    page.get_by_label("Quiet until").select_option("")
    page.get_by_role("button", name="Save when").click()
    keep_picture(page, f"notices-choices-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_of_access(page) == []
    watched.open("/notices/")
    keep_picture(page, f"notices-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_of_access(page) == []
    assert watched.complaints == []


def test_a_browser_takes_the_service_worker(visit):
    watched, enter = visit(EXERCISE)
    enter()
    page = watched.page
    watched.open("/notices/")
    scope = page.evaluate(
        "navigator.serviceWorker.register('/service-worker.js', {scope: '/'})"
        ".then(() => navigator.serviceWorker.ready).then((found) => found.scope)"
    )
    assert scope == f"{watched.address}/"
    assert watched.complaints == []


def test_without_javascript_notices_can_be_read_and_chosen(visit):
    watched, enter = visit(EXERCISE, javascript=False)
    enter()
    page = watched.page
    watched.open(CHOICES)
    assert page.get_by_text("JavaScript is off in it").is_visible()
    assert not page.get_by_role("button", name="Wake this browser").is_visible()
    page.get_by_role("button", name="Save what").click()
    assert page.get_by_text("Your choice of kinds has been saved.").is_visible()
    watched.open("/notices/")
    assert page.locator("h1").inner_text() != ""
    assert watched.complaints == []
