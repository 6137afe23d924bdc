"""Pages of assistance, as people come by them."""

import re
from datetime import timedelta

import pytest

from rtopnet.assistance.public import Stage, request_sheet
from rtopnet.kernel.clock import today
from tests.assistance.helping import TITLE, circulated, drafted, seen_by, state

pytestmark = pytest.mark.django_db


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def sent(client, path, **typed):
    answer = client.post(path, typed, follow=True)
    assert answer.status_code == 200, path
    return answer


def need_typed(**changes):
    typed = {
        "what": "advisers",
        "number": 2,
        "area": "justice",
        "pillar": 2,
        "form": "capacity",
        "starts_on": (today() + timedelta(days=3)).isoformat(),
        "ends_on": (today() + timedelta(days=30)).isoformat(),
        "skills": ["legal-aid"],
        "level": 2,
        "languages": "en, fr",
    }
    return typed | changes


def test_a_state_asks_by_pages_alone(world, enter):
    client = enter()
    assert "asked for nothing yet" in page(client, "/assistance/requests/")
    answer = sent(client, "/assistance/requests/new/", state=state(world), title=TITLE, marking=2)
    assert "Say one thing that is needed" in answer.content.decode()
    path = answer.redirect_chain[-1][0]
    answer = sent(client, path, **need_typed())
    record = re.search(r"/requests/([0-9a-f-]+)/", answer.redirect_chain[-1][0])[1]
    here = f"/assistance/requests/{record}/"
    assert "advisers<" in page(client, here)
    sent(client, f"{here}submit/")
    sent(client, f"{here}circulate/", states=[state(world, "XAB")])
    check = page(client, f"{here}circulate/check/")
    assert "State XAB will be able to read this request" in check
    sent(client, f"{here}circulate/check/")
    assert seen_by(world, "XAA", request_sheet, record).stage is Stage.CIRCULATED
    assert TITLE in page(enter("XAB"), "/assistance/")
    page(enter("XAC"), here, status=404)


def test_what_was_typed_stays_where_something_is_wrong(world, enter):
    record, _ = drafted(world)
    answer = sent(enter(), f"/assistance/requests/{record}/needs/new/", **need_typed(ends_on="2020-01-01"))
    text = answer.content.decode()
    assert "must not be before the first" in text
    assert 'value="advisers"' in text


def test_a_draft_is_saved_as_one_types(world, enter):
    record, _ = drafted(world)
    client = enter()
    seen = seen_by(world, "XAA", request_sheet, record).sheet.written_at.isoformat()
    typed = {"state": state(world), "title": "Another title", "seen": seen, "autosave": "1"}
    path = f"/assistance/requests/{record}/edit/"
    assert client.post(path, typed).json()["saved"]
    assert client.post(path, typed).status_code == 409
    assert client.post(path, typed | {"title": ""}).status_code == 422


@pytest.mark.parametrize(
    "page_of", ["edit/", "needs/new/", "submit/", "circulate/", "circulate/check/", "withdraw/"]
)
def test_what_one_does_with_ones_own_request_is_not_there_for_others(world, enter, page_of):
    record, _ = circulated(world)
    page(enter("XAB"), f"/assistance/requests/{record}/{page_of}", status=404)


def test_withdrawing_says_what_it_means_and_leaves_no_one_wondering(world, enter):
    record, _ = circulated(world)
    client, here = enter(), f"/assistance/requests/{record}/"
    assert "Every offer is closed" in page(client, f"{here}withdraw/")
    sent(client, f"{here}withdraw/", words="Not needed any more.")
    assert "Withdrawn by its owner" in page(enter("XAB"), here)
    page(enter("secretariat"), here, status=404)


def test_the_lists_ask_as_many_questions_whatever_they_hold(world, enter, django_assert_max_num_queries):
    client = enter()
    for number in range(4):
        circulated(world, title=f"Request {number}")
    page(client, "/assistance/requests/")
    with django_assert_max_num_queries(45):
        page(client, "/assistance/requests/")
