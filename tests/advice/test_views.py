"""Pages of advice: who sees what, what the buttons do, and how many questions the database is asked."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from rtopnet.advice.public import acknowledge_advice, answer_advice
from rtopnet.kernel.clock import today
from rtopnet.network.models import Post
from tests.advice.papers import (
    OFFICE,
    body,
    circulated,
    cleared,
    desk,
    drafted,
    page_for,
    report,
    seen_by,
    transmitted,
)

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"network_advice_{name}", args=args)


def read(answer):
    return answer.content.decode()


def test_an_empty_register_offers_the_first_step(enter):
    page = read(enter().get(reverse("network_advice")))
    assert "There is no advice yet" in page
    assert reverse("network_advice_new") in page
    office = read(enter(OFFICE).get(reverse("network_advice")))
    assert reverse("network_advice_new") not in office
    assert enter(OFFICE).get(reverse("network_advice_new")).status_code == 403


def test_a_paper_is_begun_and_written_section_by_section(world, enter):
    client = enter()
    typed = {
        "owner": str(body(world, "XAA")),
        "form": "briefing",
        "title": "On boats",
        "office": str(body(world, OFFICE)),
        "reach": "network",
        "chair": str(body(world, "secretariat")),
        "drafters": [str(body(world, "XAB"))],
    }
    made = client.post(reverse("network_advice_new"), typed)
    page = read(client.get(made.url))
    assert "Says nothing yet" in page
    record = made.url.rstrip("/").rsplit("/", 1)[1]
    adding = url("statement_new", record)
    client.post(f"{adding}?section=summary", {"text": "Boats cross.", "is_own_words": "on"})
    done = client.post(f"{adding}?section=points", {"text": "Shelter."})
    assert done.url.endswith("/cite/")
    cited = report(world)
    client.post(done.url, {"cited": "", "address": f"https://x/records/{cited}/", "shows": "Numbers"})
    page = read(client.get(made.url))
    assert "Stated by the network itself." in page
    assert "Boats by night" in page
    assert url("circulate", record) in page


def test_a_hidden_record_is_as_absent_as_one_that_never_was(world, enter):
    hidden = report(world, network=False, to=("XAC",), office=False)
    record = drafted(world)
    first = page_for(world, record).draft.sections[0].statements[0].id
    answers = []
    for one in (hidden, "00000000-0000-4000-8000-000000000000"):
        page = read(enter().post(url("cite", first), {"cited": "", "address": f"/records/{one}/"}))
        answers.append(page.replace(str(one), ""))
        assert "no such record" in page
    assert csrf_less(answers[0]) == csrf_less(answers[1])


def csrf_less(page):
    import re

    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)


def test_a_blocked_draft_says_whose_release_is_needed_and_asks_with_one_press(world, enter):
    record = drafted(world, cited=[report(world, office=False)])
    client = enter()
    page = read(client.get(url("paper", record)))
    assert "It is not released to the office" in page
    assert "Ask State XAB to let it travel" in page
    assert url("circulate", record) not in page
    reference = page_for(world, record).draft.sections[0].statements[0].references[0]
    client.post(url("ask", reference.id))
    assert "State XAB was asked on" in read(client.get(url("paper", record)))
    assert "Asked already" not in read(client.get(url("paper", record)))


def test_what_would_happen_is_seen_before_it_is_put_in_silence(world, enter):
    record, client = drafted(world), enter()
    wanted = {"day": (today() + timedelta(days=14)).isoformat(), "hour": "24", "short_because": ""}
    check = read(client.post(url("circulate", record), wanted))
    assert "State XAC" in check
    assert "does not read it now" in check
    assert enter("XAB").get(url("paper", record)).status_code == 404
    done = client.post(url("circulate", record), wanted | {"confirmed": "1"})
    assert done.url == url("paper", record)
    seen = read(enter("XAB").get(url("paper", record)))
    assert "Boats cross by night." in seen
    assert reverse("meetings_proposal", args=[record]) in seen
    soon = wanted | {"day": today().isoformat()}
    assert enter().post(url("circulate", record), soon).status_code == 403


def test_a_deadline_that_is_too_soon_is_refused_with_what_was_typed(world, enter):
    wanted = {"day": today().isoformat(), "hour": "17", "short_because": "Urgent"}
    answer = read(enter().post(url("circulate", drafted(world)), wanted))
    assert "at least 72 hours" in answer
    assert "Urgent" in answer


def test_the_whole_way_to_an_answer_by_its_pages(world, enter):
    record = cleared(world, reservation="As far as we can.")
    owner, office = enter(), enter(OFFICE)
    assert "Sign and transmit it now" in read(owner.get(url("transmit", record)))
    sent = owner.post(url("transmit", record)).url
    assert "As far as we can." in read(office.get(sent))
    key = sent.rstrip("/").rsplit("/", 1)[1]
    packed = ZipFile(BytesIO(office.get(url("files", key)).content))
    assert len(packed.namelist()) == 6
    assert url("answer", key) not in read(office.get(sent))
    office.post(url("acknowledge", key), {"words": ""})
    office.post(url("answer", key), {"words": "Two advisers come."})
    assert "Two advisers come." in read(enter("XAC").get(sent))
    post = seen_by(world, "XAA", lambda: Post.objects.filter(state__iso3="XAA").first().pk)
    promised = {"title": "Meet them", "body": "", "post": str(post), "due_on": ""}
    owner.post(url("follow_up", key), promised)
    assert "Meet them" in read(enter("XAC").get(sent))
    owner.post(url("close", key), {"words": "They came."})
    page = read(owner.get(sent))
    assert "closed it" in page
    assert url("close", key) not in page


def test_no_page_offers_or_does_what_it_would_refuse(world, enter):
    paper, sent = transmitted(world)
    for name in ("circulate", "withdraw", "transmit", "frame", "title"):
        assert enter().get(url(name, paper)).status_code == 403
    for name in ("acknowledge", "answer"):
        assert enter("XAB").get(url(name, sent)).status_code == 403
    for name in ("paper", "circulate", "transmit", "title", "statement_new"):
        assert enter(OFFICE).get(url(name, paper)).status_code == 404


def test_an_outsider_finds_nothing(world, enter):
    paper, sent = transmitted(world, "XAA", "XAB")
    draft = drafted(world)
    client = enter("XAC")
    for name, one in (("paper", paper), ("paper", draft), ("sent", sent), ("files", sent), ("answer", sent)):
        assert client.get(url(name, one)).status_code == 404
    assert "Advice on the coast" not in read(client.get(reverse("network_advice")))


def test_home_lists_what_waits_for_whom(world, enter):
    record = cleared(world)
    assert "Transmit the cleared paper" in read(enter().get("/"))
    _paper, sent = transmitted(world, title="Second")
    assert "Acknowledge the advice" in read(enter(OFFICE).get("/"))
    acknowledge_advice(by=desk(world, OFFICE), record=sent)
    answer_advice(by=desk(world, OFFICE), record=sent, words="Yes.")
    assert "Follow up the answer" in read(enter().get("/"))
    assert url("paper", record) not in read(enter("XAB").get("/"))


def test_the_register_asks_as_many_questions_whatever_it_holds(world, enter, django_assert_max_num_queries):
    for number in range(3):
        transmitted(world, title=f"Paper {number}")
        circulated(world, drafted(world, title=f"Silent {number}"))
    client = enter("XAB")
    client.get(reverse("network_advice"))
    with django_assert_max_num_queries(35):
        page = read(client.get(reverse("network_advice")))
    assert page.count("Paper ") >= 3
    assert page.count("Silent ") >= 3
