"""Each connector against a source on this machine: documented bytes, errors, pages, revisions."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rtopnet.warning.evidence.sources.acled import CONNECTOR as ACLED
from rtopnet.warning.evidence.sources.contract import Ask
from rtopnet.warning.evidence.sources.feed import CONNECTOR as FEED
from rtopnet.warning.evidence.sources.feed import plain_text
from rtopnet.warning.evidence.sources.file import CONNECTOR as FILE
from rtopnet.warning.evidence.sources.gdelt import CONNECTOR as GDELT
from rtopnet.warning.evidence.sources.refusals import (
    AccessRefusedError,
    AnswerTooLargeError,
    FormatChangedError,
    SettingMissingError,
    SourceBusyError,
    SourceError,
    SourceGoneError,
)
from rtopnet.warning.evidence.sources.registry import connectors
from rtopnet.warning.evidence.sources.reliefweb import CONNECTOR as RELIEFWEB
from rtopnet.warning.evidence.sources.ucdp import COLUMNS
from rtopnet.warning.evidence.sources.ucdp import CONNECTOR as UCDP
from tests.warning.evidence import loopback

TODAY = date(2026, 9, 20)
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>f</id><title>Wire</title><updated>2026-09-05T00:00:00Z</updated>
<entry><id>a</id><title>Fire in &lt;b&gt;Arlen&lt;/b&gt;</title>
<updated>2026-09-05T09:00:00Z</updated>
<link href="https://wire.example/a"/>
<content type="html">&lt;p&gt;One&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;
&lt;p&gt;Two &amp;amp; three&lt;/p&gt;</content></entry>
<entry><title>No id</title><updated>2026-09-06T09:00:00Z</updated></entry></feed>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><language>fr</language>
<item><guid>g1</guid><title>Un</title><pubDate>Sat, 05 Sep 2026 09:00:00 GMT</pubDate>
<link>javascript:alert(1)</link></item></channel></rss>"""


def ask(source, path="", **more):
    return Ask(address=source.address + path, today=TODAY, **more)


def test_the_registry_finds_every_connector():
    assert list(connectors()) == ["acled", "feed", "file", "gdelt", "reliefweb", "ucdp"]


# --- the wire ---------------------------------------------------------------------------------------------


def test_a_busy_source_is_asked_again_later_and_waits_are_repeatable(source):
    waits = []
    for _ in range(2):
        source.answers.clear()
        source.says("/f", status=503)
        source.says("/f", status=429, Retry_After="7")
        source.says("/f", ATOM.encode())
        with loopback.wire() as wire:
            assert len(FEED.fetch(ask(source, "/f"), wire).items) == 2
            waits.append(wire.waits)
    assert waits[0] == waits[1]
    assert waits[0][1] == 7.0


def test_a_source_that_stays_busy_or_away_says_so(source, wire):
    source.says("/f", status=500)
    with pytest.raises(SourceBusyError, match="500, 4 times"):
        FEED.fetch(ask(source, "/f"), wire)
    with pytest.raises(SourceBusyError, match="ConnectError"):
        FEED.fetch(Ask(address="http://127.0.0.1:1/f", today=TODAY), wire)


def test_errors_say_what_is_wrong(source, wire):
    for status, error in ((403, AccessRefusedError), (404, SourceGoneError), (418, SourceError)):
        source.answers.clear()
        source.says("/f", status=status)
        with pytest.raises(error, match=str(status)):
            FEED.fetch(ask(source, "/f"), wire)


def test_an_answer_beyond_the_limits_of_size_and_time_is_let_go(source):
    source.says("/f", b"x" * 3000)
    with loopback.wire(most_bytes=1000) as wire, pytest.raises(AnswerTooLargeError):
        FEED.fetch(ask(source, "/f"), wire)
    ticks = iter(range(0, 1000, 100))
    with loopback.wire(clock=lambda: next(ticks)) as wire, pytest.raises(SourceBusyError, match="in full"):
        FEED.fetch(ask(source, "/f"), wire)


# --- feeds ------------------------------------------------------------------------------------------------


