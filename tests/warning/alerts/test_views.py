"""Pages of warnings and watch rules, as people come by them."""

import re
from uuid import UUID

import pytest

from rtopnet.warning.alerts.public import Stage, alert_sheet
from tests.factories import make_outlook
from tests.warning.alerts.warned import TITLE, assessed, desk, heard, issued, seen_by, sheet, signal, state

pytestmark = pytest.mark.django_db
LIST = "/situation/warnings/"
QUERIES = 45


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def sent(client, path, **typed):
    answer = client.post(path, typed, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def at(record):
    return f"{LIST}{record}/"


def test_a_warning_goes_its_way_by_pages_alone(world, enter):
    client, other = enter(), enter("XAB")
    assert "Begin a warning" in page(client, LIST)
    typed = {"title": TITLE, "crimes": ["genocide", "incitement"], "concerned": [state(world, "XAB")]}
    answer = client.post(f"{LIST}new/", typed | {"owner": state(world), "marking": 3}, follow=True)
    here = answer.redirect_chain[-1][0]
    record = UUID(re.search(r"warnings/([0-9a-f-]+)/", here)[1])
    assert "Nobody outside your own people" in answer.content.decode()
    page(other, here, status=404)
    assert "Consult" not in page(client, here)
    sent(client, f"{here}assess/", words="Likely.")
    sent(client, f"{here}consult/{state(world, 'XAB')}/", words="Tension at the river.")
    page(client, f"{here}issue/", status=404)
    found = re.search(r"/records/consultations/[0-9a-f-]+/", page(other, "/"))
    sent(other, found[0], words="We look into it.", body="We look into it.")
    assert seen_by(world, "XAA", alert_sheet, record).course.all_heard
    check = sent(client, f"{here}issue/", level="imminent", reach="network", marking=3)
    assert "Before it goes out" in check
    assert "State XAB, State XAC" in check
    sent(client, f"{here}issue/", level="imminent", reach="network", marking=3, confirm=1)
    assert seen_by(world, "XAB", alert_sheet, record).stage is Stage.ISSUED
    assert "Answer the warning" in page(other, "/")
    sent(other, f"{here}answer/", body=state(world, "XAB"), kind="step", words="Police went.")
    assert "Police went." in page(client, here)
    assert "Police went." not in page(enter("XAC"), here)
    sent(client, f"{here}level/", level="watch", words="Calmer.")
    sent(client, f"{here}close/", outcome="averted", words="Calm.", lesson="Go early.")
    assert "Go early." in page(enter("XAC"), here)
    assert "Averted" in page(client, LIST)


def test_what_was_typed_stays_where_something_is_wrong(world, enter):
    text = sent(enter(), f"{LIST}new/", owner=state(world), title="Something", marking=3)
    assert 'value="Something"' in text
    assert "There is a problem" in text
    record = heard(world)
    text = sent(enter(), f"{at(record)}issue/", level="watch", reach="named", marking=3)
    assert "Choose at least one state" in text
    text = sent(enter(), f"{at(record)}issue/", level="watch", reach="public", marking=3)
    assert "must be marked TLP:CLEAR" in text


def test_a_draft_is_saved_as_one_types_and_a_version_is_not(world, enter):
    record = signal(world)
    client = enter()
    seen = sheet(world, record).sheet.written_at.isoformat()
    typed = {"title": "Another", "crimes": ["genocide"], "seen": seen, "autosave": 1}
    assert client.post(f"{at(record)}edit/", typed).json()["saved"]
    assert client.post(f"{at(record)}edit/", typed | {"title": ""}).status_code == 422
    record = issued(world)
    assert client.post(f"{at(record)}edit/", typed).status_code == 409


def test_no_button_that_would_be_refused(world, enter):
    record = assessed(world)
    text = page(enter(), at(record))
    assert "Tell it, and hear it" in text
    for step in ("issue", "assess", "level"):
        assert f"{at(record)}{step}/" not in text
        page(enter(), f"{at(record)}{step}/", status=404)


def test_a_state_signs_and_takes_its_name_off(world, enter):
    record = assessed(world)
    sent(enter(), f"{at(record)}sign/", state=state(world, "XAC"))
    other = enter("XAC")
    assert "asks you to sign a warning" in page(other, "/")
    path = f"{at(record)}sign/{state(world, 'XAC')}/"
    sent(other, path, words="We saw it too.")
    assert "We saw it too." in page(enter(), at(record))
    sent(other, path, leave=1)
    assert "does not sign" in page(enter(), at(record))
    page(enter("XAB"), path, status=404)


def test_records_are_tied_and_untied(world, enter):
    record, other = issued(world), signal(world, title="An earlier one")
    client = enter()
    sent(client, f"{at(record)}link/", linked=other, kind="evidence")
    assert "An earlier one" in page(client, at(record))
    assert "An earlier one" not in page(enter("XAB"), at(record))
    sent(client, f"{at(record)}link/{other}/untie/")
    assert "An earlier one" not in page(client, at(record))


def test_what_was_missed_is_put_down_and_shared(world, enter):
    client = enter()
    typed = {"owner": state(world), "title": "A village was burned", "crimes": ["ethnic_cleansing"]}
    text = sent(client, f"{LIST}missed/", **typed, happened_on="2026-05-01", words="Nobody looked.")
    assert "without a warning" in text
    assert "/share/" in text
    assert "Missed: it happened without a warning" in page(client, LIST)


def test_the_list_asks_as_much_whatever_there_is(world, enter, django_assert_max_num_queries):
    client = enter()
    issued(world)
    page(client, LIST)
    with django_assert_max_num_queries(QUERIES):
        page(client, LIST)
    for _ in range(3):
        issued(world)
    with django_assert_max_num_queries(QUERIES):
        page(client, LIST)


def test_home_shows_what_is_overdue(world, enter):
    issued(world)
    assert f"Answer the warning of State XAA: {TITLE}" in page(enter("XAC"), "/")


def test_a_rule_is_written_tried_and_switched_on(world, enter):
    make_outlook(world.regions["reef"])
    client = enter()
    assert "You watch nothing yet" in page(client, "/situation/rules/")
    typed = {"title": "Unusual in XAA", "place": "XAA", "detail": "all", "test": "limit", "limit": 6}
    answer = client.post("/situation/rules/new/state_deaths/", typed | {"least": 1, "budget": 5}, follow=True)
    here = answer.redirect_chain[-1][0]
    assert "Switch it on" not in page(client, here)
    text = sent(client, f"{here}step/", **{"try": 1})
    assert "It would have fired" in text
    assert "Switched on" in sent(client, f"{here}step/", on=1)
    assert "State XAA" in page(client, "/situation/rules/")
    text = sent(client, f"{here}edit/", **(typed | {"limit": 0, "least": 1, "budget": 5}))
    assert "above nought" in text
    page(enter("XAB"), here, status=404)
    sent(client, f"{here}step/", delete=1)
    page(client, here, status=404)
    page(client, "/situation/rules/new/nothing/", status=404)


def test_nobody_signed_in_reads_anything(world, client):
    record = issued(world)
    for path in (LIST, at(record), "/situation/rules/"):
        assert client.get(path).status_code == 302


def test_the_desk_sees_who_opened_it(world, enter):
    record = issued(world)
    page(enter("XAB"), at(record))
    assert "Who was told, and who opened it" in page(enter(), at(record))
    assert desk(world)
