"""Every region pack's catalogue is whole: nothing empty or doubtful, every blank kept."""

import re
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

import rtopnet

REGIONS = Path(rtopnet.__file__).parent / "regions"
CATALOGUES = sorted(REGIONS.glob("*/locale/*/LC_MESSAGES/django.po"))
BLANK = re.compile(r"%\(\w+\)[a-z]|%[%a-z]|\{\w*\}|</?[a-z][^>]*>")
KHMER = re.compile(r"[\u1780-\u17ff]")
NAMES = re.compile(r"Apache License 2\.0|SHA-256|MP[34]|UTF-8")
"""Proper names, which keep their figures."""
SIGN_IN_TEXTS = {
    "Password",
    "Forgot your password?",
    "The email address and/or password you specified are not correct.",
    "Too many failed login attempts. Try again later.",
    "You have signed out.",
    "This field is required.",
    "This password is too common.",
}
"""Shown on the sign-in pages by the libraries behind them, which have no Khmer."""


def read(file):
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parents[1].name)


def messages(file):
    return [message for message in read(file) if message.id]


def wordings(message):
    """The source text, which in a plural message is its last form, with each of its translations."""
    source = message.id[-1] if message.pluralizable else message.id
    said = message.string if message.pluralizable else (message.string,)
    return [(source, translation) for translation in said]


def catalogue_of(language):
    found = [file for file in CATALOGUES if file.parents[1].name == language]
    assert len(found) == 1
    return found[0]


@pytest.fixture(params=CATALOGUES, ids=lambda file: f"{file.parents[3].name}-{file.parents[1].name}")
def catalogue(request):
    return request.param


def test_every_language_of_pages_or_documents_beside_english_has_one_catalogue():
    packs = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in REGIONS.glob("*/region.yaml")]
    offered = {language["code"] for pack in packs for language in pack["languages"]} - {"en"}
    offered |= {code for pack in packs for code in pack.get("document_languages", ())}
    assert {file.parents[1].name for file in CATALOGUES} == offered
    assert len(CATALOGUES) == len(offered)


def test_every_message_is_translated_and_none_is_in_doubt(catalogue):
    wanting = [
        message.id
        for message in messages(catalogue)
        if message.fuzzy or not all(said.strip() for _, said in wordings(message))
    ]
    assert wanting == []


def test_every_translation_keeps_its_blanks_and_tags(catalogue):
    changed = [
        source
        for message in messages(catalogue)
        for source, said in wordings(message)
        if sorted(BLANK.findall(source)) != sorted(BLANK.findall(said))
    ]
    assert changed == []


def test_a_library_text_counts_as_used_though_our_own_code_does_not_say_it(catalogue):
    """What gathering sets aside is lost to readers; ``msgattrib --clear-obsolete`` takes it back."""
    assert [message.id for message in read(catalogue).obsolete.values()] == []


def test_one_plural_form_is_enough_in_khmer():
    file = catalogue_of("km")
    assert read(file).num_plurals == 1
    assert {len(message.string) for message in messages(file) if message.pluralizable} == {1}


def test_khmer_sentences_end_and_count_the_khmer_way():
    said = [
        BLANK.sub("", translation)
        for message in messages(catalogue_of("km"))
        for _, translation in wordings(message)
    ]
    assert [text for text in said if text.rstrip().endswith(".")] == []
    assert [text for text in said if re.search(r"[0-9]", NAMES.sub("", text))] == []
    assert [text for text in said if KHMER.search(text) and re.search(r"[\u1780-\u17ff][:.;]", text)] == []


def test_what_the_libraries_say_on_the_sign_in_pages_is_in_khmer():
    known = {message.id: message.string for message in messages(catalogue_of("km"))}
    assert [text for text in SIGN_IN_TEXTS if not KHMER.search(known.get(text, ""))] == []
