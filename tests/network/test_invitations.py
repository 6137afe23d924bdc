"""A state invites its own people, and closes their accounts; nobody else's."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel import clock
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.kernel.ids import new_id
from rtopnet.network.models import Account, Holding, Institution, Invitation, Post, State
from rtopnet.network.public import (
    AddressInUseError,
    CannotCloseError,
    InvitationSpentError,
    NoSuchInvitationError,
    NotYourPostError,
    PostHadHolderError,
    accept_invitation,
    close_account,
    invitation_behind,
    invitations_of_desks,
    invite,
    invite_first,
    invite_to_new_post,
    open_account,
    people_of_desks,
    standing_of,
    vacant_posts_of_desks,
    withdraw_invitation,
)
from tests.factories import make_account, make_region

PHRASE = "a long enough phrase"
database = pytest.mark.django_db


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def desk(region):
    return make_account(region)


def make_post(region, kind, code="XAA", *, institution=None):
    with acting_for(Capacity.INSTALLATION):
        state = State.objects.get(region=region, iso3=code) if institution is None else None
        key = f"{kind}-{Post.objects.count()}".replace("_", "-")
        titles = {"en": f"{kind} of {code}"}
        post = Post.objects.create(
            region=region, key=key, kind=kind, state=state, institution=institution, titles=titles
        )
        record_deed(verb="made", kind="network.post", subject=post.pk)
    return post


def give_holder(post, name="somebody"):
    with acting_for(Capacity.INSTALLATION):
        return open_account(post=post, email=f"{name}@{post.key}.example", name=name)


def invited(by, email="new@reef.example"):
    with acting_as(by.pk):
        return invite_to_new_post(by=by, kind="deputy", title="Deputy", email=email)


def accept(given, name="New", password=PHRASE):
    with acting_for(Capacity.SIGN_IN):
        return accept_invitation(code=given.code, name=name, password=password, language="en")


@database
def test_a_focal_point_invites_and_the_invited_holds_the_post(desk):
    given = invited(desk, " New@Reef.example ")
    account = accept(given)
    assert account.email == "new@reef.example"
    assert account.check_password(PHRASE)
    with acting_as(account.pk):
        standing = standing_of(account)
        assert (standing.state.iso3, standing.posts) == ("XAA", ({"en": "Deputy"},))
    with acting_as(desk.pk):
        assert [line.stage for line in invitations_of_desks()] == ["accepted"]


@database
def test_a_code_works_once_however_it_is_typed(desk):
    given = invited(desk)
    with acting_for(Capacity.SIGN_IN):
        assert invitation_behind(given.code.upper().replace("-", " ")).email == "new@reef.example"
    accept(given)
    with pytest.raises(InvitationSpentError):
        accept(given)
    with acting_for(Capacity.SIGN_IN):
        assert invitation_behind(given.code) is None


@database
def test_a_code_runs_out_after_a_week_and_is_not_kept(desk):
    given = invited(desk)
    with acting_for(Capacity.SIGN_IN):
        assert given.code not in str(list(Invitation.objects.values()))
        with clock.clock_at(clock.now() + timedelta(days=8)):
            assert invitation_behind(given.code) is None
    with clock.clock_at(clock.now() + timedelta(days=8)), acting_as(desk.pk):
        assert [line.stage for line in invitations_of_desks()] == ["expired"]


@database
def test_a_withdrawn_invitation_opens_nothing(desk):
    given = invited(desk)
    with acting_as(desk.pk):
        withdraw_invitation(by=desk, invitation_id=given.id)
        with pytest.raises(NoSuchInvitationError):
            withdraw_invitation(by=desk, invitation_id=given.id)
    with pytest.raises(InvitationSpentError):
        accept(given)


@database
def test_a_second_invitation_to_a_post_ends_the_first(desk, region):
    post = make_post(region, "contributor")
    with acting_as(desk.pk):
        first = invite(by=desk, post_id=post.pk, email="one@reef.example")
        second = invite(by=desk, post_id=post.pk, email="two@reef.example")
    with pytest.raises(InvitationSpentError):
        accept(first)
    assert accept(second).email == "two@reef.example"
    with acting_as(desk.pk), pytest.raises(NotYourPostError):
        invite(by=desk, post_id=post.pk, email="three@reef.example")


@database
def test_an_address_in_use_is_invited_like_any_other_and_opens_no_account(desk):
    make_account(make_region("ridge", states=("XBA",)), "XBA")
    given = invited(desk, "xba@ridge.example")
    with pytest.raises(AddressInUseError):
        accept(given)
    with acting_for(Capacity.INSTALLATION):
        assert Account.objects.filter(email="xba@ridge.example").count() == 1
        assert Holding.objects.filter(post__titles__en="Deputy").count() == 0


@database
def test_no_desk_invites_to_what_is_not_its_own(desk, region):
    other, focal = make_post(region, "deputy", "XAB"), make_post(region, "focal_point")
    with acting_as(desk.pk):
        for post in (other, focal):
            with pytest.raises(NotYourPostError):
                invite(by=desk, post_id=post.pk, email="a@reef.example")
        with pytest.raises(NotYourPostError):
            invite_to_new_post(by=desk, kind="focal_point", title="Me too", email="a@reef.example")


@database
def test_contributors_invite_nobody_and_see_no_invitation(desk, region):
    contributor = give_holder(make_post(region, "contributor"))
    invited(desk)
    with acting_as(contributor.pk):
        assert not Invitation.objects.exists()
        assert (vacant_posts_of_desks(), people_of_desks()) == ([], [])
        with pytest.raises(NotYourPostError):
            invite_to_new_post(by=contributor, kind="contributor", title="t", email="a@reef.example")


@database
def test_an_institutions_desk_invites_to_its_own_posts_but_not_to_run_the_machine(region):
    with acting_for(Capacity.INSTALLATION):
        body = Institution.objects.create(
            region=region, key="secretariat", names={"en": "Body"}, kind="secretariat"
        )
        record_deed(verb="made", kind="network.institution", subject=body.pk)
    secretary = give_holder(make_post(region, "secretariat", institution=body))
    trainer, operator = (make_post(region, kind, institution=body) for kind in ("trainer", "operator"))
    with acting_as(secretary.pk):
        assert [post.id for post in vacant_posts_of_desks()] == [trainer.pk]
        invite(by=secretary, post_id=trainer.pk, email="t@reef.example")
        with pytest.raises(NotYourPostError):
            invite(by=secretary, post_id=operator.pk, email="t@reef.example")
        with pytest.raises(NotYourPostError):
            invite_to_new_post(by=secretary, kind="contributor", title="t", email="a@reef.example")


def row(by, post, desk, **more):
    return Invitation(
        region_id=by.region_id,
        post=post,
        desk=desk,
        email="x@reef.example",
        invited_by=by,
        expires_at=clock.now(),
        secret_sha256=str(new_id()),
        **more,
    )


@database
def test_the_database_refuses_a_hostile_desks_invitations(desk, region):
    own, foreign = make_post(region, "deputy"), make_post(region, "deputy", "XAB")
    focal = make_post(region, "focal_point")
    refused = [
        row(desk, foreign, foreign.state_id),
        row(desk, foreign, own.state_id),
        row(desk, own, foreign.state_id),
        row(desk, focal, own.state_id),
        row(desk, own, own.state_id, accepted_at=clock.now()),
    ]
    with acting_as(desk.pk):
        for invitation in refused:
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                invitation.save(force_insert=True)
        row(desk, own, own.state_id).save(force_insert=True)
        for change in ({"email": "y@reef.example"}, {"post": foreign}, {"expires_at": clock.now()}):
            with pytest.raises(DatabaseError, match="stays as it was given"), transaction.atomic():
                Invitation.objects.update(**change)
        assert Invitation.objects.all()._raw_delete("default") == 0


@database
def test_the_database_refuses_a_hostile_desks_posts_and_accounts(desk, region):
    stranger = make_account(region, "XAB")
    with acting_for(Capacity.INSTALLATION):
        own, foreign = (State.objects.get(region=region, iso3=code) for code in ("XAA", "XAB"))
    columns = {"region": region, "titles": {}}
    with acting_as(desk.pk):
        for state, kind in ((foreign, "deputy"), (own, "focal_point")):
            with (
                pytest.raises(DatabaseError, match=r"row-level security|no such post"),
                transaction.atomic(),
            ):
                Post.objects.create(key="k", kind=kind, state=state, **columns)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Account.objects.create(region=region, email="z@reef.example", name="Z")
        post = Post.objects.create(key="k", kind="deputy", state=own, **columns)
        with pytest.raises(DatabaseError, match="same state"), transaction.atomic():
            Holding.objects.create(region=region, post=post, account=stranger, starts_at=clock.now())


@database
def test_signing_in_opens_no_account_and_gives_no_post_without_an_invitation(desk, region):
    post, other = make_post(region, "deputy"), make_post(region, "deputy")
    with acting_as(desk.pk):
        invite(by=desk, post_id=post.pk, email="x@reef.example")
    with acting_for(Capacity.SIGN_IN):
        for email in ("nobody@reef.example", "x@ridge.example"):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Account.objects.create(region=region, email=email, name="N")
        account = Account.objects.create(region=region, email="x@reef.example", name="X")
        for held, holder in ((other, account), (post, desk)):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Holding.objects.create(region=region, post=held, account=holder, starts_at=clock.now())
        Holding.objects.create(region=region, post=post, account=account, starts_at=clock.now())


@database
def test_a_desk_closes_its_own_peoples_accounts(desk, region):
    post = make_post(region, "contributor")
    person = give_holder(post)
    with acting_as(desk.pk):
        assert [one.account_id for one in people_of_desks() if one.may_be_closed] == [person.pk]
        close_account(by=desk, account_id=person.pk)
        assert person.pk not in {one.account_id for one in people_of_desks()}
        assert post.pk in {offered.id for offered in vacant_posts_of_desks()}
        with pytest.raises(CannotCloseError):
            close_account(by=desk, account_id=person.pk)
    with acting_as(person.pk):
        assert not State.objects.exists()
    with acting_for(Capacity.INSTALLATION):
        closed = Account.objects.get(pk=person.pk)
        assert not closed.has_usable_password()
        assert closed.email.endswith("@closed.invalid"), "the address is free for a new account"


@database
def test_who_is_invited_again_gets_a_new_account(desk, region):
    person = give_holder(make_post(region, "contributor"))
    with acting_as(desk.pk):
        close_account(by=desk, account_id=person.pk)
    assert accept(invited(desk, person.email)).pk != person.pk


@database
def test_no_desk_closes_anothers_accounts_nor_its_own_last(desk, region):
    other = make_account(region, "XAB")
    elsewhere = make_account(make_region("ridge", states=("XBA",)), "XBA")
    deputy = give_holder(make_post(region, "deputy"), "deputy")
    contributor = give_holder(make_post(region, "contributor"), "contributor")
    for by, account in (
        (desk, other.pk),
        (desk, elsewhere.pk),
        (desk, new_id()),
        (other, other.pk),
        (deputy, desk.pk),
        (contributor, contributor.pk),
        (contributor, deputy.pk),
    ):
        with acting_as(by.pk), pytest.raises(CannotCloseError):
            close_account(by=by, account_id=account)
    with acting_as(desk.pk):
        close_account(by=desk, account_id=desk.pk)
    with acting_as(deputy.pk), pytest.raises(CannotCloseError):
        close_account(by=deputy, account_id=deputy.pk)


@database
def test_an_account_of_two_states_is_closed_by_neither_alone(desk, region):
    person = give_holder(make_post(region, "contributor"))
    with acting_for(Capacity.INSTALLATION):
        second = make_post(region, "contributor", "XAB")
        Holding.objects.create(region=region, post=second, account=person, starts_at=clock.now())
        record_deed(verb="made", kind="network.holding", subject=second.pk)
    with acting_as(desk.pk), pytest.raises(CannotCloseError):
        close_account(by=desk, account_id=person.pk)


@database
def test_a_desk_touches_neither_name_nor_password_of_its_people(desk, region):
    person = give_holder(make_post(region, "contributor"))
    with acting_as(desk.pk):
        others = Account.objects.filter(pk=person.pk)
        assert others.update(password="x", name="x", is_active=False) == 0  # noqa: S106 -- refused


def first(region, key="xaa-focal-point", email="first@reef.example"):
    with acting_for(Capacity.INSTALLATION):
        return invite_first(region_slug=region.slug, post_key=key, email=email)


@database
def test_the_operator_invites_the_first_holder_once(region):
    lost, given = first(region), first(region)
    with pytest.raises(InvitationSpentError):
        accept(lost)
    holder = accept(given)
    with pytest.raises(PostHadHolderError, match="has or had a holder"):
        first(region)
    with acting_for(Capacity.INSTALLATION):
        Holding.objects.filter(account=holder).update(ends_at=clock.now())
    with pytest.raises(PostHadHolderError):
        first(region)
    with pytest.raises(RuleBrokenError, match="no post"):
        first(region, "nowhere")


@pytest.mark.usefixtures("committed")
def test_the_command_prints_a_code_that_opens_the_post():
    region = make_region()
    out = StringIO()
    call_command("invite_first", "xaa-focal-point", "first@reef.example", stdout=out)
    code = re.search(r"code: +(\S+)", out.getvalue())[1]
    assert "http://localhost:8000/accounts/invitation/" in out.getvalue()
    with acting_for(Capacity.SIGN_IN):
        account = accept_invitation(code=code, name="First", password=PHRASE, language="en")
    assert account.region_id == region.pk


COMERS = 4


@pytest.mark.usefixtures("committed")
def test_of_several_who_accept_at_once_one_wins():
    given = invited(make_account(make_region()))
    together = Barrier(COMERS)

    def come(number):
        try:
            together.wait()
            accept(given, f"Comer {number}")
        except InvitationSpentError:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(COMERS) as pool:
        assert sum(pool.map(come, range(COMERS))) == 1


@pytest.mark.usefixtures("committed")
def test_of_two_deputies_who_close_each_other_at_once_one_stays():
    region = make_region()
    with acting_for(Capacity.INSTALLATION):
        pair = [give_holder(make_post(region, "deputy"), name) for name in ("one", "two")]
    together = Barrier(2)

    def close(by, whom):
        try:
            with acting_as(by.pk):
                together.wait()
                close_account(by=by, account_id=whom.pk)
        except CannotCloseError:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(close, pair, reversed(pair))) == 1


@pytest.fixture
def at_once(monkeypatch):
    class AtOnce:
        def __init__(self, target, args, **_):
            self.start = lambda: target(*args)

    monkeypatch.setattr("rtopnet.network.beside.Thread", AtOnce)


@database
def test_the_page_shows_the_link_once_and_mails_it(client, desk, at_once, django_capture_on_commit_callbacks):
    client.force_login(desk)
    form = {"post": "new:deputy", "title": "Deputy", "email": "new@reef.example", "language": "en"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/invitations/", form)
    assert answer.headers["Location"] == "/accounts/invitations/"
    page = client.get("/accounts/invitations/").content.decode()
    (link,) = re.findall(r'href="(http://testserver/accounts/invitation/[^"]+)"', page)
    assert link not in client.get("/accounts/invitations/").content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["new@reef.example"]
    assert link in letter.body
    client.logout()
    assert "You are invited as Deputy" in client.get(link).content.decode()


@database
def test_whoever_opens_the_link_gets_an_account_and_is_led_to_the_second_factor(client, desk):
    link = f"/accounts/invitation/{invited(desk).code}/"
    client.force_login(desk)
    for password, status in (("short", 200), (PHRASE, 302)):
        answer = client.post(link, {"name": "New", "password": password, "language": "en"})
        assert answer.status_code == status
    assert answer.headers["Location"] == "/accounts/second-factor/"
    assert client.session[SESSION_KEY] != str(desk.pk)
    assert client.get("/").headers["Location"].startswith("/accounts/second-factor/")
    assert client.get("/accounts/second-factor/app/").status_code == 200, "the password was just chosen"
    assert client.get(link).status_code == 410


@database
def test_a_code_is_typed(client, desk):
    code = invited(desk).code
    page = "/accounts/invitation/"
    assert client.post(page, {"code": "aaaa-bbbb"}).status_code == 200
    answer = client.post(page, {"code": f" {code.upper()} "})
    assert client.get(answer.headers["Location"]).status_code == 200


@database
def test_pages_of_desks_are_as_if_absent_to_others(client, desk, region):
    given = invited(desk)
    for other in (give_holder(make_post(region, "contributor")), make_account(region, "XAB")):
        client.force_login(other)
        assert client.post(f"/accounts/invitations/{given.id}/withdraw/").status_code == 404
        assert client.get(f"/accounts/people/{desk.pk}/close/").status_code == 404
        assert client.post(f"/accounts/people/{desk.pk}/close/").status_code == 404
    client.force_login(give_holder(make_post(region, "contributor")))
    assert client.get("/accounts/invitations/").status_code == 404


@database
def test_an_account_is_closed_on_the_page(client, desk, region):
    person = give_holder(make_post(region, "contributor"))
    client.force_login(desk)
    page = f"/accounts/people/{person.pk}/close/"
    assert "This cannot be undone" in client.get(page).content.decode()
    assert client.post(page, follow=True).status_code == 200
    assert client.get(page).status_code == 404
