"""Layouts of papers: ours, and those of a region in their place or beside them."""

import pypdfium2
import pytest

from rtopnet.advice.layouts import KINDS, OURS, layout_from, layouts_of
from rtopnet.kernel.errors import SetUpError
from rtopnet.sharing.public import DocumentSection, GatheredDocument, Marking, render_document
from tests.sharing.test_documents import AT

LETTER = """/* ---
kind: advice
names: {en: Letter}
sections:
  - {key: matter, needed: true, names: {en: The matter}}
--- */
#import "/frame.typ": *
#show: framed
= In the name of the region
#for one in content.sections.filter(one => one.key == "matter") { section(one) }
"""


def test_ours_have_their_sections_and_kinds():
    found = layouts_of("nowhere")
    assert set(found) == {"situation", "outlook", "briefing", "concept"}
    assert found["concept"].kind == "summit_paper"
    assert all(any(one.is_needed for one in layout.sections) for layout in found.values())
    assert all(layout.kind in KINDS for layout in found.values())
    assert found["situation"].sections[0].title("en") == "What is happening"


def test_a_region_changes_one_and_adds_another(settings, tmp_path):
    folder = tmp_path / "reef" / "documents"
    folder.mkdir(parents=True)
    (folder / "letter.typ").write_text(LETTER)
    (folder / "briefing.typ").write_text(LETTER)
    settings.REGION_FOLDER = tmp_path
    found = layouts_of("reef")
    assert found["letter"].name("en") == found["briefing"].name("en") == "Letter"
    assert [one.title("en") for one in found["letter"].sections] == ["The matter"]
    assert found["situation"].source == (OURS / "situation.typ").read_text()


def test_a_regions_own_layout_is_set():
    document = GatheredDocument(
        title="T",
        marking=Marking.GREEN,
        chatham_house=False,
        reader="r",
        exported_at=AT,
        sections=(
            DocumentSection("The matter", "Words #with *marks*.", key="matter"),
            DocumentSection("Left out", "Nothing of this.", key="other"),
        ),
        whose="To the Council",
    )
    pdf = pypdfium2.PdfDocument(render_document(document, language="en", layout=LETTER, archived=True))
    text = pdf[0].get_textpage()
    said = " ".join(text.get_text_range().split())
    text.close()
    pdf.close()
    assert "In the name of the region" in said
    assert "Words #with *marks*." in said
    assert "To the Council" in said
    assert "Nothing of this" not in said


@pytest.mark.parametrize(
    "text",
    [
        "no head",
        "/* ---\n- a list\n--- */",
        "/* ---\nsections: []\n--- */",
        "/* ---\nsections: [{key: Wrong Key}]\n--- */",
        "/* ---\nkind: speech\nsections: [{key: a}]\n--- */",
        "/* ---\n{broken\n--- */",
    ],
)
def test_a_file_that_does_not_name_its_sections_is_refused(text):
    with pytest.raises(SetUpError, match=r"letter\.typ"):
        layout_from("letter", text)
