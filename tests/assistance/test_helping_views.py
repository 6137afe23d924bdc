"""Offering, deploying, judging and giving by pages alone, as both sides come by them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rtopnet.assistance.public import (
    Stage,
    deployment_sheet,
    deployments_listed,
    entries_kept,
    offers_for,
    request_sheet,
)
from rtopnet.kernel.clock import today
from rtopnet.sharing.rules import Role
from tests.assistance.helping import (
    accepted,
    circulated,
    deployed,
    offered,
    rostered,
    seen_by,
    state,
)
from tests.sharing.worlds import take_seat

pytestmark = pytest.mark.django_db
UNTIL = (today() + timedelta(days=40)).isoformat()
FROM = (today() + timedelta(days=10)).isoformat()


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def sent(client, path, **typed):
    answer = client.post(path, typed, follow=True)
    assert answer.status_code == 200, path
    text = answer.content.decode()
    assert "There is a problem" not in text, re.findall(r"error-message.*?</p>", text)
    return text


def entry_typed(world, **changes):
    return {
        "body": state(world, "XAB"),
        "aid": "experts",
        "post_title": "Adviser",
        "person": "The one who knows",
        "number": 1,
        "skills": ["legal-aid"],
        "level": 2,
        "other_levels": "witness-protection, 3, 2030-01-31",
        "languages": "en",
        "experience_years": 4,
        "periods": f"{today().isoformat()} to {UNTIL}",
        "clearances": "Security clearance, 2030-01-31",
    } | changes


def test_an_offer_is_made_from_the_roster_and_accepted(world, enter):
    record, [need] = circulated(world)
    theirs, ours = enter("XAB"), enter()
    sent(theirs, "/assistance/roster/new/", **entry_typed(world))
    assert "Adviser" in page(theirs, "/assistance/roster/?q=witness")
    [entry] = seen_by(world, "XAB", entries_kept)
    form = page(theirs, f"/assistance/requests/{record}/offer/")
    assert "The one who knows" in form
    assert "Has the skills: " in form
    assert f'value="{UNTIL}"' in form
    line = {
        f"need-{need}-{name}": value
        for name, value in {
            "aid": "training",
            "number": 1,
            "starts_on": FROM,
            "ends_on": UNTIL,
            "entries": [str(entry.id)],
            "words": "Gladly.",
        }.items()
    }
    text = sent(
        theirs, f"/assistance/requests/{record}/offer/", body=state(world, "XAB"), valid_until=UNTIL, **line
    )
    assert "State XAA alone will be able to read" in text
    [offer] = seen_by(world, "XAB", offers_for, record)
    sent(theirs, f"/assistance/offers/{offer.id}/check/")
    assert "2 offers" not in page(ours, "/assistance/")
    compare = page(ours, f"/assistance/requests/{record}/offers/")
    assert "State XAB" in compare
    assert "Adviser" in compare
    assert "The one who knows" not in compare
    found = seen_by(world, "XAA", offers_for, record)[0]
    typed = {f"line-{line.id}": line.number for line in found.lines}
    assert "Answered" in sent(ours, f"/assistance/offers/{offer.id}/answer/", **typed)
    assert "accepted" in page(theirs, f"/assistance/offers/{offer.id}/")


def test_a_deployment_runs_from_consent_to_lesson(world, enter):
    record, needs = circulated(world)
    expert = take_seat(world, Role.CONTRIBUTOR, "XAB").account
    entry = rostered(world, account=expert)
    line = accepted(world, offered(world, record, needs[0], entry=entry, number=1))
    ours, theirs, own = enter(), enter("XAB"), enter(account=expert)
    text = sent(
        ours,
        f"/assistance/requests/{record}/deploy/",
        lines=[str(line)],
        title="Advisers",
        terms="Advise.",
        starts_on=today().isoformat(),
        ends_on=UNTIL,
    )
    assert "State XAB will be able to read this deployment" in text
    work = seen_by(world, "XAA", lambda: deployments_listed(request=record))[0].id
    here = f"/assistance/deployments/{work}/"
    sent(ours, f"{here}check/")
    sent(theirs, f"{here}step/", ask=str(entry))
    [sent_one] = seen_by(world, "XAB", deployment_sheet, work).participants
    consent = f"/assistance/consents/{sent_one.asked}/"
    assert "Do you agree" in page(own, consent)
    assert "asks whether you agree" in page(own, "/")
    sent(own, consent, given="1")
    sent(theirs, f"{here}step/", confirm=str(sent_one.id))
    sent(theirs, f"{here}step/", duty="insurance", body=state(world, "XAB"))
    sent(ours, f"{here}step/", begin="1")
    assert "Under way" in page(ours, here)
    report = {"happened_on": today().isoformat(), "words": "All is well."}
    sent(theirs, f"{here}report/{state(world, 'XAB')}/", **report)
    assert "All is well." in sent(ours, f"{here}end/", words="Over.")
    sent(ours, f"/assistance/requests/{record}/complete/")
    marks = {"as_agreed": 5, "fit_to_need": 5, "conduct": 4}
    sent(ours, f"{here}appraise/{state(world)}/{state(world, 'XAB')}/", **marks)
    sent(theirs, f"{here}appraise/{state(world, 'XAB')}/{state(world)}/", **marks)
    assert "Appraised" in page(ours, f"/assistance/requests/{record}/")
    assert seen_by(world, "XAA", request_sheet, record).stage is Stage.APPRAISED
    lesson_page = f"{here}lesson/{state(world)}/{state(world, 'XAB')}/"
    assert "has not answered yet" in sent(ours, lesson_page, title="Begin early", words="It helps.")
    lesson = re.search(r"/assistance/lessons/[0-9a-f-]+/", page(theirs, here))[0]
    sent(theirs, lesson, agree="1")
    sent(ours, lesson)
    assert "Begin early" in page(enter("XAC"), lesson)


def test_an_expert_reads_and_corrects_their_entry_and_the_keeper_forgets_it(world, enter):
    expert = take_seat(world, Role.CONTRIBUTOR, "XAB").account
    entry = rostered(world, account=expert)
    own, keeper, here = enter(account=expert), enter("XAB"), f"/assistance/roster/{entry}/"
    assert "What is kept about you" in page(own, "/assistance/roster/")
    assert "The one who knows" in page(own, here)
    sent(own, f"{here}correct/", words="My name is another.")
    asked = re.search(r"/assistance/corrections/[0-9a-f-]+/", page(keeper, here))[0]
    sent(keeper, f"{here}edit/", **entry_typed(world, person="Another", account=str(expert)))
    sent(keeper, asked, taken_over="1", words="Thank you.")
    assert "Thank you." in page(own, here)
    sent(own, f"{here}correct/", forget="1")
    sent(keeper, f"{here}forget/")
    page(own, here, status=404)
    page(keeper, here, status=404)


def test_money_is_given_by_pages(world, enter):
    record, _ = circulated(world)
    theirs = enter("XAB")
    given = {"flow": "pledged", "amount": "100", "currency": "usd", "value_on": today().isoformat()}
    text = sent(
        theirs,
        f"/assistance/requests/{record}/contribute/",
        body=state(world, "XAB"),
        title="For witnesses",
        marking=2,
        **given,
    )
    assert "A step further" in text
    here = re.search(r"/assistance/contributions/[0-9a-f-]+/", page(enter(), "/assistance/contributions/"))[0]
    sent(theirs, here, **(given | {"flow": "committed"}))
    ours = page(enter(), here)
    assert "Committed" in ours
    assert "A step further" not in ours
    page(enter("XAC"), here, status=404)


@pytest.mark.parametrize(
    "path", ["", "requests/", "offers/", "roster/", "deployments/", "contributions/", "roster/new/"]
)
def test_empty_pages_say_what_will_be_here(world, enter, path):
    page(enter(), f"/assistance/{path}")


@pytest.mark.parametrize("path", ["", "requests/", "offers/", "roster/", "deployments/", "contributions/"])
def test_pages_ask_no_more_of_the_database_the_more_there_is(
    world, enter, path, django_assert_max_num_queries
):
    def fill():
        record, needs = circulated(world)
        entry = rostered(world)
        line = accepted(world, offered(world, record, needs[0], entry=entry, number=1))
        offered(world, record, needs[0], code="XAC")
        deployed(world, record, [line])

    client = enter("XAB")
    fill()
    page(client, f"/assistance/{path}")
    with CaptureQueriesContext(connection) as before:
        page(client, f"/assistance/{path}")
    fill()
    with django_assert_max_num_queries(len(before) + 1):
        page(client, f"/assistance/{path}")


def test_who_holds_no_desk_is_offered_nothing_that_would_be_refused(world, enter):
    record, _ = circulated(world)
    contributor = take_seat(world, Role.CONTRIBUTOR, "XAB").account
    text = page(enter(account=contributor), f"/assistance/requests/{record}/")
    assert "See what of yours fits" not in text
    page(enter(account=contributor), f"/assistance/requests/{record}/offer/", status=403)
