"""Visiting every address as everybody, and reading all that comes back."""

import gzip
import re
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from zipfile import BadZipFile, ZipFile

import pypdfium2
from django.db import transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver

API = "/api/"
METHODS = {False: ("GET", "POST"), True: ("GET", "POST", "PUT", "PATCH", "DELETE")}
"""What every address is asked by: a page's, and those of the API."""


class UncoveredRouteError(Exception):
    """A route asks for something that no rule here fills in: teach it in ``values_for``."""


@dataclass(frozen=True)
class Route:
    """An address as the URL configuration has it, with the names of what it asks for."""

    pattern: str
    name: str
    asks: tuple[str, ...]
    resolver: object = field(repr=False, compare=False, default=None)


@dataclass(frozen=True)
class Leak:
    """A private fact that somebody came by."""

    fact: str
    viewer: str
    where: str


def routes() -> list[Route]:
    """Every route of the site and of the API, from the URL configuration."""
    return list(_walk(get_resolver().url_patterns, "", ()))


def _walk(patterns, before, asks):
    for one in patterns:
        here = before + _plain(one.pattern)
        names = (*asks, *_names(one.pattern))
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, here, names)
        elif isinstance(one, URLPattern):
            yield Route(here, one.name or "", names)


def _names(pattern):
    converters = getattr(pattern, "converters", None)
    return tuple(converters) if converters else tuple(pattern.regex.groupindex)


def _plain(pattern):
    """The pattern with ``{name}`` for what it asks."""
    text = str(pattern).lstrip("^")
    text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1}", text)
    text = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", text)
    return text.replace("\\", "").rstrip("$")


def addresses(route: Route, values: dict[str, list[object]]) -> list[str]:
    """The route's addresses for everything that it can be asked.

    Raises:
        UncoveredRouteError: it asks for something that ``values`` does not know.
    """
    missing = [name for name in route.asks if name not in values]
    if missing:
        raise UncoveredRouteError(f"{route.name} ({route.pattern}) asks for {', '.join(missing)}")
    chosen = [values[name] for name in route.asks]
    return ["/" + route.pattern.format(**dict(zip(route.asks, one, strict=True))) for one in product(*chosen)]


FORM = {"content_type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Visited:
    """An answer: its status, and all text of it: body, what is packed in it, headers, cookies."""

    status: int
    text: str


class Visitor:
    """Somebody with a browser or a token; what a visit did is undone, also to the session."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def __init__(self, client: Client, token: str = "") -> None:
        self.factory = RequestFactory(headers={"authorization": f"Bearer {token}"} if token else {})
        self.kept = client.cookies.output(header="", sep=";")

    def visit(self, path: str, method: str = "GET") -> Visited:
        """What the address answers."""
        self.factory.cookies.load(self.kept)
        asked = self.factory.generic(method, path, **(FORM if method == "POST" else {})).environ
        with transaction.atomic():
            # The handler itself: a test's client would keep what every template was rendered with.
            answer = self.handler(asked)
            visited = Visited(answer.status_code, _said(answer))
            transaction.set_rollback(True)
        return visited


def _said(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for close in getattr(answer, "_resource_closers", ()):
        close()
    headers = [f"{name}: {value}" for name, value in answer.items()]
    return "\n".join([*headers, answer.cookies.output(), *texts_in(content)])


def texts_in(content: bytes) -> list[str]:
    """What a file says, also where it is a zip, a PDF or compressed."""
    texts = [content.decode("utf-8", "replace")]
    if content[:2] == b"PK":
        try:
            with ZipFile(BytesIO(content)) as zipped:
                for name in zipped.namelist():
                    texts += [name, *texts_in(zipped.read(name))]
        except BadZipFile:
            pass
    if content[:4] == b"%PDF":
        texts += _pdf_texts(content)
    if content[:2] == b"\x1f\x8b":
        texts += texts_in(gzip.decompress(content))
    return texts


def _pdf_texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [
            document.get_page(number).get_textpage().get_text_bounded() for number in range(len(document))
        ] + [str(document.get_metadata_dict())]
    finally:
        document.close()


def found_in(text: str, forbidden: dict[str, str]) -> list[str]:
    """What facts, by what they stand for, a text gives away."""
    return [what for word, what in forbidden.items() if word in text]
