"""Pages of evidence: what a person finds, writes and is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from rtopnet.kernel.clock import today
from rtopnet.sharing.public import Marking, Terms, Words, draft_record
from rtopnet.warning.evidence.public import Graded, RabatPart, grade_speech, reports_in_sight
from tests.warning.evidence.helping import desk, drafted, seen_by, shared, speech, state

pytestmark = pytest.mark.django_db
LIST, NEW = "/situation/reports/", "/situation/reports/new/"
DAY = (today() - timedelta(days=1)).isoformat()


def typed(world, **changes):
    said = {
        "kind": "incident_report",
        "title": "Stalls burned",
        "act": "destruction",
        "occurred_from": DAY,
        "time_precision": "day",
        "state": "XAB",
        "place_precision": "state",
        "body": "Twelve stalls.",
        "target_ground": "ethnic",
        "actor_kind": "unknown",
        "killed_best": "2",
        "source": "A trader",
        "exact_place": "North gate",
        "latitude": "12.5",
        "longitude": "-140",
        "owner": str(state(world)),
        "marking": str(Marking.AMBER.value),
        "sent_as": str(uuid4()),
    }
    return said | changes


def text(answer):
    return answer.content.decode()


def test_a_report_is_written_and_read_again(world, enter):
    client = enter()
    answer = client.post(NEW, typed(world), follow=True)
    page = text(answer)
    assert answer.redirect_chain[0][0].startswith(LIST)
    for words in (
        "Stalls burned",
        "A trader",
        "North gate",
        "12.500000, -140.000000",
        "Killed: 2, at least 0",
    ):
        assert words in page


def test_what_is_typed_wrongly_is_named_and_kept(world, enter):
    wrong = typed(world, occurred_from="2999-01-01", region="Nowhere", latitude="1,5", act="")
    page = text(enter().post(NEW, wrong))
    assert "It must not lie ahead" not in page  # first what cannot be read, then what cannot be so
    assert "No such first-level region" in page
    assert "Write degrees with a point" in page
    assert "Twelve stalls." in page
    ahead = text(enter().post(NEW, typed(world, occurred_from="2999-01-01")))
    assert "It must not lie ahead" in ahead


def test_sending_twice_makes_one_report(world, enter):
    client, once = enter(), typed(world)
    first, second = client.post(NEW, once), client.post(NEW, once)
    assert first.url == second.url
    assert len(seen_by(world, "XAA", reports_in_sight).reports) == 1


def test_whoever_drafts_nothing_is_offered_no_form(world, enter):
    client = enter("XAA", account=next(iter(world.readers)))
    assert client.get(NEW).status_code in {200, 403}


def test_a_draft_is_absent_for_others_and_shared_facts_are_there(world, enter):
    record = drafted(world)
    page = f"{LIST}{record}/"
    assert enter("XAB").get(page).status_code == 404
    shared(world, record)
    shown = text(enter("XAB").get(page))
    assert "Attack at the harbour" in shown
    assert "nurse" not in shown
    assert "98.765" not in shown


@pytest.mark.parametrize("tail", ["edit/", "grade/", "custody/", "threshold/"])
def test_pages_of_the_owner_are_absent_for_readers(world, enter, tail):
    record = shared(world, speech(world))
    assert enter("XAB").get(f"{LIST}{record}/{tail}").status_code == 404
    assert enter("XAA").get(f"{LIST}{record}/{tail}").status_code == 200


def test_it_is_saved_as_one_types(world, enter):
    client = enter()
    record = drafted(world)
    page = client.get(f"{LIST}{record}/edit/")
    initial = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    saved = client.post(f"{LIST}{record}/edit/", initial | {"title": "Anew", "autosave": "1"}).json()
    assert saved["saved"] is True
    stale = client.post(f"{LIST}{record}/edit/", initial | {"title": "Late", "autosave": "1"})
    assert stale.status_code == 409
    incomplete = client.post(f"{LIST}{record}/edit/", {"autosave": "1"})
    assert incomplete.status_code == 422


def test_the_list_is_narrowed_and_costs_few_questions(world, enter, django_assert_max_num_queries):
    for number in range(6):
        shared(world, drafted(world, title=f"Report {number}"))
    client = enter("XAB")
    client.get(LIST)
    with django_assert_max_num_queries(32):
        page = text(client.get(LIST))
    assert page.count("Report ") >= 6
    assert "No report that you may read fits" in text(client.get(LIST, {"act": "detention"}))
    assert "Report 1" in text(client.get(LIST, {"act": "killing", "state": "XAB", "whose": "shared"}))


def test_a_speech_is_shown_beside_its_translation_with_what_follows(world, enter):
    record = speech(world)
    every = {part: Graded(2, "Shown.") for part in RabatPart}
    grade_speech(by=desk(world), record=record, grades=every)
    page = text(enter().get(f"{LIST}{record}/"))
    assert "Chassez-les du quai" in page
    assert "Drive them from the quay" in page
    assert "The threshold is reached" in page


def test_grades_of_a_speech_need_reasons(world, enter):
    record, client = speech(world), enter()
    page = text(client.post(f"{LIST}{record}/threshold/", {"intent_grade": "2"}))
    assert "Say why, so that others can follow it." in page
    good = {"intent_grade": "2", "intent_reason": "Said three times."}
    assert client.post(f"{LIST}{record}/threshold/", good).status_code == 302


def test_incitement_is_reported_by_its_own_form(world, enter):
    said = {"original": "Chassez-les", "channel": "Radio", "speaker_role": "Councillor", "language": "fr"}
    answer = enter().post(f"{LIST}incitement/new/", typed(world, act="", **said), follow=True)
    assert "Chassez-les" in text(answer)
    assert "Incitement" in text(answer)


def test_a_record_written_by_hand_as_a_report_still_opens(world, enter):
    record = draft_record(
        by=desk(world),
        terms=Terms("situation_report", Marking.AMBER),
        words=Words("By hand", "Seen."),
        state=state(world),
    )
    client = enter()
    assert client.get(f"{LIST}{record}/").url == f"/records/{record}/"
    page = text(client.get(f"/records/{record}/"))
    assert "By hand" in page
    assert "Open its own page" not in page
    assert enter("XAB").get(f"{LIST}{record}/").status_code == 404


def test_a_step_of_custody_is_added_by_hand(world, enter):
    record, client = drafted(world), enter()
    page = client.post(
        f"{LIST}{record}/custody/", {"what": "collected", "holder": "Registry of the court"}, follow=True
    )
    assert "Registry of the court" in text(page)
