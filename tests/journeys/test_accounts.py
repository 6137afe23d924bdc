"""From an invitation to a passkey, in a real browser with a key that is none."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys.conftest import Watched
from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture

pytestmark = pytest.mark.journey
PHRASE = "several words in a row"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def newcomer(browser, installation):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    watched = Watched(context.new_page(), installation.address)
    session = context.new_cdp_session(watched.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield watched
    context.close()


def invite(visit, email):
    """As the first post of the exercise, a focal point: invite somebody and read the link that is shown."""
    watched, enter = visit(EXERCISE)
    enter()
    watched.open("/accounts/invitations/")
    page = watched.page
    page.get_by_label("Post", exact=True).select_option("new:deputy")
    page.get_by_label("Title of a new post").fill("Deputy for the journey")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Invite", exact=True).click()
    keep_picture(page, "invitations-en-1280")
    assert faults_of_access(page) == []
    link = page.locator(".given a").get_attribute("href")
    assert watched.complaints == []
    return link


def accept(page, link):
    page.goto(link)
    keep_picture(page, "invitation-en-360")
    page.get_by_label("Your name").fill("Deputy")
    page.get_by_label("A password", exact=True).fill(PHRASE)
    page.get_by_role("button", name="Open my account").click()
    assert "second factor" in page.locator("h1").inner_text()
    keep_picture(page, "choose-factor-en-360")
    assert faults_of_access(page) == []


def is_home(page):
    return "Sign out" in page.locator("header").inner_text()


def test_invited_with_a_passkey(visit, newcomer):
    page = newcomer.page
    accept(page, invite(visit, "passkey@journey.example"))
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_role("button", name="Set up the passkey").click()
    page.wait_for_url("**/codes/")
    assert page.locator(".recovery-codes__code").count() == 10
    keep_picture(page, "recovery-codes-en-360")
    page.get_by_role("button", name="I have kept them").click()
    assert is_home(page)
    newcomer.open("/accounts/mine/")
    keep_picture(page, "my-account-en-360")
    assert faults_of_access(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Sign out", exact=True).click()
    newcomer.open("/accounts/login/")
    keep_picture(page, "sign-in-en-360")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{newcomer.address}/")
    assert is_home(page)
    assert newcomer.complaints == []


def code_of(secret, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def test_invited_with_an_app(visit, newcomer):
    page = newcomer.page
    accept(page, invite(visit, "app@journey.example"))
    page.get_by_role("button", name="Set up an app").click()
    keep_picture(page, "set-up-app-en-360")
    secret = re.sub(r"\W", "", page.locator("#totp-secret").text_content())
    page.locator("input[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/codes/")
    newcomer.open("/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    newcomer.open("/accounts/login/")
    page.locator("input[name=login]").fill("app@journey.example")
    page.locator("input[name=password]").fill(PHRASE)
    page.locator("form.entrance").first.get_by_role("button", name="Sign in").click()
    keep_picture(page, "second-factor-en-360")
    page.locator("input[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{newcomer.address}/")
    assert is_home(page)
    assert newcomer.complaints == []
