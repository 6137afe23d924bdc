"""What a focal point does with the outlook, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import SCREENSHOTS

pytestmark = pytest.mark.journey

EXERCISE = "Halcyon Sea Network (exercise)"
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="session")
def regions(installation):
    return list(installation.links)


@pytest.fixture(scope="session")
def real(regions):
    return next(region for region in regions if region != EXERCISE)


def faults_of_access(page):
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['help']}" for fault in found if fault["impact"] in SERIOUS]


def keep_picture(page, name):
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def first_state(page):
    return page.locator("table th a").first.get_attribute("href")


def test_both_regions_have_links(regions):
    assert len(regions) == 2
    assert EXERCISE in regions


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["en", "km"])
def test_home_and_a_states_page(visit, real, language, width):
    for region, short in ((real, "real"), (EXERCISE, "exercise")):
        watched, enter = visit(region, width=width, language=language)
        enter()
        page = watched.page
        for name, path in (("home", "/"), ("state", first_state(page))):
            watched.open(path)
            page.wait_for_timeout(1000)  # maps draw after the network has gone quiet
            keep_picture(page, f"{short}-{name}-{language}-{width}")
            assert page.locator("html").get_attribute("lang") == language
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert faults_of_access(page) == []
        assert watched.complaints == []


def test_without_javascript_the_same_facts_can_be_read(visit):
    watched, enter = visit(EXERCISE, javascript=False)
    enter()
    page = watched.page
    assert page.locator("table tbody tr").count() == 5
    page.locator("table th a").nth(1).click()
    assert page.locator("svg").count() > 0
    assert page.locator("table").count() >= 3
    assert watched.complaints == []


def test_by_keyboard_alone(visit):
    watched, enter = visit(EXERCISE)
    enter()
    page = watched.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to the content"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "/states/" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/states/*/")
    assert page.locator("h1").inner_text().startswith("What is expected in")


@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_a_states_figures_are_taken_away(visit, tmp_path, suffix):
    watched, enter = visit(EXERCISE)
    enter()
    watched.open(first_state(watched.page))
    with watched.page.expect_download() as download:
        watched.page.locator(f"a[href$='figures.{suffix}']").click()
    file = tmp_path / "figures"
    download.value.save_as(file)
    assert download.value.suggested_filename.endswith(suffix)
    assert b"CC0-1.0" in file.read_bytes()


def test_a_link_is_spent_once_and_signing_out_ends_it(visit, installation):
    region = EXERCISE
    watched, _ = visit(region)
    link = list(installation.links[region].values())[-1]
    for expected in ("for you", "no longer works"):
        watched.page.goto(link)
        button = watched.page.locator("main").get_by_role("button", name="Sign in")
        if button.count():
            button.click()
        assert expected in watched.page.locator("h1").inner_text()
    watched.open("/")
    watched.page.get_by_role("button", name="Sign out").click()
    watched.open("/")
    assert "/accounts/login/" in watched.page.url
    keep_picture(watched.page, "sign-in-en-1280")
    assert faults_of_access(watched.page) == []


def test_a_wrong_password_keeps_what_was_typed(visit):
    watched, _ = visit(EXERCISE, width=360)
    watched.open("/accounts/login/")
    watched.page.locator("input[name=login]").fill("nobody@example.org")
    watched.page.locator("input[name=password]").fill("not the right phrase")
    watched.page.get_by_role("button", name="Sign in", exact=True).click()
    assert watched.page.locator("input[name=login]").input_value() == "nobody@example.org"
    assert watched.page.locator(".govuk-error-summary").count() == 1
    keep_picture(watched.page, "sign-in-refused-en-360")


def test_another_regions_page_is_as_if_absent(visit, installation, real):
    watched, enter = visit(real)
    enter()
    address = first_state(watched.page)
    other, enter_other = visit(EXERCISE)
    enter_other()
    other.open(address)
    assert "no such page" in other.page.locator("h1").inner_text().lower()