def test_a_feed_is_read_as_text_with_ids_and_days(source, wire):
    source.says("/f", ATOM.encode(), ETag='"1"', Last_Modified="Sat, 05 Sep 2026 00:00:00 GMT")
    batch = FEED.fetch(ask(source, "/f"), wire)
    first, second = batch.items
    assert (first.key, first.title, first.text) == ("a", "Fire in Arlen", "One\nTwo & three")
    assert first.published_at == datetime(2026, 9, 5, 9, tzinfo=UTC)
    assert first.outlets == ("Wire",)
    assert len(second.key) == 64
    assert batch.cursor == {"etag": '"1"', "modified": "Sat, 05 Sep 2026 00:00:00 GMT"}
    assert first.raw_sha256 == hashlib.sha256(ATOM.encode()).hexdigest()


def test_a_feed_that_has_not_changed_brings_nothing(source, wire):
    source.says("/f", status=304)
    cursor = {"etag": '"1"', "modified": "then"}
    batch = FEED.fetch(ask(source, "/f", cursor=cursor), wire)
    assert (batch.items, batch.cursor) == ((), cursor)
    headers = source.asked[0][2]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', "then")


def test_rss_is_read_and_addresses_that_run_programs_are_dropped(source, wire):
    source.says("/f", RSS.encode())
    (item,) = FEED.fetch(ask(source, "/f"), wire).items
    assert (item.key, item.url, item.language, item.outlets) == ("g1", "", "fr", ("Post",))


@pytest.mark.parametrize(
    "content", [b"<html><body>We moved</body></html>", b"", b"{}", b'<!DOCTYPE x [<!ENTITY a "b">]><feed/>']
)
def test_what_is_no_feed_any_more_is_refused(source, wire, content):
    source.says("/f", content)
    with pytest.raises(FormatChangedError):
        FEED.fetch(ask(source, "/f"), wire)


def test_html_becomes_text():
    assert plain_text("<div>a<br>b</div><style>p{}</style>&lt;i&gt; &nbsp; c") == "a\nb\n<i> c"


def test_a_feed_of_the_pack_is_news_on_the_day_it_is_read(tmp_path, wire):
    (tmp_path / "signals.atom").write_text(
        ATOM.replace("</content>", "</content><category scheme='urn:x/day' term='2026-09-05'/>")
    )
    asked = Ask(address="signals.atom", today=TODAY, folder=tmp_path)
    batch = FILE.fetch(asked, wire)
    assert [item.published_at.date() for item in batch.items] == [date(2026, 9, 19), TODAY]
    assert batch.items[0].first_day == date(2026, 9, 19)
    later = Ask(address="signals.atom", today=date(2026, 10, 1), folder=tmp_path, cursor=batch.cursor)
    assert FILE.fetch(later, wire).items == batch.items
    for address in ("../signals.atom", "none.atom"):
        with pytest.raises(SourceGoneError):
            FILE.fetch(Ask(address=address, today=TODAY, folder=tmp_path), wire)


# --- ReliefWeb --------------------------------------------------------------------------------------------


def report(number, **fields):
    day = f"2026-09-{number:02}T09:00:00+00:00"
    told = {
        "title": f"Report {number}",
        "date": {"created": day, "changed": day},
        "source": [{"shortname": "SYN"}],
        "primary_country": {"iso3": "xaa"},
        "url": f"https://reliefweb.example/{number}",
    }
    return {"id": str(number), "score": 1, "fields": told | fields}


def reports(*rows, total=None):
    return {"totalCount": total or len(rows), "count": len(rows), "data": list(rows)}


RW = {"settings": {"appname": "rtopnet", "states": {"XAA": "XAA"}}}


def test_reliefweb_is_read_page_by_page_from_where_it_ended(source, wire):
    source.says("/v2/reports", reports(report(1), report(2), total=3))
    source.says("/v2/reports", reports(report(3), total=3))
    batch = RELIEFWEB.fetch(ask(source, "/v2", cursor={"changed": "2026-08-31T00:00:00+00:00"}, **RW), wire)
    assert [item.key for item in batch.items] == ["1", "2", "3"]
    assert batch.items[0].state == "XAA"
    assert batch.items[0].outlets == ("SYN",)
    assert batch.cursor == {"changed": "2026-09-03T09:00:00+00:00"}
    questions = [json.loads(body) for _, _, _, body in source.asked]
    assert [question["offset"] for question in questions] == [0, 2]
    assert questions[0]["filter"]["conditions"][1]["value"] == {"from": "2026-08-31T00:00:00+00:00"}
    assert {query for _, query, _, _ in source.asked} == {"appname=rtopnet"}


