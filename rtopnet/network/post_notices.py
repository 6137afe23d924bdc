"""What the holders of posts are told about their posts and drills, and what moves with a post."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rtopnet.network.models import Drill, Post
from rtopnet.network.notice_kinds import NoticeKind, register_notice_kind, register_subjects
from rtopnet.network.queries.duties import register_duties
from rtopnet.network.queries.readiness import drills_to_answer
from rtopnet.network.rules import name_in

KINDS = (
    NoticeKind(
        key="network.post_handed_over",
        title=_("A post is handed over"),
        sentence=_("The post “{what}” is handed over at a set hour."),
        route="network_post",
    ),
    NoticeKind(
        key="network.handover_cancelled",
        title=_("A hand-over was cancelled"),
        sentence=_("The hand-over of the post “{what}” was cancelled; whoever held it keeps it."),
        route="network_post",
    ),
    NoticeKind(
        key="network.contact_due",
        title=_("Confirm how you are reached"),
        sentence=_("Please confirm how the post “{what}” is reached."),
        route="network_post_contact",
    ),
    NoticeKind(
        key="network.drill",
        title=_("A readiness drill"),
        sentence=_("The readiness drill “{what}” asks whether you are there."),
        route="network_drill",
        urgent=True,
        own_letter=True,  # with the link that answers
    ),
)


def register() -> None:
    """Make them known, when the program starts."""
    for kind in KINDS:
        register_notice_kind(kind)
    register_subjects("network.post", _post_titles)
    register_subjects("network.drill", _drill_titles)
    register_duties(drills_to_answer)


def _post_titles(posts: Collection[UUID]) -> Mapping[UUID, str]:
    language = get_language() or "en"
    return {post.pk: name_in(post.titles, language) for post in Post.objects.filter(pk__in=posts)}


def _drill_titles(drills: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(Drill.objects.filter(pk__in=drills, sent_at__isnull=False).values_list("pk", "title"))
