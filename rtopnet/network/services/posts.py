"""Verbs on posts: making and retiring them, what contributors may do, and how a post is reached."""

import secrets
from dataclasses import asdict, dataclass
from uuid import UUID

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.models import (
    Account,
    ContactConfirmation,
    Handover,
    Holding,
    Institution,
    Invitation,
    Post,
    PostContact,
    PostKind,
)
from rtopnet.network.queries.acting import acting_desks, posts_in_hand
from rtopnet.network.queries.members import held_at
from rtopnet.network.rules.hours import Week, kept_week

MADE_BY_STATES = frozenset({PostKind.DEPUTY, PostKind.CONTRIBUTOR})
"""A state has one focal point, whose post comes with the region's pack."""


class DeskDecidesError(RuleBrokenError):
    """Only the desk of the post's state or institution may do this."""


class PostRetiredError(RuleBrokenError):
    """The post was retired."""


class FocalPointStaysError(RuleBrokenError):
    """A state's focal point cannot be retired; the post is handed over."""


class KindNotOfThisDeskError(RuleBrokenError):
    """A desk makes no post that would give more than its own."""


@dataclass(frozen=True)
class Contact:
    """How a post is reached; what is left empty is not shown."""

    time_zone: str
    languages: tuple[str, ...] = ()
    week: Week = ()
    phone: str = ""
    email: str = ""
    messenger: str = ""
    phone_out_of_hours: str = ""
    email_out_of_hours: str = ""
    messenger_out_of_hours: str = ""
    note: str = ""


def create_post(
    *,
    by: UUID,
    kind: str,
    titles: dict[str, str],
    state: UUID | None = None,
    institution: UUID | None = None,
    reads_space: bool = True,
    drafts: bool = True,
) -> UUID:
    """Make a post of one's own state (deputy, contributor) or institution (of a kind that one holds there).

    Raises:
        DeskDecidesError: ``by`` does not decide for that state or institution.
        KindNotOfThisDeskError: the kind would give more than the desk has.
    """
    with acting_as(by):
        if (state or institution) not in acting_desks():
            raise DeskDecidesError("Only the desk of a state or institution makes posts for it.")
        _refuse_foreign_kind(by, kind, state, institution)
        post = Post(
            region_id=Account.objects.get(pk=by).region_id,
            kind=kind,
            state_id=state,
            institution_id=institution,
            titles=titles,
            reads_space=reads_space,
            drafts=drafts,
        )
        post.key = _new_key(post)
        post.save(force_insert=True)
        _keep("made", post)
        return post.pk


def retire_post(*, by: UUID, post: UUID) -> None:
    """End the post and whoever holds it; it stays in the books and is never held again.

    Raises:
        DeskDecidesError: ``by`` does not decide for its state or institution.
        FocalPointStaysError: it is a state's focal point.
        PostRetiredError: it was retired already.
    """
    with acting_as(by):
        row = _of_my_desk(post)
        if row.kind == PostKind.FOCAL_POINT:
            raise FocalPointStaysError("A state's focal point is handed over, not retired.")
        at = now()
        # What is still to come goes first, or it would be held after it has ended.
        Holding.objects.filter(post=row, starts_at__gt=at).delete()
        Handover.objects.filter(post=row, at__gt=at, cancelled_at__isnull=True).update(cancelled_at=at)
        Invitation.objects.filter(post=row, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
            withdrawn_at=at
        )
        Post.objects.filter(pk=row.pk).update(retired_at=at)
        Holding.objects.filter(held_at(at), post=row).update(ends_at=at)
        _keep("retired", row)


def set_contributor_powers(*, by: UUID, post: UUID, reads_space: bool, drafts: bool) -> None:
    """Say whether a contributor reads in the state's space, and whether they write there.

    Raises:
        DeskDecidesError: ``by`` does not decide for its state, or it is no contributor's.
        PostRetiredError: it was retired.
    """
    with acting_as(by):
        row = _of_my_desk(post)
        if row.kind != PostKind.CONTRIBUTOR:
            raise DeskDecidesError("Only what contributors may do can be set.")
        Post.objects.filter(pk=row.pk).update(reads_space=reads_space, drafts=drafts)
        _keep("set_powers", row, reads_space=int(reads_space), drafts=int(drafts))


def keep_contact(*, by: UUID, post: UUID, contact: Contact) -> None:
    """Keep how a post is reached; whoever holds it and saves this has confirmed it, too.

    Raises:
        DeskDecidesError: ``by`` neither holds the post nor decides for it.
        PostRetiredError: it was retired.
    """
    with acting_as(by):
        row = _mine(post)
        kept = asdict(contact) | {"languages": list(contact.languages), "week": kept_week(contact.week)}
        PostContact.objects.update_or_create(post=row, defaults=kept | {"region_id": row.region_id})
        if Holding.objects.filter(held_at(now()), post=row, account_id=by).exists():
            ContactConfirmation.objects.create(region_id=row.region_id, post=row, account_id=by)
        _keep("kept_contact", row)


def confirm_contact(*, by: UUID, post: UUID) -> None:
    """Say that the contact of the post that one holds is right as it stands.

    Raises:
        DeskDecidesError: ``by`` does not hold the post.
        PostRetiredError: it was retired.
    """
    with acting_as(by):
        row = _mine(post)
        if not Holding.objects.filter(held_at(now()), post=row, account_id=by).exists():
            raise DeskDecidesError("Whoever holds the post confirms its contact.")
        ContactConfirmation.objects.create(region_id=row.region_id, post=row, account_id=by)
        _keep("confirmed_contact", row)


def _refuse_foreign_kind(by: UUID, kind: str, state: UUID | None, institution: UUID | None) -> None:
    if state:
        is_theirs = kind in MADE_BY_STATES and (
            institution is None or Institution.objects.filter(pk=institution, state_id=state).exists()
        )
    elif institution is None:
        is_theirs = False
    else:
        is_theirs = Holding.objects.filter(
            held_at(now()), account_id=by, post__institution_id=institution, post__kind=kind
        ).exists()
    if not is_theirs:
        raise KindNotOfThisDeskError("A desk makes no post that would give more than its own.")


def _new_key(post: Post) -> str:
    body = post.state.iso3 if post.state else post.institution.key if post.institution else ""
    return f"{body.lower()[:20]}-{post.kind.replace('_', '-')}-{secrets.token_hex(4)}"


def _of_my_desk(post: UUID) -> Post:
    row = Post.objects.filter(pk=post).first()
    if row is None or (row.state_id or row.institution_id) not in acting_desks():
        raise DeskDecidesError("Only the desk of the post's state or institution may do this.")
    return _refuse_retired(row)


def _mine(post: UUID) -> Post:
    row = Post.objects.filter(pk=post).first() if post in posts_in_hand() else None
    if row is None:
        raise DeskDecidesError("Only whoever holds the post, or decides for it, may do this.")
    return _refuse_retired(row)


def _refuse_retired(row: Post) -> Post:
    if row.retired_at is not None:
        raise PostRetiredError("The post was retired.")
    return row


def _keep(verb: str, row: Post, **detail: int) -> None:
    record_deed(
        verb=verb,
        kind="network.post",
        subject=row.pk,
        region=row.region_id,
        detail=detail,
        books=[body for body in (row.state_id, row.institution_id) if body],
    )