def test_reliefwebs_refusals_are_told_apart(source, wire):
    for status, error, words in (
        (403, AccessRefusedError, "rtopnet"),
        (410, SourceGoneError, "switched off"),
    ):
        source.answers.clear()
        source.says("/v2/reports", {"status": status}, status=status)
        with pytest.raises(error, match=words):
            RELIEFWEB.fetch(ask(source, "/v2", **RW), wire)
    with pytest.raises(SettingMissingError, match="appname"):
        RELIEFWEB.fetch(ask(source, "/v2"), wire)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"data": []}, "totalCount"),
        (reports({"id": "1"}), "report 1: 'fields'"),
        (reports(report(1, title=None)), "report 1: 'title'"),
        (reports(report(1, date={"created": "yesterday"})), "date.created"),
        (reports(total=5), "5 are there"),
        ([], "list"),
    ],
)
def test_a_changed_answer_of_reliefweb_is_named(source, wire, answer, words):
    source.says("/v2/reports", answer)
    with pytest.raises(FormatChangedError, match=words):
        RELIEFWEB.fetch(ask(source, "/v2", **RW), wire)


# --- GDELT ------------------------------------------------------------------------------------------------


def row(number=1, *, code="1823", country="EX", day="20260918", added="20260918154500"):
    cells = [""] * 61
    cells[0], cells[1], cells[26], cells[59] = str(1300000000 + number), day, code, added
    cells[6], cells[16] = "EXAMPLELAND", "CIVILIAN"
    cells[51:58] = ["4", "Exampletown, Example Region, Exampleland", country, "EX01", "", "9.5", "41.25"]
    cells[60] = f"https://news.example.org/a{number}"
    return "\t".join(cells)


def packed(*rows, names=("e.CSV",)):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in names:
            zipped.writestr(name, "\n".join(rows) + "\n")
    return held.getvalue()


def listed(source, content, stamp="20260918154500", md5=None):
    checksum = md5 or hashlib.md5(content, usedforsecurity=False).hexdigest()
    source.says(
        "/g/lastupdate.txt", f"9 {checksum} http://data.example/gdeltv2/{stamp}.export.CSV.zip\n".encode()
    )
    source.says(f"/g/{stamp}.export.CSV.zip", content)


GD = {"settings": {"states": {"EX": "XAA"}}}


def test_gdelt_brings_the_regions_watched_events(source, wire):
    rows = (row(1), row(2, code="0251"), row(3, country="ZZ"), row(4, day="20250918"), row(5, code="193"))
    listed(source, packed(*rows))
    batch = GDELT.fetch(ask(source, "/g", **GD), wire)
    assert [item.key for item in batch.items] == ["1300000001", "1300000005"]
    first = batch.items[0]
    assert first.title == "Killing by physical assault: Exampleland \u2013 Civilian"
    assert (first.state, first.kind, first.outlets) == ("XAA", "1823", ("news.example.org",))
    assert (first.latitude, first.longitude, first.first_day) == (9.5, 41.25, date(2026, 9, 18))
    assert batch.cursor == {"stamp": "20260918154500"}


def test_gdelts_documented_files_are_read(source, wire):
    folder = Path(__file__).parents[4] / "shared/reference/synthetic"
    if not folder.is_dir():
        pytest.skip("the reference files are not beside the project")
    content = (folder / "20260918154500.export.CSV.zip").read_bytes()
    source.says("/g/lastupdate.txt", (folder / "lastupdate.txt").read_bytes())
    source.says("/g/20260918154500.export.CSV.zip", content)
    batch = GDELT.fetch(ask(source, "/g", **GD), wire)
    assert [item.kind for item in batch.items] == ["1823"]


