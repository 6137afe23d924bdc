"""The network's pages as their readers get them."""

import re
from datetime import timedelta

import pytest

from rtopnet.kernel import clock
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Drill, Handover, Post, PostContact
from tests.network.offices import holder_of, make_offices

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<[a-z][^>]*\s(style|on[a-z]+)=|<style", re.IGNORECASE)


@pytest.fixture
def offices():
    return make_offices(zone="Asia/Tokyo")


@pytest.fixture
def as_(client, offices):
    def sign_in(name):
        client.force_login(offices.accounts[name])
        return client

    return sign_in


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def address(offices, post, rest=""):
    return f"/network/posts/{offices.posts[post].pk}/{rest}"


CONTACT = {
    "phone": "+1 555",
    "email": "desk@example.org",
    "time_zone": "Asia/Tokyo",
    "languages": ["km"],
    "opens_0": "08:00",
    "closes_0": "17:00",
}


@pytest.mark.parametrize("name", ["xaa", "deputy", "contributor", "office", "xab"])
def test_every_page_opens_for_whom_it_is(as_, offices, name):
    client = as_(name)
    pages = ["/network/", "/network/readiness/", address(offices, "xaa"), address(offices, name)]
    pages += [address(offices, name, rest) for rest in ("contact/", "hand-over/", "card.vcf")]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert not INLINE.search(response.content.decode())


def test_what_is_not_one_s_own_is_as_if_absent(as_, offices):
    client = as_("contributor")
    elsewhere = make_offices("ridge")
    pages = [address(offices, "xaa", rest) for rest in ("contact/", "hand-over/", "retire/")]
    pages += [address(elsewhere, "xaa", rest) for rest in ("", "contact/", "card.vcf")]
    for page in (*pages, "/network/posts/new/", "/network/drills/new/"):
        assert client.get(page).status_code == 404, page
    assert client.post(address(offices, "contributor", "powers/")).status_code == 404


def test_the_directory_narrows_and_says_when_nobody_fits(as_):
    client = as_("xab")
    assert "The deputy" in words(client.get("/network/?words=deputy"))
    assert "Focal point of XAA" not in words(client.get("/network/?words=deputy"))
    assert "Nobody fits" in words(client.get("/network/?words=nobody"))


def test_contact_is_kept_confirmed_and_shown(as_, offices):
    client = as_("xaa")
    assert client.post(address(offices, "xaa", "contact/"), CONTACT).status_code == 302
    page = words(client.get(address(offices, "xaa")))
    for said in ("+1 555", "desk@example.org", "Khmer", "Mon 08:00\N{EN DASH}17:00"):
        assert said in page
    assert "(Asia/Tokyo)" in words(client.get("/network/"))
    assert "Please confirm" not in words(client.get("/network/readiness/"))


def test_a_wrong_contact_keeps_what_was_typed(as_, offices):
    client = as_("xaa")
    wrong = CONTACT | {"closes_0": "", "email": "no address", "note": "Knock twice"}
    page = client.post(address(offices, "xaa", "contact/"), wrong)
    assert "Give both hours of a day, or none." in words(page)
    assert "Knock twice" in page.content.decode()
    assert 'value="08:00"' in page.content.decode()
    with acting_for(Capacity.INSTALLATION):
        assert not PostContact.objects.exists()


def hand_over(client, offices, **more):
    form = {"to": str(offices.accounts["deputy"].pk), "when": "later", "time_zone": "Asia/Tokyo"} | more
    return client.post(address(offices, "xaa", "hand-over/"), form)


def test_a_post_is_handed_over_in_two_steps_and_cancelled(as_, offices):
    client = as_("xaa")
    hour = {"day": "2099-03-01", "hour": "09:00", "note": "The keys are in the drawer."}
    checked = words(hand_over(client, offices, **hour))
    for said in ("The deputy takes over on 1 March 2099, 09:00", "State XAA", "holds no other post"):
        assert said in checked
    assert holder_of(offices.posts["xaa"]) == ["Focal point of XAA"]
    hand_over(client, offices, **hour, confirmed="yes")
    page = words(client.get(address(offices, "xaa")))
    assert "The deputy takes over on 1 March 2099, 09:00" in page
    assert client.get(address(offices, "xaa", "hand-over/")).status_code == 302
    with acting_as(offices.accounts["xaa"].pk):
        handover = Handover.objects.get()
    assert f"{handover.at:%Y-%m-%d %H:%M}" == "2099-03-01 00:00"
    client.post(f"/network/hand-overs/{handover.pk}/cancel/")
    assert "takes over" not in words(client.get(address(offices, "xaa")))


def test_after_handing_over_now_the_old_holder_s_session_reads_nothing(as_, offices):
    client = as_("xaa")
    answer = hand_over(client, offices, when="now", confirmed="yes")
    assert answer.status_code == 302
    for page in ("/", "/network/", address(offices, "xaa"), "/states/XAA/", "/no/such/page/"):
        response = client.get(page)
        assert response.status_code == 403
        assert "You hold no post now" in words(response)
        assert "XAA" not in response.content.decode().replace(page, "")
    assert client.post("/accounts/logout/").status_code == 302


def test_an_hour_that_has_passed_or_is_missing_is_refused_by_the_form(as_, offices):
    client = as_("xaa")
    assert "That hour has passed there" in words(hand_over(client, offices, day="2020-01-01", hour="09:00"))
    assert "Say at which hour" in words(hand_over(client, offices))
    with acting_as(offices.accounts["xaa"].pk):
        assert not Handover.objects.exists()


def test_a_desk_makes_limits_and_retires_a_post(as_, offices):
    client = as_("xaa")
    state = offices.posts["xaa"].state_id
    made = client.post("/network/posts/new/", {"making": f"contributor-{state}", "title": "Field reporter"})
    page = made.headers["Location"]
    assert "Nobody holds this post" in words(client.get(page))
    client.post(f"{page}powers/", {"drafts": "on"})
    with acting_for(Capacity.INSTALLATION):
        row = Post.objects.get(titles={"en": "Field reporter"})
    assert (row.reads_space, row.drafts) == (False, True)
    assert client.get(f"{page}retire/").status_code == 200
    client.post(f"{page}retire/")
    assert client.get(page).status_code == 404


def test_a_drill_is_started_answered_and_seen(as_, offices):
    office = as_("office")
    started = office.post(
        "/network/drills/new/", {"title": "Spring", "lasts": "60", "when": "now", "message": ""}
    )
    page = started.headers["Location"]
    client = as_("xab")
    assert "A drill asks whether you are there: Spring" in words(client.get("/network/readiness/"))
    client.post(page)
    assert "A drill asks" not in words(client.get("/network/readiness/"))
    from rtopnet.network.public import close_ended_drills

    with clock.clock_at(clock.now() + timedelta(hours=2)):
        close_ended_drills()
    assert "1 of 2 states answered" in words(client.get(page))
    assert "1 of 2" in words(client.get("/network/readiness/"))


def test_a_planned_drill_is_called_off(as_, offices):
    office = as_("office")
    plan = {"title": "Autumn", "lasts": "60", "when": "later", "day": "2099-01-01", "hour": "09:00"}
    page = office.post("/network/drills/new/", plan).headers["Location"]
    assert as_("xab").get(page).status_code == 404
    office = as_("office")
    assert "Planned for 1 January 2099" in words(office.get(page))
    office.post(f"{page}call-off/")
    with acting_for(Capacity.INSTALLATION):
        assert Drill.objects.get().called_off_at is not None
