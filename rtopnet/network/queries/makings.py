"""What the forms about posts offer."""

from dataclasses import dataclass
from uuid import UUID

from rtopnet.kernel.clock import now
from rtopnet.network.models import Account, Holding, PostKind, Region, State
from rtopnet.network.queries.directory import language_name
from rtopnet.network.queries.members import held_at
from rtopnet.network.rules import name_in

_BY_A_STATE = (PostKind.DEPUTY, PostKind.CONTRIBUTOR)
_STATE_DESK = frozenset({PostKind.FOCAL_POINT, PostKind.DEPUTY})
_REGIONAL_DESK = frozenset({PostKind.SECRETARIAT, PostKind.ANALYST, PostKind.UN_LIAISON})


@dataclass(frozen=True)
class PostMaking:
    """A kind of post that somebody can make, and for which state or institution."""

    key: str
    title: str
    kind: str
    state: UUID | None
    institution: UUID | None

    @property
    def is_contributor(self) -> bool:
        """Whether what it may do can be set."""
        return self.kind == PostKind.CONTRIBUTOR


def post_makings(account: Account, language: str) -> list[PostMaking]:
    """The kinds of post that the account can make now: of its state, or as its own in its institution."""
    held = Holding.objects.filter(held_at(now()), account_id=account.pk).select_related(
        "post__state", "post__institution"
    )
    found: dict[str, PostMaking] = {}
    for holding in held:
        post = holding.post
        if post.kind in _STATE_DESK and post.state:
            for kind in _BY_A_STATE:
                _offer(found, kind, name_in(post.state.names, language), state=post.state_id)
        elif post.kind in _REGIONAL_DESK and post.institution:
            name = name_in(post.institution.names, language)
            _offer(found, PostKind(post.kind), name, institution=post.institution_id)
    return list(found.values())


def languages_offered(language: str) -> list[tuple[str, str]]:
    """Code and name of each language of the region and its states, and those of the United Nations."""
    codes = {"ar", "en", "es", "fr", "ru", "zh"}
    for spoken in State.objects.values_list("languages", flat=True):
        codes |= set(spoken)
    for kept in Region.objects.values_list("languages", flat=True):
        codes |= {each["code"] for each in kept}
    return sorted(((code, language_name(code, language)) for code in codes), key=lambda pair: pair[1])


def _offer(
    found: dict[str, PostMaking],
    kind: PostKind,
    name: str,
    *,
    state: UUID | None = None,
    institution: UUID | None = None,
) -> None:
    key = f"{kind.value}-{state or institution}"
    found[key] = PostMaking(key, f"{kind.label}, {name}", kind.value, state, institution)