def test_gdelts_missing_quarters_are_gaps_and_what_was_read_is_not_read_again(source, wire):
    listed(source, packed(row(1)))
    source.says("/g/20260918153000.export.CSV.zip", packed(row(2)))
    batch = GDELT.fetch(ask(source, "/g", cursor={"stamp": "20260918150000"}, **GD), wire)
    assert [item.key for item in batch.items] == ["1300000002", "1300000001"]
    before = len(source.asked)
    assert GDELT.fetch(ask(source, "/g", cursor=batch.cursor, **GD), wire).items == ()
    assert len(source.asked) == before + 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (packed(row().replace("\t", ",", 1)), "line 1 has 60 columns"),
        (packed(row(), names=("a", "b")), "2 files"),
        (b"no zip", "BadZipFile"),
    ],
)
def test_a_changed_file_of_gdelt_is_named(source, wire, content, words):
    listed(source, content)
    with pytest.raises(FormatChangedError, match=words):
        GDELT.fetch(ask(source, "/g", **GD), wire)


def test_a_file_that_the_list_does_not_describe_is_refused(source, wire):
    listed(source, packed(row()), md5="0" * 32)
    with pytest.raises(FormatChangedError, match="not the one"):
        GDELT.fetch(ask(source, "/g", **GD), wire)
    source.answers.clear()
    source.says("/g/lastupdate.txt", b"moved")
    with pytest.raises(FormatChangedError, match="names no file"):
        GDELT.fetch(ask(source, "/g", **GD), wire)


def test_a_zip_that_swells_is_let_go(source, wire, monkeypatch):
    monkeypatch.setattr("rtopnet.warning.evidence.sources.gdelt.MOST_UNPACKED", 100)
    listed(source, packed(row()))
    with pytest.raises(AnswerTooLargeError):
        GDELT.fetch(ask(source, "/g", **GD), wire)


# --- UCDP -------------------------------------------------------------------------------------------------


def event(number, **changed):
    told = dict.fromkeys(COLUMNS, "") | {
        "id": number,
        "type_of_violence": 3,
        "side_a": "Synthetic militia",
        "side_b": "Civilians",
        "where_prec": 2,
        "where_coordinates": "Exampletown",
        "latitude": 9.5,
        "longitude": 41.25,
        "country_id": 999,
        "date_start": "2026-07-04T00:00:00",
        "date_end": "2026-07-05T00:00:00",
        "best": 12,
        "source_office": "Synthetic Wire;Other Post",
        "source_date": "2026-07-05;2026-07-06",
        "source_headline": "Invented headline",
    }
    return told | changed


def events(*rows, total=None, more=""):
    return {
        "TotalCount": total or len(rows),
        "TotalPages": 1,
        "PreviousPageUrl": "",
        "NextPageUrl": more,
        "Result": rows,
    }


def as_csv(*rows, header=True):
    lines = [",".join(COLUMNS)] if header else []
    lines += [",".join(f'"{each[name]}"' for name in COLUMNS) for each in rows]
    return "\n".join(lines).encode()


UC = {"settings": {"states": {"999": "XAA"}, "first_version": "26.0.7"}}
TOKEN = {"secrets": {"TOKEN": "secret"}}


def test_ucdps_interface_is_read_from_page_nought_and_on_to_the_next_release(source, wire):
    path = "/api/gedevents/26.0.7"
    source.says(
        f"{path}?pagesize=1000&page=0&Country=999", events(event(1), total=2, more="http://x.example")
    )
    source.says(f"{path}?pagesize=1000&page=1&Country=999", events(event(2, country_id=1), total=2))
    source.says("/api/gedevents/26.0.8", events(event(3, type_of_violence=1, side_b="Front")))
    batch = UCDP.fetch(ask(source, "/api", **UC, **TOKEN), wire)
    assert [item.key for item in batch.items] == ["1", "3"]
    assert batch.cursor == {"version": "26.0.8"}
    first, second = batch.items
    assert (first.actors, first.targets, first.deaths) == (("Synthetic militia",), ("Civilians",), 12)
    assert second.actors == ("Synthetic militia", "Front")
    assert first.outlets == ("Synthetic Wire", "Other Post")
    assert source.asked[0][2]["x-ucdp-access-token"] == "secret"


