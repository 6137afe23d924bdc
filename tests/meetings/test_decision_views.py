"""Pages of proposals: who sees what, what the buttons do, and how many questions the database is asked."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from rtopnet.audit.public import record_deed
from rtopnet.config.verify import verify
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.clock import today
from rtopnet.meetings.public import (
    add_statement,
    adopt_due,
    break_silence,
    join_with_reservation,
    proposal_page,
    stay_silent,
)
from rtopnet.network.models import Account, StateCalendar
from rtopnet.sharing.public import RecordHeldError
from tests.meetings.circles import circle_of, circulate, desk, draft, in_silence, let_pass, make_circle_world
from tests.sharing.attaching import arrive, attach_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_circle_world()


def client_of(world, code):
    with acting_for(Capacity.SIGN_IN):
        account = Account.objects.get(pk=desk(world, code))
    client = Client()
    client.force_login(account, backend="rtopnet.network.authentication.AccountBackend")
    return client


def url(name, record):
    return reverse(f"meetings_{name}", args=[record])


def read(answer):
    return answer.content.decode()


def test_the_front_page_leads_to_what_is_in_silence(world):
    record, _procedure = in_silence(world)
    body = read(client_of(world, "XAB").get(reverse("meetings_home")))
    assert url("proposal", record) in body
    assert "of State XAA, until" in body


def test_a_proposal_is_drafted_circulated_and_seen_in_names_before(world):
    client = client_of(world, "XAA")
    typed = {"owner": str(world.states["XAA"].pk), "title": "On drills", "body": "Twice a year."}
    made = client.post(reverse("meetings_proposal_new"), typed)
    page = client.get(made.url)
    assert "On drills" in read(page)
    record = made.url.rstrip("/").rsplit("/", 1)[1]
    wanted = {
        "reach": "network",
        "chair": str(world.bodies["secretariat"].pk),
        "day": (today() + timedelta(days=14)).isoformat(),
        "hour": "24",
    }
    summary = read(client.post(url("circulate", record), wanted))
    assert "State XAC" in summary
    assert "Harbour" in summary
    assert client_of(world, "XAB").get(url("proposal", record)).status_code == 404
    done = client.post(url("circulate", record), wanted | {"confirmed": "1"})
    assert done.url == url("proposal", record)
    seen = read(client_of(world, "XAB").get(url("proposal", record)))
    assert "Twice a year." in seen
    assert "Break the silence" in seen


def test_too_little_time_is_refused_with_what_was_typed(world):
    client, record = client_of(world, "XAA"), draft(world)
    wanted = {
        "reach": "some",
        "states": [str(world.states["XAB"].pk)],
        "chair": str(world.bodies["secretariat"].pk),
        "day": today().isoformat(),
        "hour": "17",
    }
    answer = read(client.post(url("circulate", record), wanted))
    assert "at least 72 hours" in answer
    assert f'value="{today().isoformat()}"' in answer


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("break", "We cannot agree to the second paragraph."),
        ("more_time", "Our ministry meets next week."),
        ("reservation", "As our law allows."),
        ("comment", "A comma is missing."),
    ],
)
def test_a_state_acts_on_a_page_that_says_what_follows(world, name, words):
    record, _procedure = in_silence(world)
    client = client_of(world, "XAB")
    assert "all who " in read(client.get(url(name, record))).lower()
    done = client.post(url(name, record), {"words": words})
    assert done.url == url("proposal", record)
    assert words in read(client_of(world, "XAC").get(url("proposal", record)))


def test_a_break_without_a_reason_is_asked_for_it(world):
    record, _procedure = in_silence(world)
    answer = client_of(world, "XAB").post(url("break", record), {"words": ""})
    assert "There is a problem" in read(answer)


def test_an_act_meant_for_an_earlier_round_is_refused(world):
    record, procedure = in_silence(world)
    break_silence(by=desk(world, "XAC"), procedure=procedure, reason="No.")
    answer = client_of(world, "XAB").post(url("break", record), {"words": "No.", "round": str(procedure)})
    assert "The silence is over" in read(answer)


def test_no_page_offers_what_it_would_refuse(world):
    record, _procedure = in_silence(world)
    chair = read(client_of(world, "secretariat").get(url("proposal", record)))
    assert "Break the silence" not in chair
    assert client_of(world, "secretariat").get(url("break", record)).status_code == 403
    own = read(client_of(world, "XAA").get(url("proposal", record)))
    assert "Take it out of silence" in own
    assert "Break the silence" not in own
    let_pass(record, days=30)
    assert "Break the silence" not in read(client_of(world, "XAB").get(url("proposal", record)))


def test_the_records_own_page_offers_no_change_while_it_is_held(world):
    record, _procedure = in_silence(world)
    client = client_of(world, "XAA")
    body = read(client.get(reverse("records_record", args=[record])))
    assert "It is in silence" in body
    assert reverse("records_recall", args=[record]) not in body
    for name in ("records_recall", "records_withdraw", "records_share", "records_edit"):
        assert client.post(reverse(name, args=[record])).status_code == 403


def test_staying_silent_is_noted_and_taken_back(world):
    record, _procedure = in_silence(world)
    client = client_of(world, "XAB")
    assert "remind us no more" in read(client.get(url("proposal", record)))
    client.post(url("silent", record))
    assert "Only your state" in read(client.get(url("proposal", record)))
    client.post(url("silent", record), {"look_again": "1"})
    assert "remind us no more" in read(client.get(url("proposal", record)))


def test_the_chair_adds_its_statement(world):
    record, _procedure = in_silence(world)
    let_pass(record, days=30)
    adopt_due()
    client = client_of(world, "secretariat")
    assert client.post(url("statement", record), {"words": "Thanks to all."}).status_code == 302
    assert "Thanks to all." in read(client_of(world, "XAC").get(url("proposal", record)))
    assert client.get(url("statement", record)).status_code == 403


def test_an_outsider_finds_nothing(world):
    record = draft(world)
    circulate(world, record, circle=circle_of(world, "XAB"))
    client = client_of(world, "XAC")
    for name in ("proposal", "break", "circulate", "proposal_write", "comment", "statement"):
        assert client.get(url(name, record)).status_code == 404
    for show in ("silence", "drafts", "adopted"):
        assert "A programme" not in read(client.get(reverse("meetings_decisions"), {"show": show}))


def test_who_stays_silent_is_said_nowhere(world):
    record, procedure = in_silence(world)
    stay_silent(by=desk(world, "XAB"), procedure=procedure)
    for code in ("XAA", "XAC", "secretariat"):
        before = read(client_of(world, code).get(url("proposal", record)))
        assert "stays silent" not in before
    with acting_as(desk(world, "XAC")):
        assert not proposal_page(record).round.acts


@pytest.mark.parametrize("show", ["silence", "drafts", "adopted"])
def test_a_list_asks_as_many_questions_whatever_it_holds(world, show, django_assert_max_num_queries):
    for _number in range(4):
        record = draft(world)
        if show != "drafts":
            circulate(world, record)
        if show == "adopted":
            let_pass(record, days=30)
    adopt_due()
    client = client_of(world, "XAA")
    client.get(reverse("meetings_decisions"), {"show": show})
    with django_assert_max_num_queries(30):
        body = read(client.get(reverse("meetings_decisions"), {"show": show}))
    assert body.count("A programme") == 4


def taken_out(world, record, code="XAB", language="en"):
    client = client_of(world, code)
    answer = client.get(url("decision_document", record), {"language": language})
    assert answer["Content-Type"] == "application/zip"
    packed = ZipFile(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    name = next(one for one in packed.namelist() if one.endswith(".pdf"))
    return name, packed.read(name), packed.read(f"{name}.sig.json")


def text_of(pdf):
    opened = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    return " ".join(text.split())


def test_the_decision_is_a_signed_document_with_what_was_said_and_no_list_of_the_silent(world, tmp_path):
    record, procedure = in_silence(world)
    join_with_reservation(by=desk(world, "XAB"), procedure=procedure, words="As our law allows.")
    let_pass(record, days=30)
    assert client_of(world, "XAB").get(url("decision_document", record)).url == url("proposal", record)
    adopt_due()
    add_statement(by=desk(world, "secretariat"), procedure=procedure, words="The network thanks all.")
    name, pdf, signature = taken_out(world, record)
    text = text_of(pdf)
    year = str(today().year)
    for words in ("REEF/", year, "Reservation of State XAB", "As our law allows.", "The network thanks all."):
        assert words in text
    assert "State XAC" not in text
    (tmp_path / name).write_bytes(pdf)
    (tmp_path / f"{name}.sig.json").write_bytes(signature)
    assert verify([str(tmp_path / name)]) == 0
    (tmp_path / name).write_bytes(pdf + b"\n")
    assert verify([str(tmp_path / name)]) == 1


def test_there_is_no_document_of_what_is_not_adopted(world):
    record, _procedure = in_silence(world)
    assert client_of(world, "XAB").get(url("decision_document", record)).status_code == 403


def test_the_last_day_moves_off_a_holiday_and_the_page_says_whose(world):
    day = today() + timedelta(days=14)
    while day.weekday() > 3:
        day += timedelta(days=1)
    with acting_for(Capacity.INSTALLATION):
        StateCalendar.objects.create(
            region=world.regions["reef"],
            state=world.states["XAB"],
            rest_days=[5, 6],
            holidays={day.isoformat(): {"en": "Quay day"}},
            source="Invented",
            as_of=today(),
        )
        record_deed(verb="loaded", kind="network.region", subject=world.regions["reef"].pk)
    wanted = {
        "reach": "network",
        "chair": str(world.bodies["secretariat"].pk),
        "day": day.isoformat(),
        "hour": "17",
    }
    client, record = client_of(world, "XAA"), draft(world)
    summary = read(client.post(url("circulate", record), wanted))
    assert "is Quay day in State XAB" in summary
    assert "Invented, as of" in summary
    assert "No holidays of that year are known for State XAA, State XAC" in summary
    client.post(url("circulate", record), wanted | {"confirmed": "1"})
    with acting_as(desk(world, "XAC")):
        assert proposal_page(record).round.last_day == day + timedelta(days=1)


def test_no_file_is_added_to_or_removed_from_what_is_in_silence(world, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    record = draft(world)
    attached = attach_file(by=desk(world, "XAA"), record=record, arrived=arrive(b"w", "annex.txt"))
    circulate(world, record)
    client = client_of(world, "XAA")
    body = read(client.get(reverse("records_record", args=[record])))
    assert "annex.txt" in body
    remove = reverse("records_file_remove", args=[attached])
    assert remove not in body
    assert client.post(remove).status_code == 403
    with pytest.raises(RecordHeldError):
        attach_file(by=desk(world, "XAA"), record=record, arrived=arrive(b"w", "more.txt"))


def test_the_document_is_in_the_language_asked_for(world):
    record, procedure = in_silence(world)
    join_with_reservation(by=desk(world, "XAB"), procedure=procedure, words="As our law allows.")
    let_pass(record, days=30)
    adopt_due()
    _name, pdf, _signature = taken_out(world, record, language="lo")
    assert "ຂໍ້ສະຫງວນຂອງ" in text_of(pdf)
    _name, pdf, _signature = taken_out(world, record, language="xx")
    assert "Reservation of State XAB" in text_of(pdf)
