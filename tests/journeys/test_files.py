"""Files added to a record in a real browser, and what the worker finds out about them."""

import time

import pytest

from tests.journeys.test_outlook import EXERCISE, faults_of_access, keep_picture
from tests.sharing.attaching import photo

pytestmark = pytest.mark.journey
PATIENCE = 60
"""Seconds that the worker has to look into a file."""


def draft(watched):
    watched.open("/records/new/")
    watched.page.locator("#id_title").fill("Signs along the shore")
    watched.page.locator("#id_body").fill("What was seen.")
    watched.page.get_by_role("button", name="Save the draft").click()
    watched.page.wait_for_load_state("networkidle")
    return watched.page.url


def choose(page, *files):
    page.locator("#upload-files").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    )


def reload_until(page, selector):
    end = time.monotonic() + PATIENCE
    while not page.locator(selector).count():
        assert time.monotonic() < end, f"{selector} never came"
        page.reload()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_photo_is_sent_shown_and_told_about(visit, javascript):
    watched, enter = visit(EXERCISE, width=360, javascript=javascript)
    enter()
    page, record = watched.page, draft(watched)
    choose(page, ("shore.jpg", "image/jpeg", photo()), ("note.txt", "text/plain", b"what was seen"))
    page.get_by_role("button", name="Send the files").click()
    page.locator(".files__item").nth(1).wait_for()
    assert page.url.split("#", 1)[0] == record
    reload_until(page, ".files__preview")
    item = page.locator(".files__item").filter(has_text="shore.jpg")
    assert "Harbour Optics" in item.inner_text()
    assert "Not scanned" in item.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download note.txt").click()
    assert download.value.suggested_filename == "note.txt"
    keep_picture(page, f"files-en-360-{'with' if javascript else 'without'}-script")
    if javascript:
        assert faults_of_access(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert watched.complaints == []


def test_a_file_that_is_refused_is_named_in_place(visit):
    watched, enter = visit(EXERCISE)
    enter()
    draft(watched)
    page = watched.page
    choose(page, ("empty.txt", "text/plain", b""))
    page.get_by_role("button", name="Send the files").click()
    page.get_by_role("alert").filter(has_text="empty.txt is empty.").first.wait_for()


def test_a_file_over_the_limit_is_named_before_it_is_sent(visit):
    watched, enter = visit(EXERCISE)
    enter()
    draft(watched)
    page = watched.page
    page.locator("form.upload").evaluate("form => { form.dataset.limit = '1000000'; }")
    choose(page, ("photo.zip", "application/zip", bytes(2 << 20)))
    assert "photo.zip is 2 MiB; the limit is 200 MiB." in page.locator(".upload__error").inner_text()
    assert watched.complaints == []
