"""Reads the posts of region.yaml, those written once for every state and those written one by one."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rtopnet.network.region_pack import vocabulary
from rtopnet.network.region_pack.entries import Entry
from rtopnet.network.region_pack.faults import quoted
from rtopnet.network.region_pack.pack import Institution, Post, State

_KEY = re.compile(r"[a-z][a-z0-9_-]{0,48}")
_SUFFIX = re.compile(r"[a-z][a-z0-9_-]{0,40}")


def posts_of(
    entry: Entry, states: tuple[State, ...], institutions: tuple[Institution, ...], languages: tuple[str, ...]
) -> tuple[Post, ...]:
    """All posts: each of ``posts_of_every_state`` once a state, then each of ``posts``."""
    posts = [
        *_posts_of_every_state(entry, states, languages),
        *(_post(each, languages) for each in entry.entries("posts", what="post", required=False)),
    ]
    _belong(entry, posts, {state.iso3 for state in states}, {body.key for body in institutions})
    entry.note_twice((post.line, f"post key {quoted(post.key)}") for post in posts if post.key)
    _states_have_focal_points(entry, states, posts)
    return tuple(posts)


def _posts_of_every_state(
    entry: Entry, states: Iterable[State], languages: tuple[str, ...]
) -> Iterator[Post]:
    for each in entry.entries("posts_of_every_state", what="post of every state", required=False):
        kind = each.choice("kind", vocabulary.STATE_POSTS)
        suffix = each.text("key", required=False, form=_SUFFIX) or kind.replace("_", "-")
        titles = each.names("title", languages)
        each.close()
        for state in states:
            if state.iso3 and kind:
                yield Post(f"{state.iso3.lower()}-{suffix}", kind, state.iso3, titles, each.line)


def _post(entry: Entry, languages: tuple[str, ...]) -> Post:
    post = Post(
        key=entry.text("key", form=_KEY),
        kind=entry.choice("kind", vocabulary.POSTS),
        of=entry.text("of"),
        titles=entry.names("title", languages),
        line=entry.line,
    )
    entry.close()
    return post


def _belong(entry: Entry, posts: Iterable[Post], states: set[str], institutions: set[str]) -> None:
    """A state's post is of a state, any other of an institution of the region."""
    for post in posts:
        if not post.of or not post.kind:
            continue
        of_state = post.kind in vocabulary.STATE_POSTS
        known = states if of_state else institutions
        if post.of not in known:
            whose = "a state of this region" if of_state else "the key of an institution of the region"
            entry.fault_at(
                post.line,
                f"post {quoted(post.key)} is of {quoted(post.of)}, which is not {whose}",
                near=(post.of, known),
            )


def _states_have_focal_points(entry: Entry, states: Iterable[State], posts: Iterable[Post]) -> None:
    counts = Counter(post.of for post in posts if post.kind == "focal_point")
    for state in states:
        if state.iso3 and counts[state.iso3] != 1:
            entry.fault_at(
                state.line,
                f"state {state.iso3} has {counts[state.iso3]} posts of kind focal_point; it needs one",
            )


def sign_in_posts_of(entry: Entry, posts: Iterable[Post]) -> tuple[str, ...]:
    """The posts under ``demo: sign_in``, each of which must be a post of this pack."""
    demo = entry.entry("demo", required=False)
    if demo is None:
        return ()
    keys, known = demo.texts("sign_in"), {post.key for post in posts}
    for key in keys:
        if key not in known:
            demo.fault(f"sign_in names {quoted(key)}, which is not a post", key="sign_in", near=(key, known))
    demo.close()
    return keys
