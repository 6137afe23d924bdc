"""What the documentation says of packs is so."""

import hashlib
import re
from pathlib import Path

import pytest

from rtopnet.network.region_pack import check_pack, codes, folder, vocabulary
from rtopnet.network.region_pack.entries import Entry

DOCS = Path(__file__).parents[3] / "docs"
HOW_TO = (DOCS / "how-to/add-a-region.md").read_text(encoding="utf-8")
REFERENCE = (DOCS / "reference/region-pack.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", HOW_TO, re.DOTALL)


def test_the_region_of_the_how_to_has_no_fault(tmp_path):
    (region, sources), (boundaries,), (table,) = blocks("yaml"), blocks("json"), blocks("csv")
    data = {"boundaries.geojson": boundaries, "starter/country_month_all.csv": table}
    for file, text in data.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
        sources = sources.replace(f"<sha256 of {file}>", hashlib.sha256(text.encode()).hexdigest())
    (tmp_path / "region.yaml").write_text(region, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(sources, encoding="utf-8")
    assert check_pack(tmp_path) == []


@pytest.fixture
def keys_read(monkeypatch, pack):
    """Every key that reading the small pack asks for."""
    asked = set()
    has = Entry.has

    def remembering(self, key):
        asked.add(key)
        return has(self, key)

    monkeypatch.setattr(Entry, "has", remembering)
    assert check_pack(pack) == []
    return asked - {"en", "km"}


def test_every_key_is_in_the_reference(keys_read):
    assert len(keys_read) > 40
    assert [key for key in sorted(keys_read) if f"`{key}`" not in REFERENCE] == []


@pytest.mark.parametrize(
    "words",
    [
        vocabulary.KINDS,
        vocabulary.CRIMES,
        vocabulary.POSTS,
        vocabulary.INSTITUTIONS,
        vocabulary.VERIFIED,
        vocabulary.HOLDINGS,
        vocabulary.OUTCOMES,
        codes.DIRECTIONS,
    ],
)
def test_every_word_of_a_list_is_in_the_reference(words):
    assert [word for word in words if f"`{word}`" not in REFERENCE] == []


def test_every_file_is_in_the_reference():
    forms = {form.replace("locale/*/LC_MESSAGES/", "").replace("django", "") for form in folder.LARGEST}
    assert [form for form in forms if form not in REFERENCE and form != "*.mo"] == []
