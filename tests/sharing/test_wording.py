"""Splitting and folding of texts: each word of a text finds the text, in every script of the region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtopnet.sharing.excerpts import Fragment, excerpt, marked
from rtopnet.sharing.wording import folded, language_of, tokens_of, wanted, words_of

SENTENCES = {
    "km": "រដ្ឋាភិបាលបានប្រកាសពីការជម្លៀសប្រជាជនចេញពីភូមិក្បែរព្រំដែន កាលពីថ្ងៃទី១២",
    "lo": "ລັດຖະບານໄດ້ປະກາດການຍົກຍ້າຍປະຊາຊົນອອກຈາກໝູ່ບ້ານໃກ້ຊາຍແດນ ໃນວັນທີ ໑໒",
    "th": "รัฐบาลประกาศอพยพประชาชนออกจากหมู่บ้านใกล้ชายแดน เมื่อวันที่ ๑๒ และส่งน้ำดื่ม",
    "my": "အစိုးရက နယ်စပ်အနီးရှိ ကျေးရွာများမှ ပြည်သူများကို ရွှေ့ပြောင်းကြောင်း ၁၂ ရက်နေ့တွင် ကြေညာခဲ့သည်",
    "vi": "Chính phủ đã tuyên bố di dời người dân khỏi các làng gần biên giới vào ngày 12",
    "": "On 12 March the governor's office re-settled 1,200 people; l'École Supérieure closed.",
}
INSIDE = [
    *[("km", word) for word in ("ជម្លៀស", "ប្រជាជន", "ព្រំដែន", "ភូមិ", "12", "១២")],
    *[("lo", word) for word in ("ຍົກຍ້າຍ", "ປະຊາຊົນ", "ໝູ່ບ້ານ", "ຊາຍແດນ", "12")],
    *[("th", word) for word in ("อพยพ", "หมู่บ้าน", "ชายแดน", "น้ำดื่ม", "๑๒")],
    *[("my", word) for word in ("ပြည်သူ", "ကျေးရွာ", "နယ်စပ်", "ရွှေ့ပြောင်း", "၁၂")],
    *[("vi", word) for word in ("biên giới", "bien gioi", "NGƯỜI DÂN", "đã", "da")],
    *[("", word) for word in ("governor", "ecole", "ÉCOLE", "1200", "gover", "\uff11\uff12")],
]
NOT_INSIDE = [("km", "ទឹកភ្លៀង"), ("th", "โรงเรียน"), ("my", "စစ်ဆေးရေး"), ("vi", "trường học"), ("", "overnor")]


def finds(query, text):
    asked, tokens = wanted(query), tokens_of(text)
    return (
        bool(asked)
        and set(asked.exact) <= set(tokens)
        and all(any(token.startswith(beginning) for token in tokens) for beginning in asked.beginnings)
    )


@pytest.mark.parametrize(("language", "word"), INSIDE)
def test_a_word_inside_a_sentence_finds_it(language, word):
    assert finds(word, SENTENCES[language])


@pytest.mark.parametrize(("language", "word"), NOT_INSIDE)
def test_a_word_that_is_not_there_finds_nothing(language, word):
    assert not finds(word, SENTENCES[language])


@pytest.mark.parametrize("language", SENTENCES)
def test_a_script_tells_its_language(language):
    assert language_of(SENTENCES[language]) == language


def letters(*ranges):
    return st.sampled_from([chr(code) for start, end in ranges for code in range(start, end)])


ALPHABETS = [
    letters((0x1780, 0x17D4), (0x17E0, 0x17EA)),
    letters((0xE81, 0xEDF)),
    letters((0xE01, 0xE3B), (0xE40, 0xE4F)),
    letters((0x1000, 0x104A)),
    letters((0x61, 0x7B), (0xC0, 0x180), (0x1EA0, 0x1EFA), (0x300, 0x304)),
    letters((0x430, 0x450), (0x3B1, 0x3CA), (0x905, 0x930), (0x627, 0x640), (0x4E00, 0x4E20)),
]
WORDS = st.one_of(*[st.text(alphabet, min_size=1, max_size=8) for alphabet in ALPHABETS])
SPACES = st.sampled_from([" ", "", "\u200b", ", ", "-", "\n", "' ", "\u200f", "😀", "\x00"])
TEXTS = st.lists(st.tuples(WORDS | st.sampled_from(list(SENTENCES.values())), SPACES), max_size=6).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


@given(TEXTS)
def test_every_word_of_a_text_finds_it(text):
    for word in words_of(text):
        assert finds(word, text), word


@given(TEXTS)
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)
    assert folded(text.upper()) == folded(text.upper().lower())


@given(TEXTS, st.text(max_size=30))
def test_fragments_are_the_text(text, query):
    assert "".join(part.text for part in marked(text, wanted(query))) == text


@given(st.text())
def test_anything_may_be_typed(query):
    asked = wanted(query)
    assert all("\x00" not in word and word for word in (*asked.exact, *asked.beginnings, *asked.words))


def test_an_excerpt_shows_the_find_between_whole_words():
    text = "Nothing of note. " * 40 + "A ferry was stopped. " + "More of nothing. " * 40
    shown = excerpt(text, wanted("Férry"))
    assert Fragment("ferry", is_find=True) in shown
    assert shown[0] == Fragment("… ")
    assert shown[-1] == Fragment(" …")
    words = "".join(part.text for part in shown[1:-1]).split()
    assert set(words) <= set(text.split())


def test_a_find_covers_letters_that_fold_to_two_or_to_none():
    assert marked("Straße nach Tra\u0300\u0300ng", wanted("strasse trang")) == (
        Fragment("Straße", is_find=True),
        Fragment(" nach "),
        Fragment("Tra\u0300\u0300ng", is_find=True),
    )


def test_a_thai_word_is_marked_inside_its_sentence():
    assert Fragment("หมู่บ้าน", is_find=True) in marked(SENTENCES["th"], wanted("หมู่บ้าน"))
