"""Handing a post over at a set hour: both holdings are written at once, and the hour comes by itself."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import acting_as
from rtopnet.kernel.clock import now
from rtopnet.kernel.errors import RuleBrokenError
from rtopnet.network.models import Handover, Holding, Post
from rtopnet.network.queries.acting import posts_in_hand
from rtopnet.network.queries.handovers import successors_of
from rtopnet.network.queries.members import held_at
from rtopnet.network.services.notices import give_notice


class HandoverRefusedError(RuleBrokenError):
    """The post cannot be handed over like this; the message says why."""


class HandoverPendingError(HandoverRefusedError):
    """Another hand-over of the post is set already."""


class HandoverDoneError(HandoverRefusedError):
    """The hour has passed, or it was cancelled."""


def hand_over(
    *, by: UUID, post: UUID, to: UUID, time_zone: str, at: datetime | None = None, note: str = ""
) -> UUID:
    """Let ``to`` hold the post from ``at`` (None: now) on, and whoever holds it until then no longer.

    ``time_zone`` is the one in which the hour was set, for showing it.

    Raises:
        HandoverRefusedError: ``by`` neither holds the post nor decides for it, ``to`` is not of its state or
            institution, or the hour has passed.
        HandoverPendingError: another hand-over is set already.
    """
    with acting_as(by):
        row = _mine(post)
        hour = at or now()
        if at is not None and at < now():
            raise HandoverRefusedError("That hour has passed.")
        if to not in {person.id for person in successors_of(row.pk)}:
            raise HandoverRefusedError("A post passes to somebody of the same state or institution.")
        if Holding.objects.filter(post=row, starts_at__gt=now()).exists():
            raise HandoverPendingError("Another hand-over of this post is set already.")
        before = Holding.objects.filter(held_at(now()), post=row).first()
        handover = Handover.objects.create(
            region_id=row.region_id,
            post=row,
            from_account_id=before.account_id if before else None,
            to_account_id=to,
            at=hour,
            time_zone=time_zone,
            note=note,
            made_by_id=by,
        )
        _keep("handed_over", row, {"handover": str(handover.pk), "to": str(to), "at": hour.isoformat()})
        _tell("network.post_handed_over", row, {to, before.account_id if before else None} - {by})
        _pass_on(row, before, to, hour)
        return handover.pk


def cancel_handover(*, by: UUID, handover: UUID) -> None:
    """Take back a hand-over before its hour; whoever holds the post keeps it.

    Raises:
        HandoverRefusedError: ``by`` neither holds the post nor decides for it.
        HandoverDoneError: the hour has passed, or it was cancelled.
    """
    with acting_as(by):
        row = Handover.objects.filter(pk=handover, post_id__in=posts_in_hand()).select_related("post").first()
        if row is None:
            raise HandoverRefusedError("There is no such hand-over that you may cancel.")
        at = now()
        if row.at <= at or row.cancelled_at is not None:
            raise HandoverDoneError("The hour has passed, or it was cancelled.")
        Holding.objects.filter(post_id=row.post_id, account_id=row.to_account_id, starts_at=row.at).delete()
        Holding.objects.filter(post_id=row.post_id, ends_at=row.at).update(ends_at=None)
        Handover.objects.filter(pk=row.pk).update(cancelled_at=at)
        _keep("cancelled_handover", row.post, {"handover": str(row.pk)})
        _tell("network.handover_cancelled", row.post, {row.to_account_id, row.from_account_id} - {by})


def _mine(post: UUID) -> Post:
    row = Post.objects.filter(pk=post, retired_at__isnull=True).first() if post in posts_in_hand() else None
    if row is None:
        raise HandoverRefusedError("Only whoever holds the post, or decides for it, may hand it over.")
    return row


def _pass_on(post: Post, before: Holding | None, to: UUID, at: datetime) -> None:
    """Let the next in, then the last go: after that the acting account may no longer write here at all."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS post_held_by_one_account DEFERRED")
            Holding.objects.create(region_id=post.region_id, post=post, account_id=to, starts_at=at)
            if before is not None:
                Holding.objects.filter(pk=before.pk).update(ends_at=at)
            cursor.execute("SET CONSTRAINTS post_held_by_one_account IMMEDIATE")
    except IntegrityError as error:
        raise HandoverPendingError("Another hand-over of this post is set already.") from error


def _keep(verb: str, post: Post, detail: dict[str, str]) -> None:
    record_deed(
        verb=verb,
        kind="network.post",
        subject=post.pk,
        region=post.region_id,
        detail=detail,
        books=[body for body in (post.state_id, post.institution_id) if body],
    )


def _tell(kind: str, post: Post, accounts: set[UUID | None]) -> None:
    give_notice(
        kind=kind,
        accounts=[account for account in accounts if account],
        region=post.region_id,
        subject_kind="network.post",
        subject=post.pk,
    )
