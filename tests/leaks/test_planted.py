"""A planted leak of each kind is caught."""

import gzip
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import FileResponse, HttpResponse
from django.urls import URLPattern, path

from rtopnet.kernel.clock import now
from rtopnet.sharing.documents.document import ExportDocument
from rtopnet.sharing.documents.typesetting import render_document
from rtopnet.sharing.rules import Marking
from tests.leaks.probes import (
    Route,
    UncoveredRouteError,
    Visitor,
    _said,
    addresses,
    found_in,
    routes,
    texts_in,
)

WORD = "zqplanted1234"
FORBIDDEN = {WORD: "what is hidden"}


def zipped(content):
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr("deep/inside.txt", content)
    return out.getvalue()


def document():
    return ExportDocument(
        reference="r",
        title=WORD,
        owner="o",
        marking=Marking.RED,
        chatham_house=False,
        version=1,
        released_at=None,
        reader="me",
        exported_at=now(),
        body="b",
    )


PLANTED = {
    "a page": HttpResponse(f"<p>{WORD}</p>"),
    "an error page": HttpResponse(f"no such record: {WORD}", status=404),
    "a header": HttpResponse("", headers={"X-About": WORD}),
    "a file's name": HttpResponse("", headers={"Content-Disposition": f'attachment; filename="{WORD}"'}),
    "a zip in a zip": HttpResponse(zipped(zipped(WORD))),
    "a compressed feed": HttpResponse(gzip.compress(WORD.encode())),
    "a download": FileResponse(BytesIO(WORD.encode())),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_leak_in_an_answer_is_caught(kind):
    assert found_in(_said(PLANTED[kind]), FORBIDDEN) == ["what is hidden"]


def test_a_leak_in_a_cookie_is_caught():
    answer = HttpResponse("")
    answer.set_cookie("last", WORD)
    assert found_in(_said(answer), FORBIDDEN)


def test_a_leak_in_a_pdf_is_caught():
    pdf = render_document(document(), language="en")
    _raw, *read = texts_in(pdf)
    assert any(found_in(text, FORBIDDEN) for text in read)


def test_a_route_that_no_rule_covers_fails():
    with pytest.raises(UncoveredRouteError, match="novelty"):
        addresses(Route("new/{novelty}/", "new", ("novelty",)), {"record": [1]})


def test_every_route_is_found_and_filled_in():
    found = {route.pattern for route in routes()}
    assert {"records/{record}/", "api/v1/records/{record}", "states/{iso3}/"} <= found
    assert len(found) > 80
    assert isinstance(path("x/", lambda request: request), URLPattern)
    assert Visitor