def test_ucdps_quota_is_waited_for_and_a_missing_key_is_said(source, wire):
    source.says("/api/gedevents/26.0.7", b"slow down", status=400)
    source.says("/api/gedevents/26.0.7", events(event(1)))
    assert len(UCDP.fetch(ask(source, "/api", **UC, **TOKEN), wire).items) == 1
    assert len(wire.waits) == 1
    source.answers.clear()
    source.says("/api/gedevents/26.0.7", b"API token required", status=401)
    with pytest.raises(AccessRefusedError):
        UCDP.fetch(ask(source, "/api", **UC, **TOKEN), wire)


def test_ucdps_file_is_read_again_for_revisions_and_without_its_header(source, wire):
    source.says("/c/GEDEvent_v26_0_7.csv", as_csv(event(1, best=12)))
    source.says("/c/GEDEvent_v26_0_7.csv", as_csv(event(1, best=15), header=False))
    first = UCDP.fetch(ask(source, "/c", **UC), wire)
    again = UCDP.fetch(ask(source, "/c", cursor=first.cursor, **UC), wire)
    assert [item.deaths for item in (*first.items, *again.items)] == [12, 15]
    assert again.cursor == {"version": "26.0.7"}


def test_ucdps_documented_file_is_read(source, wire):
    folder = Path(__file__).parents[4] / "shared/reference/synthetic"
    if not folder.is_dir():
        pytest.skip("the reference files are not beside the project")
    source.says("/c/GEDEvent_v26_0_7.csv", (folder / "ucdp_GEDEvent_v26_0_7.csv").read_bytes())
    assert [item.key for item in UCDP.fetch(ask(source, "/c", **UC), wire).items] == ["900001", "900002"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (events(event(1), total=2), "2 are there, but 1 came"),
        ({"Result": []}, "TotalCount"),
        (events({"id": 1}), "event 1 of page 0: 'type_of_violence'"),
        (events(event(1, date_start="soon")), "date_start"),
    ],
)
def test_a_changed_answer_of_ucdp_is_named(source, wire, answer, words):
    source.says("/api/gedevents/26.0.7", answer)
    with pytest.raises(FormatChangedError, match=words):
        UCDP.fetch(ask(source, "/api", **UC, **TOKEN), wire)


def test_a_changed_file_of_ucdp_is_named(source, wire):
    source.says("/c/GEDEvent_v26_0_7.csv", as_csv(event(1)).replace(b"side_a,", b"actor,", 1))
    with pytest.raises(FormatChangedError, match="'side_a' is missing"):
        UCDP.fetch(ask(source, "/c", **UC), wire)
    source.answers.clear()
    source.says("/c/GEDEvent_v26_0_7.csv", as_csv(event(1)) + b"\n1,2,3")
    with pytest.raises(FormatChangedError, match="line 3: 3 columns"):
        UCDP.fetch(ask(source, "/c", **UC), wire)
    with pytest.raises(SettingMissingError, match="first_version"):
        UCDP.fetch(ask(source, "/c", settings={"states": {"999": "XAA"}}), wire)


# --- ACLED ------------------------------------------------------------------------------------------------


def coded(number, **changed):
    return {
        "event_id_cnty": f"ZZZ{number}",
        "event_date": "2026-09-05",
        "time_precision": "2",
        "event_type": "Violence against civilians",
        "sub_event_type": "Attack",
        "actor1": "Synthetic Militia",
        "actor2": "Civilians (Exampleland)",
        "civilian_targeting": "Civilian targeting",
        "country": "Exampleland",
        "location": "Exampletown",
        "latitude": "9.5000",
        "longitude": "41.2500",
        "geo_precision": 1,
        "source": "Synthetic Wire; Post",
        "notes": "Synthetic note.",
        "fatalities": 3,
        "timestamp": 1789000000 + number,
    } | changed


AC = {
    "settings": {"states": {"Exampleland": "XAA"}},
    "secrets": {"USER": "u", "PASSWORD": "p"},
    "cursor": {"timestamp": 1789000000, "deleted": 1789000000},
}
TOKENS = {"access_token": "one", "refresh_token": "two", "expires_in": 86400, "token_type": "Bearer"}


