"""A whole installation in a folder of its own, and a real browser that watches what pages do."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"
# Each of several test processes has an installation of its own.
PORT = 8471 + int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass(frozen=True)
class Installation:
    """A running platform: its address, and the one-time links it printed, by region and post."""

    address: str
    links: dict[str, dict[str, str]]
    said: list[str] = field(default_factory=list)
    """What the platform printed since, letters among it."""
    folder: str = ""
    """Where its data lies."""

    def do(self, statement):
        """Have the installation itself do something, as a command at the machine would."""
        command = [Path(sys.executable).parent / "rtopnet", "shell", "-v", "0", "-c", statement]
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_"))}
        done = subprocess.run(
            command,
            cwd=PROJECT,
            env=environment | {"RTOPNET_DATA": self.folder},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def start(folder, port=PORT, **more):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_"))}
    return subprocess.Popen(
        [Path(sys.executable).parent / "rtopnet", "run", "--port", str(port)],
        cwd=PROJECT,
        env=environment | {"RTOPNET_DATA": str(folder)} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def read_links(process):
    links, region, holder = {}, "", ""
    for line in process.stdout:
        if "Ctrl-C stops it" in line:
            return {region: posts for region, posts in links.items() if posts}
        if match := re.fullmatch(r" {6}(http\S+)\n", line):
            links[region][holder] = match[1]
        elif match := re.fullmatch(r" {4}(\S.*):\n", line):
            holder = match[1]
        elif match := re.fullmatch(r" {2}(\S.*)\n", line):
            region = match[1]
            links.setdefault(region, {})
    raise AssertionError(f"the platform did not start: {process.stderr.read()}")


@pytest.fixture(scope="session")
def installation():
    # Not pytest's own folder: that is closed to others, and a server started by root runs as another.
    folder = tempfile.TemporaryDirectory(prefix="rtopnet-", ignore_cleanup_errors=True)
    process = start(folder.name)
    listener = threading.Thread(target=lambda: None)
    try:
        running = Installation(f"http://localhost:{PORT}", read_links(process), folder=folder.name)
        # Nobody else reads on, and a full pipe would stop the platform.
        listener = threading.Thread(target=running.said.extend, args=(process.stdout,), daemon=True)
        listener.start()
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.stderr.read()
        process.wait(timeout=30)
        if listener.ident:
            listener.join(timeout=30)
        process.stdout.close()
        process.stderr.close()
        folder.cleanup()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Watched:
    """A page of which every console error, failed answer and foreign request is remembered."""

    def __init__(self, page, address):
        self.page, self.address, self.complaints = page, address, []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._on_request)
        page.on("response", self._on_response)

    def open(self, path="/"):
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")

    def _on_console(self, message):
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(f"console: {message.text}")

    def _on_request(self, request):
        if request.url.startswith("http") and not request.url.startswith(self.address):
            self.complaints.append(f"left the host: {request.url}")

    def _on_response(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status}: {response.url}")


@pytest.fixture
def visit(browser, installation, request):
    """Open a browser of one's own, signed in to a region as the first post or by a link."""
    contexts = []

    def signed_in(region, *, width=1280, javascript=True, language="en"):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=javascript, accept_downloads=True
        )
        contexts.append(context)
        watched = Watched(context.new_page(), installation.address)
        return watched, lambda: sign_in(watched, installation, region, language)

    yield signed_in
    for context in contexts:
        context.close()


KEPT = {}
"""Sessions by the link that gave them: a link works once, and who comes second goes on with its session."""


def enter_by(watched, link):
    """Spend a link, or go on with the session that it gave."""
    if link not in KEPT:
        watched.page.goto(link)
        watched.page.locator("main").get_by_role("button", name="Sign in").click()
        KEPT[link] = watched.page.context.cookies()
    watched.page.context.add_cookies(KEPT[link])


def sign_in(watched, installation, region, language):
    enter_by(watched, next(iter(installation.links[region].values())))
    watched.open()
    switch = watched.page.locator(f"button[value={language}]")
    if switch.count() and watched.page.locator("html").get_attribute("lang") != language:
        switch.first.click()
        watched.page.wait_for_load_state("networkidle")


@pytest.fixture(scope="module")
def session_of(browser, installation):
    """Open a browser as a post of the exercise."""
    contexts = []

    def enter(holder, *, width=1280):
        context = browser.new_context(viewport={"width": width, "height": 800}, accept_downloads=True)
        contexts.append(context)
        watched = Watched(context.new_page(), installation.address)
        enter_by(watched, installation.links["Halcyon Sea Network (exercise)"][holder])
        return watched

    yield enter
    for context in contexts:
        context.close()
