"""Records as PDFs: marked on each page, in every script of a region, and never taking text for markup."""

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from rtopnet.kernel.errors import SetUpError
from rtopnet.sharing.documents import typesetting
from rtopnet.sharing.public import (
    DocumentAttachment,
    DocumentNotSetError,
    DocumentPart,
    DocumentReply,
    ExportDocument,
    Marking,
    render_document,
)

AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
PLAIN = ExportDocument(
    reference="3f0c",
    title="Movement on the shore",
    owner="State XAA",
    marking=Marking.AMBER_STRICT,
    chatham_house=True,
    version=2,
    released_at=AT,
    reader="Focal point of XAB",
    exported_at=AT,
    body="One paragraph.\n\nAnother.",
)


def pages(document, language="en"):
    pdf = pypdfium2.PdfDocument(render_document(document, language=language))
    texts = []
    for page in pdf:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    pdf.close()
    return texts


def words(text):
    return " ".join(text.split())


def test_each_page_says_marking_reader_time_and_number():
    found = pages(replace(PLAIN, body="Words. " * 3000))
    assert len(found) > 3
    for number, text in enumerate(found, 1):
        assert text.count("TLP:AMBER+STRICT") == 2
        assert "Taken out by Focal point of XAB on 1 May 2026, 09:30 UTC" in words(text)
        assert f"Page {number} of {len(found)}" in words(text)
        assert "Chatham House Rule" in text


@pytest.mark.parametrize(
    ("marking", "label"),
    [
        (Marking.RED, "TLP:RED"),
        (Marking.AMBER, "TLP:AMBER "),
        (Marking.GREEN, "TLP:GREEN"),
        (Marking.CLEAR, "TLP:CLEAR"),
    ],
)
def test_every_marking_has_its_words(marking, label):
    (text,) = pages(replace(PLAIN, marking=marking, chatham_house=False))
    assert label in f"{words(text)} "
    assert "Chatham" not in text


def test_it_holds_all_that_its_reader_may_see():
    document = replace(
        PLAIN,
        parts=(DocumentPart("Source", "A fisherman"),),
        replies=(DocumentReply("State XAC", AT, "We see it otherwise."),),
        attachments=(DocumentAttachment("photo.jpg", 123456, "ab" * 32),),
    )
    text = words("".join(pages(document)))
    for wanted in (
        "Movement on the shore",
        "Owner State XAA",
        "Released 1 May 2026, 09:30 UTC",
        "Version 2",
        "Reference 3f0c",
        "One paragraph. Another.",
        "Source A fisherman",
        "Reply of State XAC",
        "We see it otherwise.",
        "photo.jpg · 123,456 bytes",
        "SHA-256 abababab",
    ):
        assert wanted in text


MARKUP = (
    '#import "@preview/cetz:0.1": *',
    '#read("/etc/passwd")',
    "*bold* _slanted_ $x^2$ @label <label> `raw`",
    "= No heading",
    "#panic()",
    "\\ \\u{41} // no comment /* nor this */",
    '" + sys.inputs + "',
)


@pytest.mark.parametrize("markup", MARKUP)
def test_text_is_never_markup(markup):
    everywhere = replace(
        PLAIN,
        title=markup,
        owner=markup,
        reader=markup,
        body=markup,
        parts=(DocumentPart(markup, markup),),
        replies=(DocumentReply(markup, AT, markup),),
        attachments=(DocumentAttachment(markup, 1, markup),),
    )
    text = words("".join(pages(everywhere)))
    assert text.count(words(markup)) >= 8


@pytest.mark.parametrize(
    "text", ["ព្រះរាជាណាចក្រ", "ປະຊາຊົນ", "ประชาชน", "မြန်မာ", "Cộng hòa Xã hội", "Ελλάδα", "Россия"]
)
def test_every_script_of_a_region_has_its_face(text):
    (found,) = pages(replace(PLAIN, body=text))
    assert text[:2] in found


@pytest.mark.parametrize("language", ["km", "lo", "th", "my", "vi", "xx"])
def test_it_speaks_the_readers_language_or_english(language):
    (text,) = pages(PLAIN, language)
    assert "Movement on the shore" in text


def test_a_long_word_stays_on_the_page():
    pdf = pypdfium2.PdfDocument(render_document(replace(PLAIN, body="x" * 900), language="en"))
    page = pdf[0]
    text = page.get_textpage()
    right = max(text.get_charbox(index)[2] for index in range(text.count_chars()))
    assert right < page.get_width()
    for thing in (text, page, pdf):
        thing.close()


def test_control_characters_do_no_harm():
    (text,) = pages(replace(PLAIN, body="a\x00b\x07c\r\nd", title="t\ni"))
    assert "t i" in words(text)


def test_the_same_document_is_the_same_file():
    assert render_document(PLAIN, language="en") == render_document(PLAIN, language="en")


def test_what_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", 0.01)
    with pytest.raises(DocumentNotSetError):
        render_document(PLAIN, language="en")


def test_missing_faces_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(typesetting, "FACES", tmp_path)
    with pytest.raises(SetUpError, match="run make setup"):
        render_document(PLAIN, language="en")
