"""Verbs about invitations: a desk invites, somebody accepts, and so an account is opened."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.models import Account, Holding, Invitation, Post, PostKind, Region, State
from rtopnet.network.queries import acting_desks, not_over, open_invitation, vacant_posts_of_desks
from rtopnet.network.rules import code_digest, written_code
from rtopnet.network.services.accounts import note_account_deed

INVITATION_LIFETIME = timedelta(days=7)
SECRET_BYTES = 15


class NotYourPostError(RuleBrokenError):
    """The post is not there to be offered by this account."""


class NoSuchInvitationError(RuleBrokenError):
    """There is no open invitation of this desk by that id."""


class InvitationSpentError(RuleBrokenError):
    """The code was used, withdrawn, has run out, or was never given out."""


class AddressInUseError(RuleBrokenError):
    """An account cannot be opened for the invitation's address."""


class PostHadHolderError(RuleBrokenError):
    """The operator invites only the first holder of a post."""


@dataclass(frozen=True)
class GivenInvitation:
    """An invitation just given, with the code that is shown only now."""

    id: UUID
    email: str
    language: str
    code: str
    post_titles: dict[str, str]


@transaction.atomic
def invite(*, by: Account, post_id: UUID, email: str, language: str = "en") -> GivenInvitation:
    """Invite somebody to a vacant post of a desk that ``by`` decides for; whoever has the address, or not.

    An earlier invitation to the same post is withdrawn by it.

    Raises:
        NotYourPostError: the post is not one of theirs, is held, or is not given by invitation.
    """
    if post_id not in {post.id for post in vacant_posts_of_desks()}:
        raise NotYourPostError("This post cannot be offered.")
    return _give(Post.objects.get(pk=post_id), email, language, by)


@transaction.atomic
def invite_to_new_post(
    *, by: Account, kind: str, title: str, email: str, language: str = "en"
) -> GivenInvitation:
    """Make a deputy's or contributor's post of the state that ``by`` decides for, and invite somebody to it.

    Raises:
        NotYourPostError: ``by`` decides for no state, or posts of that kind are not made so.
    """
    state = State.objects.filter(pk__in=acting_desks()).first()
    if state is None or kind not in {PostKind.DEPUTY, PostKind.CONTRIBUTOR}:
        raise NotYourPostError("This post cannot be made.")
    key = f"{state.iso3.lower()}-{kind}-{secrets.token_hex(4)}"
    post = Post.objects.create(
        region_id=by.region_id, key=key, kind=kind, state=state, titles={by.language: title.strip()}
    )
    record_deed(verb="made", kind="network.post", subject=post.pk, region=by.region_id)
    return _give(post, email, language, by)


@transaction.atomic
def invite_first(*, region_slug: str, post_key: str, email: str) -> GivenInvitation:
    """Invite the first holder of a post, as the operator of the machine.

    Raises:
        NotYourPostError: there is no such post.
        PostHadHolderError: somebody holds it or held it.
    """
    post = Post.objects.filter(region__slug=region_slug, key=post_key).first()
    if post is None:
        raise NotYourPostError(f"the region '{region_slug}' has no post '{post_key}'")
    if Holding.objects.filter(post=post).exists():
        raise PostHadHolderError(
            f"'{post_key}' has or had a holder: its state or institution invites from now on"
        )
    language = Region.objects.get(pk=post.region_id).working_language
    return _give(post, email, language, None)


@transaction.atomic
def withdraw_invitation(*, by: Account, invitation_id: UUID) -> None:
    """Take back an invitation that nobody has accepted.

    Raises:
        NoSuchInvitationError: none of the desk's open ones.
    """
    found = Invitation.objects.filter(
        pk=invitation_id, desk__in=acting_desks(), accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if not found.update(withdrawn_at=now()):
        raise NoSuchInvitationError("There is no such invitation any more.")
    record_deed(verb="withdrawn", kind="network.invitation", subject=invitation_id, region=by.region_id)


@transaction.atomic
def accept_invitation(*, code: str, name: str, password: str, language: str) -> Account:
    """Open an account for the address that the code was given to, and let it hold the post from now on.

    Raises:
        InvitationSpentError: the code opens nothing (any more), or the post found another holder.
        AddressInUseError: an account has that address already.
    """
    # Of two who come at once the second waits here, and finds it accepted.
    invitation = open_invitation(code).select_for_update().first()
    if invitation is None or Holding.objects.filter(not_over(), post_id=invitation.post_id).exists():
        raise InvitationSpentError("This invitation was used already, was withdrawn, or has run out.")
    account = _open_invited(invitation, name, password, language)
    Holding.objects.create(
        region_id=invitation.region_id, post_id=invitation.post_id, account=account, starts_at=now()
    )
    invitation.accepted_at = now()
    invitation.save(update_fields=["accepted_at"])
    record_deed(
        verb="accepted",
        kind="network.invitation",
        subject=invitation.pk,
        region=invitation.region_id,
        detail={"account": str(account.pk), "post": str(invitation.post_id)},
    )
    return account


def _give(post: Post, email: str, language: str, by: Account | None) -> GivenInvitation:
    desk = post.state_id or post.institution_id
    if desk is None:
        raise NotYourPostError(f"'{post.key}' belongs to no state or institution")
    Invitation.objects.filter(post=post, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=now()
    )
    code = written_code(secrets.token_bytes(SECRET_BYTES))
    invitation = Invitation(
        region_id=post.region_id,
        post=post,
        desk=desk,
        email=email.strip().lower(),
        language=language,
        invited_by=by,
        expires_at=now() + INVITATION_LIFETIME,
        secret_sha256=code_digest(code),
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError as error:
        raise NotYourPostError("Somebody else was invited to this post at this moment.") from error
    record_deed(
        verb="invited",
        kind="network.invitation",
        subject=invitation.pk,
        region=post.region_id,
        detail={"post": str(post.pk)},
    )
    return GivenInvitation(invitation.pk, invitation.email, language, code, post.titles)


def _open_invited(invitation: Invitation, name: str, password: str, language: str) -> Account:
    account = Account(
        region_id=invitation.region_id, email=invitation.email, name=name.strip(), language=language
    )
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise AddressInUseError("No account can be opened for this address.") from error
    note_account_deed(verb="opened", account=account)
    return account