def signed_in(source):
    source.says("/oauth/token", TOKENS)
    source.says("/api/deleted/read", {"data": [], "next_cursor": None})


def test_acled_is_read_by_cursor_with_what_was_taken_back(source, wire):
    source.says("/oauth/token", TOKENS)
    source.says("/api/acled/read", {"data": [coded(1), coded(2)], "next_cursor": 48213})
    source.says("/api/acled/read", {"data": [coded(3)], "next_cursor": None})
    gone = [{"event_id_cnty": "ZZZ2", "deleted_timestamp": 1789500000}]
    source.says("/api/deleted/read", {"data": gone, "next_cursor": None})
    batch = ACLED.fetch(ask(source, **AC), wire)
    assert [item.key for item in batch.items] == ["ZZZ1", "ZZZ3"]
    assert batch.gone == ("ZZZ2",)
    assert batch.cursor == {"timestamp": 1789000003, "deleted": 1789500000}
    item = batch.items[0]
    assert (item.state, item.targets, item.outlets) == (
        "XAA",
        ("Civilians (Exampleland)",),
        ("Synthetic Wire", "Post"),
    )
    assert (item.first_day, item.last_day) == (date(2026, 9, 5), date(2026, 9, 11))
    reads = [query for path, query, _, _ in source.asked if path == "/api/acled/read"]
    assert "cursor=0" in reads[0]
    assert "cursor=48213" in reads[1]


def test_acled_signs_in_again_where_its_token_ran_out(source, wire):
    signed_in(source)
    source.says("/api/acled/read", status=401)
    source.says("/api/acled/read", {"data": [coded(1)], "next_cursor": None})
    assert len(ACLED.fetch(ask(source, **AC), wire).items) == 1
    forms = [body.decode() for path, _, _, body in source.asked if path == "/oauth/token"]
    assert "grant_type=password" in forms[0]
    assert "grant_type=refresh_token" in forms[1]
    assert "refresh_token=two" in forms[1]


def test_acleds_refusals_are_told_apart(source, wire):
    source.says("/oauth/token", {"error": "invalid_grant"}, status=400)
    with pytest.raises(AccessRefusedError, match="name and password"):
        ACLED.fetch(ask(source, **AC), wire)
    source.answers.clear()
    signed_in(source)
    source.says("/api/acled/read", {"message": "Access denied"}, status=403)
    with pytest.raises(AccessRefusedError, match="licence"):
        ACLED.fetch(ask(source, **AC), wire)


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([{"data": []}], "next_cursor"),
        ([{"data": [coded(1)], "next_cursor": 0}], "second time"),
        ([{"data": [{"event_id_cnty": "ZZZ1"}], "next_cursor": None}], "event 1: 'event_date'"),
        ([{"data": [coded(1, latitude="north")], "next_cursor": None}], "event 1: latitude"),
        ([{"data": [coded(1, event_date="05/09/2026")], "next_cursor": None}], "event_date"),
        ([{"data": [coded(1, event_date="9999-12-31")], "next_cursor": None}], "event_date is out of range"),
        ([{"data": [coded(1, fatalities=10**30)], "next_cursor": None}], "fatalities is out of range"),
    ],
)
def test_a_changed_answer_of_acled_is_named(source, wire, pages, words):
    signed_in(source)
    for page in pages:
        source.says("/api/acled/read", page)
    with pytest.raises(FormatChangedError, match=words):
        ACLED.fetch(ask(source, **AC), wire)


def test_acleds_documented_pages_are_read(source, wire):
    folder = Path(__file__).parents[4] / "shared/reference/synthetic"
    if not folder.is_dir():
        pytest.skip("the reference files are not beside the project")
    source.says("/oauth/token", TOKENS)
    for name in ("acled_read_cursor0", "acled_read_cursor48213"):
        source.says("/api/acled/read", (folder / f"{name}.json").read_bytes())
    source.says("/api/deleted/read", (folder / "acled_deleted.json").read_bytes())
    batch = ACLED.fetch(ask(source, **AC), wire)
    assert [item.key for item in batch.items] == ["ZZZ1", "ZZZ3"]
