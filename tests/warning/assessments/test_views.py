"""Pages of assessments, as people come by them."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest

from rtopnet.kernel.clock import now
from rtopnet.warning.assessments.public import (
    Presence,
    Stage,
    conclude_assessment,
    explain_contrast,
    hand_in,
    keep_minority_view,
    open_second_round,
    own_answers,
    reveal_scores,
    take_over_first,
)
from tests.factories import make_outlook
from tests.warning.assessments.judging import (
    PANEL,
    TITLE,
    answers_all,
    desk,
    drafted,
    opened,
    seen_by,
    sheet,
    shown,
)

pytestmark = pytest.mark.django_db
ROOM = "/situation/assessments/"


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def sent(client, path, **typed):
    answer = client.post(path, typed, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def one(record, after=""):
    return f"{ROOM}{record}/{after}"


def test_the_list_says_what_will_be_there_and_offers_the_first_step(world, enter):
    text = page(enter(), ROOM)
    assert "No assessment is for you to read yet" in text
    assert f"{ROOM}new/" in text


def test_an_assessment_is_prepared_opened_and_waits_for_scores(world, enter):
    client = enter()
    typed = {
        "owner": str(world.states["XAA"].pk),
        "title": TITLE,
        "body": "Why now",
        "state": str(world.states["XAB"].pk),
        "crimes": ["genocide", "incitement"],
        "starts_on": "2026-01-01",
        "ends_on": "2026-03-31",
        "closes_at": (now() + timedelta(days=3)).date().isoformat(),
        "assessors": [str(desk(world, code)) for code in PANEL],
        "marking": "2",
    }
    text = sent(client, f"{ROOM}new/", **typed)
    assert "Nobody outside reads this draft." in text
    [record] = set(re.findall(r"assessments/([0-9a-f-]{36})/open/", text))
    assert 'value="2026-01-01"' in page(client, one(record, "edit/"))
    assert page(client, one(record, "open/")).count("<li><strong>N ") == 4
    assert "Scores are waited for until" in sent(client, one(record, "open/"))
    assert "not yet" in page(client, one(record))


def test_errors_keep_what_was_typed(world, enter):
    text = sent(enter(), f"{ROOM}new/", title="Half", assessors=[str(desk(world))])
    assert 'value="Half"' in text
    assert "Choose 2 to 20 people." in text


def test_one_factor_at_a_time_is_saved_as_typed_and_leads_to_the_next(world, enter):
    record = opened(world)
    client = enter("XAB")
    text = page(client, one(record, "score/7/"))
    assert "7.10" in text.split("The other indicators")[0]
    typed = {"presence": "2", "reason": "Half written", "mark-7.10": "3", "autosave": "1"}
    assert client.post(one(record, "score/7/"), typed).json() == {"saved": True, "seen": ""}
    answer = seen_by(world, "XAB", own_answers, record, 1)["7"]
    assert (answer.reason, answer.marks) == ("Half written", {"7.10": Presence.STRONG})
    assert "Half written" in page(client, one(record, "score/7/"))
    whole = typed | {"trend": "1", "confidence": "high", "contrary": "Talks go on.", "next": "1"}
    whole.pop("autosave")
    assert "Factor 8 of 14" in sent(client, one(record, "score/7/"), **whole)
    assert "13 factors are left to answer" in page(client, one(record, "score/"))


def test_what_cannot_be_saved_is_said_and_kept(world, enter):
    record = opened(world)
    client = enter("XAB")
    text = sent(client, one(record, "score/1/"), reason="Kept", pages="no address")
    assert "Kept" in text
    assert "Begin the line with an address" in text
    answer = client.post(one(record, "score/1/"), {"pages": "no address", "autosave": "1"})
    assert answer.status_code == 422


def test_handing_in_is_offered_once_all_is_answered_and_can_be_taken_back(world, enter):
    record = opened(world)
    client = enter("XAB")
    assert "Hand in</button>" not in re.sub(r"\s+<", "<", page(client, one(record, "score/")))
    answers_all(world, record, "XAB")
    assert "You have handed in." in page(client, one(record, "score/"))
    assert client.get(one(record, "score/1/")).status_code == 302
    assert "All factors are answered." in sent(client, one(record, "score/take-back/"))


def test_before_the_reveal_no_page_shows_a_score_to_another(world, enter):
    record = opened(world)
    answers_all(world, record, "XAB", reason="A secret reason")
    for code in ("XAA", "XAC", "secretariat"):
        for after in ("", "factors/1/", "score/", "score/1/"):
            assert "A secret reason" not in page(enter(code), one(record, after))
    assert "has handed in" in page(enter(), one(record))
    assert "has handed in" not in page(enter("XAC"), one(record))
    page(enter(), one(record, "reveal/"), status=404)
    page(enter(), one(record, "document/"), status=404)


def test_the_owner_shows_the_scores_and_the_page_says_that_it_stays_so(world, enter):
    record = opened(world, panel=("XAA", "XAB"))
    for code in ("XAA", "XAB"):
        answers_all(world, record, code)
    assert "This cannot be undone." in page(enter(), one(record, "reveal/"))
    page(enter("XAB"), one(record, "reveal/"), status=404)
    text = sent(enter(), one(record, "reveal/"))
    assert "Crimes against humanity" in text
    assert "no more than chance" in text
    assert "How the levels are read" in text


def test_what_changed_stands_first(world, enter):
    first = shown(world, presences=(Presence.ABSENT, Presence.ABSENT), title="Earlier")
    conclude_assessment(by=desk(world), record=first, words="w")
    second = shown(world, title="Later")
    text = page(enter(), one(second))
    assert text.index("What changed since the last assessment?") < text.index(
        "What assessors see, crime by crime"
    )
    assert "from “Absent” to “Between present and strong”" in text


def test_both_rounds_stand_side_by_side(world, enter):
    record = shown(world)
    open_second_round(by=desk(world), record=record, closes_at=now() + timedelta(days=3))
    assert "You begin from what you said first" in page(enter("XAB"), one(record, "score/"))
    assert "What you said in the first round" in page(enter("XAB"), one(record, "score/3/"))
    take_over_first(by=desk(world), record=record)
    for code in ("XAA", "XAB"):
        hand_in(by=desk(world, code), record=record)
    reveal_scores(by=desk(world), record=record)
    text = page(enter(), one(record, "factors/3/"))
    assert text.index("First round") < text.index("Second round")
    assert "in the first round" in page(enter(), one(record))


def test_something_is_said_of_a_factor_and_a_minority_view_is_kept(world, enter):
    record = shown(world)
    assert "Look at the harbour." in sent(
        enter("XAB"), one(record, "factors/3/comment/"), words="Look at the harbour."
    )
    assert "write something" in sent(enter("XAB"), one(record, "comment/"), words=" ")
    text = sent(enter("XAB"), one(record, "minority-view/"), words="I see intent.")
    assert "I see intent." in text
    assert "N 1" not in text.split("Minority views")[1].split("The statistical outlook")[0]


def test_it_is_concluded_and_listed_with_its_levels(world, enter):
    record = shown(world)
    assert "What follows from the scores?" in page(enter(), one(record, "conclude/"))
    assert "Watch the strait." in sent(enter(), one(record, "conclude/"), words="Watch the strait.")
    assert sheet(world, record).stage is Stage.CONCLUDED
    assert "Genocide: Pronounced" in re.sub(r"\s+", " ", page(enter(), ROOM))
    page(enter(), one(record, "conclude/"), status=404)


@pytest.fixture
def outlook(world):
    make_outlook(world.regions["reef"])


def test_the_outlook_stands_beside_as_a_proxy_and_the_owner_says_why_they_differ(world, enter, outlook):
    record = shown(world)
    text = page(enter(), one(record))
    assert "A proxy:" in text
    assert "Why do they differ?" in text
    assert "Recorded late." in sent(enter(), one(record, "figures/"), words="Recorded late.")
    assert "Say why" not in page(enter("XAB"), one(record))
    page(enter("XAB"), one(record, "figures/"), status=404)
    explain_contrast(by=desk(world), record=record, words="And again.")
    assert len(sheet(world, record).notes) == 2


def test_it_is_printed_with_minority_views_and_both_signatures(world, enter):
    record = shown(world)
    keep_minority_view(by=desk(world, "XAB"), record=record, words="I see intent here.")
    answer = enter().get(one(record, "document/"))
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.content)) as packed:
        pdf = next(packed.read(name) for name in packed.namelist() if name.endswith(".pdf"))
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    document.close()
    assert "I see intent here." in text
    assert "our paraphrase" in text
    assert "Villages were burned." in text


def test_a_stranger_finds_none_of_it(world, enter):
    record = shown(world)
    client = enter("XBA")
    for after in (
        "",
        "edit/",
        "open/",
        "score/",
        "score/1/",
        "reveal/",
        "second/",
        "factors/1/",
        "conclude/",
    ):
        page(client, one(record, after), status=404)
    for after in ("comment/", "factors/1/comment/", "score/take-back/"):
        assert client.post(one(record, after), {"words": "x"}).status_code == 404


def test_an_unknown_factor_is_not_there(world, enter):
    record = shown(world)
    page(enter(), one(record, "factors/15/"), status=404)


def test_a_draft_is_not_there_for_its_assessors(world, enter):
    page(enter("XAB"), one(drafted(world)), status=404)


def test_the_list_asks_as_many_questions_whatever_there_is(world, enter, django_assert_max_num_queries):
    shown(world)
    client = enter()
    page(client, ROOM)
    for number in range(3):
        record = shown(world, title=f"More {number}")
        conclude_assessment(by=desk(world), record=record, words="w")
    with django_assert_max_num_queries(45):
        page(client, ROOM)


def test_the_frameworks_page_is_searched(world, enter):
    text = page(enter(), "/situation/framework/")
    assert "our paraphrase, not the wording of the United Nations" in text
    assert "37 of 143" in text
    found = page(enter(), "/situation/framework/?q=forced+transfer")
    assert "7.10" in found
    assert "9.1" not in found
    assert "Try one shorter word" in page(enter(), "/situation/framework/?q=zzzz")
