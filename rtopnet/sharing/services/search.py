"""What is indexed of records, by the deeds that write them."""

from uuid import UUID

from rtopnet.sharing.models import RecordPart, RecordText, SearchEntry
from rtopnet.sharing.wording import language_of, plain, tokens_of, words_of

MOST_PLACES = 16_383
"""As far into a text as the database keeps the places of words; they are found beyond it too."""
MOST_TOKENS = 50_000
"""Different words of one text that are indexed; more than a book of a thousand pages has."""


def index_text(*, record: UUID, source: UUID, source_table: str, text: str, title: str = "") -> None:
    """Have ``text`` found by those who read its source, in place of what was indexed of it before.

    Runs inside the deed that writes the text, which leaves the ledger entry. The source's model needs the
    rule ``Searched`` among its constraints; for a record's own words the source is the record.
    """
    title, text = plain(title), plain(text)
    whole = f"{title}\n{text}"
    SearchEntry.objects.update_or_create(
        source=source,
        defaults={
            "record_id": record,
            "source_table": source_table,
            "title": title[:300],
            "text": text,
            "language": language_of(whole),
            "words": _vector(words_of(title), words_of(text)),
            "tokens": tokens_of(whole)[:MOST_TOKENS],
        },
    )


def index_record(*, record: UUID) -> None:
    """Have the record's newest words and parts found, and no earlier ones; inside the deed that wrote."""
    words = RecordText.objects.filter(record=record).order_by("-version").first()
    if words is None:
        return
    index_text(
        record=record, source=record, source_table="sharing_record", title=words.title, text=words.body
    )
    parts = list(RecordPart.objects.filter(record=record, version=words.version))
    earlier = SearchEntry.objects.filter(record=record, source_table="sharing_recordpart")
    earlier.exclude(source__in=[part.pk for part in parts]).delete()
    for part in parts:
        index_text(
            record=record,
            source=part.pk,
            source_table="sharing_recordpart",
            title=part.label,
            text=part.body,
        )


def forget_texts(*, record: UUID) -> None:
    """Have nothing found of the record any more, neither its words nor what belongs to it."""
    SearchEntry.objects.filter(record=record).delete()


def _vector(title: list[str], text: list[str]) -> str:
    places: dict[str, list[str]] = {}
    weighted = [(word, "A") for word in title] + [(word, "") for word in text]
    for place, (word, weight) in enumerate(weighted[:MOST_PLACES], start=1):
        places.setdefault(word, []).append(f"{place}{weight}")
    return " ".join(f"'{word}':{','.join(found[:255])}" for word, found in places.items())
