import pytest
from django.core import mail
from django.test import Client

from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import Account, Notice, PushSubscription
from rtopnet.network.notice_rules import Rhythm
from rtopnet.network.public import deliver_due_notices, known_kinds, notice_choices, unread_notice_count
from tests.factories import make_account, make_region
from tests.network.noticing import PLAIN, tell
from tests.network.push_services import Browser

pytestmark = pytest.mark.django_db

CHOICES = "/notices/choices/"


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def reader(region):
    return make_account(region)


@pytest.fixture
def site(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def notice(reader, papers):
    tell(reader, paper=papers.add("Weir & Co", reader))
    with acting_as(reader.pk):
        return Notice.objects.get()


def text(answer):
    return answer.content.decode()


def unread(account):
    with acting_as(account.pk):
        return unread_notice_count()


def chosen(account):
    with acting_as(account.pk):
        return notice_choices(account=Account.objects.get(pk=account.pk))


@pytest.mark.parametrize("address", ["/notices/", "/notices/count/", CHOICES])
def test_strangers_are_asked_to_sign_in(client, address):
    assert client.get(address).headers["Location"].startswith("/accounts/login/")


def test_the_page_and_every_head_show_what_is_unread(site, notice):
    page = text(site.get("/notices/"))
    assert "1 notice is unread" in page
    assert "somebody sent you Weir &amp; Co" in page
    assert ">1</span>" in text(site.get("/"))
    assert ">1</span>" in text(site.get("/notices/count/"))


def test_an_empty_page_says_what_will_be_here(site):
    assert "What concerns you will stand here" in text(site.get("/notices/"))
    assert text(site.get("/notices/count/")).strip() == ""


def test_opening_a_notice_reads_it(site, reader, notice):
    assert site.get(f"/notices/{notice.pk}/").headers["Location"] == "/notices/"
    assert unread(reader) == 0


def test_reading_and_putting_away_can_be_undone(site, reader, notice):
    site.post("/notices/read/")
    assert unread(reader) == 0
    page = site.get("/notices/")
    site.post("/notices/undo/", {"token": page.context["undo"]})
    assert unread(reader) == 1
    assert "Undo" not in text(site.get("/notices/")), "offered once"
    site.post(f"/notices/{notice.pk}/clear/", {"kind": PLAIN.key})
    page = site.get("/notices/")
    assert "Weir" not in text(page)
    site.post("/notices/undo/", {"token": page.context["undo"]})
    assert "Weir" in text(site.get("/notices/"))
    site.post(f"/notices/{notice.pk}/read/")
    assert unread(reader) == 0


def test_another_s_notice_is_as_one_that_never_was(region, client, notice):
    client.force_login(make_account(region, "XAB"))
    never = "/notices/00000000-0000-4000-8000-000000000000/"
    for address in (f"/notices/{notice.pk}/", never):
        assert client.get(address).status_code == 404
        for deed in ("read/", "clear/"):
            assert client.post(address + deed).headers["Location"] == "/notices/"
    assert "Undo" not in text(client.get("/notices/"))
    with acting_for(Capacity.INSTALLATION):
        row = Notice.objects.get()
    assert (row.read_at, row.cleared_at) == (None, None)


def test_pages_and_kinds_narrow_the_list(site, reader, papers):
    for number in range(21):
        tell(reader, paper=papers.add(f"Paper {number}.", reader))
    assert "Paper 20." in text(site.get("/notices/?kind=test.plain"))
    second = text(site.get("/notices/?kind=test.plain&page=2"))
    assert "Paper 0." in second
    assert "Paper 20." not in second
    assert "?kind=test.plain&amp;page=1" in second
    for odd in ("kind=nope", "page=-1", "page=²", "page=999999999999999999999", "kind=%00"):
        assert site.get(f"/notices/?{odd}").status_code == 200


def habits(**more):
    plain = {"rhythm": "at_once", "digest_hour": "8", "digest_weekday": "0"}
    return plain | more


def test_choosing_when(site, reader):
    given = habits(rhythm="weekly", digest_weekday="4", quiet_from="22:00", quiet_until="06:30")
    page = site.post(CHOICES, given | {"time_zone": "Asia/Tokyo", "urgent_passes": "on"}, follow=True)
    assert "have been saved" in text(page)
    kept = chosen(reader)
    assert (kept.habits.rhythm, kept.habits.digest_weekday, kept.habits.zone) == (
        Rhythm.WEEKLY,
        4,
        "Asia/Tokyo",
    )
    assert (kept.habits.quiet_from.hour, kept.habits.quiet_until.minute) == (22, 30)
    assert kept.habits.urgent_passes
    assert '<option value="Asia/Tokyo" selected>' in text(page)
    assert '<option value="22:00" selected>' in text(page)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"quiet_from": "22:00"}, "Say until when"),
        ({"quiet_until": "22:00"}, "Say from when"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "Choose another end"),
        ({"time_zone": "Mars/Base"}, "Select a valid choice"),
        ({"rhythm": "often"}, "Select a valid choice"),
        ({"digest_hour": "25"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_chosen_stays(site, reader, given, complaint):
    page = text(site.post(CHOICES, habits(digest_weekday="3") | given))
    assert complaint in page
    assert '<option value="3" selected>' in page
    assert chosen(reader).habits.rhythm is Rhythm.AT_ONCE


def test_choosing_what(site, reader, papers):
    wanted = {f"mail:{kind.key}": "on" for kind in known_kinds() if kind.key != PLAIN.key}
    site.post("/notices/choices/kinds/", wanted)
    kinds = {kind.key: kind for kind in chosen(reader).kinds}
    assert (kinds["test.urgent"].mail, kinds["test.urgent"].push) == (True, False)
    assert not kinds[PLAIN.key].mail
    assert 'name="mail:test.urgent" checked' in text(site.get(CHOICES))


def test_a_trial_arrives_by_mail_and_not_twice_a_minute(site, reader):
    assert "on its way" in text(site.post(f"{CHOICES}trial/", follow=True))
    assert "less than a minute ago" in text(site.post(f"{CHOICES}trial/", follow=True))
    assert unread(reader) == 1
    deliver_due_notices()
    assert "this is how notices reach you" in mail.outbox[0].body


def test_a_browser_is_added_and_stopped(site, reader):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    address = f"{CHOICES}browsers/"
    page = site.post(address, Browser().subscription(), headers={"user-agent": agent}, follow=True)
    assert "will be woken" in text(page)
    (device,) = chosen(reader).devices
    assert device.browser == "Firefox, Linux"
    site.post(f"{address}{device.id}/stop/")
    with acting_for(Capacity.INSTALLATION):
        assert not PushSubscription.objects.exists()
    refused = site.post(address, {"endpoint": "https://127.0.0.1/", "p256dh": "", "auth": ""}, follow=True)
    assert "cannot be woken" in text(refused)


def test_a_mail_stops_further_ones_by_one_click_without_session_or_form(reader, papers):
    tell(reader, paper=papers.add("Weir", reader))
    deliver_due_notices()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    program = Client(enforce_csrf_checks=True)
    assert "Stop these mails?" in text(program.get(address))
    assert chosen(reader).habits.rhythm is Rhythm.AT_ONCE, "a scanner that looks stops nothing"
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert chosen(reader).habits.rhythm is Rhythm.NEVER
    tell(reader, paper=papers.add("Lock", reader))
    deliver_due_notices()
    assert len(mail.outbox) == 1


def test_a_forged_stop_link_stops_nothing(client, reader):
    for token in ("x", "IjEi:1abc:def", str(reader.pk)):
        assert client.post(f"/notices/mail/stop/{token}/").status_code == 404
    assert chosen(reader).habits.rhythm is Rhythm.AT_ONCE


def test_the_service_worker_is_a_script_for_the_whole_site(client):
    answer = client.get("/service-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert 'const NOTICES = "/notices/";' in text(answer)


def test_the_count_is_cheap(site, notice, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        site.get("/notices/count/")
