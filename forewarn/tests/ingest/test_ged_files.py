"""What a GED download may look like, and what is refused before anything changes."""

import io
import zipfile

import polars as pl
import pytest
from forewarn.contracts.errors import UnusableInputError
from forewarn.ingest import holdings
from forewarn.ingest.store import parquet_files
from forewarn.ingest.ucdp_ged.columns import GED_COLUMNS


def kept(store, taken):
    return pl.read_parquet(parquet_files(store, taken.holding), hive_partitioning=False).sort("id")


def test_all_columns_are_kept_and_typed_with_their_provenance(event, ged_file, read_in, store):
    row = kept(store, read_in(ged_file([event(7, gwnoa="775")]), fetched_at="2026-06-08")).row(0, named=True)

    assert set(GED_COLUMNS) - {"year"} <= set(row)
    assert (row["id"], row["best"], row["latitude"], row["active_year"], row["gwnoa"]) == (
        7,
        3,
        9.5,
        True,
        "775",
    )
    assert str(row["date_start"]) == "2020-03-10"
    assert (row["source"], row["version"], row["licence"]) == ("ucdp-ged", "23.1", "CC BY 4.0")
    assert row["fetched_at"] == "2026-06-08T00:00:00.000000+00:00"
    assert len(row["file_sha256"]) == 64


def test_events_lie_in_folders_by_source_and_year(event, ged_file, read_in, store):
    taken = read_in(ged_file([event(1), event(2, date_start="1999-05-01")]))

    folders = {file.parent.relative_to(store).parts for file in parquet_files(store, taken.holding)}
    assert {(parts[1], parts[-1]) for parts in folders} == {
        ("source=ucdp-ged", "year=1999"),
        ("source=ucdp-ged", "year=2020"),
    }


@pytest.mark.parametrize(
    "day", ["2020-03-10", "2020-03-10 00:00:00.000", "2020-03-10T00:00:00", "2020-03-10 00:00:00"]
)
def test_dates_come_with_or_without_a_time(event, ged_file, read_in, store, day):
    frame = kept(store, read_in(ged_file([event(1, date_start=day, date_end=day)])))

    assert frame["date_start"].cast(pl.String).to_list() == ["2020-03-10"]


def test_older_versions_lack_columns_and_name_some_differently(event, ged_text, read_in, store, tmp_path):
    old = {"best": "best_est", "low": "low_est", "high": "high_est", "conflict_new_id": "conflict_id"}
    absent = {"code_status", "gwnoa", "gwnob", "relid", "dyad_dset_id", "where_description"}
    columns = [name for name in GED_COLUMNS if name not in absent]
    header, _, rest = ged_text([event(1)], columns=columns).partition("\n")
    named = ",".join(old.get(name, name) for name in header.split(","))
    path = tmp_path / "ged171.csv"
    path.write_text(f"{named}\n{rest}", encoding="utf-8")

    taken = read_in(path)

    row = kept(store, taken).row(0, named=True)
    assert taken.holding.version == "17.1"
    assert (row["best"], row["low"], row["conflict_new_id"], row["relid"]) == (3, 2, 11, None)


def test_columns_may_stand_in_another_order_among_others_we_do_not_know(
    event, ged_text, read_in, store, tmp_path
):
    rows = [event(1) | {"mood": "dark"}]
    path = tmp_path / "ged231.csv"
    path.write_text(ged_text(rows, columns=["mood", *reversed(GED_COLUMNS)]), encoding="utf-8")

    assert kept(store, read_in(path)).select("id", "best", "low").rows() == [(1, 3, 2)]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_and_a_byte_order_mark_are_read(event, ged_text, read_in, tmp_path, delimiter):
    path = tmp_path / "ged231.csv"
    text = ged_text([event(1), event(2)], delimiter=delimiter).replace("\n", "\r\n")
    path.write_text(text, encoding="utf-8-sig", newline="")

    assert read_in(path).holding.rows == 2


def test_a_candidate_file_without_header_has_the_fixed_columns(event, ged_file, read_in, store):
    taken = read_in(ged_file([event(1, best="x"), event(2)], "GEDEvent_v24_0_1.csv", header=False))

    assert kept(store, taken)["id"].to_list() == [2]
    assert pl.read_csv(taken.rejects)["row"].to_list() == [1]


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_a_zipped_download_is_the_same_as_its_csv(event, ged_text, read_in, store, tmp_path):
    path = zipped(
        tmp_path / "ged231-csv.zip", {"GEDEvent_v23_1.csv": ged_text([event(1)]), "readme.txt": "hello"}
    )

    taken = read_in(path)

    assert (taken.holding.version, kept(store, taken)["id"].to_list()) == ("23.1", [1])


def broken_files(event, ged_text):
    """Content of files that must be refused, with a word of the reason."""
    sound = ged_text([event(n) for n in (1, 2, 3)])
    whole_zip = io.BytesIO()
    zipped(whole_zip, {"a.csv": sound * 50})
    return {
        "empty": (b"", "empty"),
        "binary": (b"\x00\x01" * 500, "not a text file"),
        "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        "utf-16": (sound.encode("utf-16"), "not a text file"),
        "page": (b"<html><body>Sign in</body></html>\n", "not a UCDP GED header"),
        "other table": (b"iso3,month,deaths\nXAA,2020-01,1\n", "not a UCDP GED header"),
        "header only": (sound[: sound.index("\n") + 1].encode(), "no usable row"),
        "cut in a field": (sound[:-60].encode(), "cut off"),
        "cut in a quotation": (sound[: sound.rindex("quoted")].encode(), "cut off"),
        "wrong number of fields": (
            (sound[: sound.index("\n") + 1] + "1,2,3\n" * 9).encode(),
            "wrong number of fields",
        ),
        "column missing": (sound.replace("date_end", "date_last", 1).encode(), "column date_end is missing"),
        "cut-off zip": (whole_zip.getvalue()[:-200], "zip archive"),
        "damaged zip": (
            whole_zip.getvalue()[:300] + b"\xff" * 40 + whole_zip.getvalue()[340:],
            "zip archive",
        ),
    }


@pytest.mark.parametrize(
    "kind",
    [
        "empty",
        "binary",
        "picture",
        "utf-16",
        "page",
        "other table",
        "header only",
        "cut in a field",
        "cut in a quotation",
        "wrong number of fields",
        "column missing",
        "cut-off zip",
        "damaged zip",
    ],
)
def test_a_broken_file_is_refused_and_the_store_stays_as_it_was(
    event, ged_file, ged_text, read_in, store, tmp_path, kind
):
    read_in(ged_file([event(1)], "ged221.csv"))
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    content, reason = broken_files(event, ged_text)[kind]
    path = tmp_path / "ged231.csv"
    path.write_bytes(content)

    with pytest.raises(UnusableInputError, match=reason) as refusal:
        read_in(path)

    assert "\n" not in str(refusal.value)
    assert str(path) in str(refusal.value)
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before


def test_a_cut_anywhere_in_the_last_record_is_noticed(event, ged_text, read_in, tmp_path, store):
    text = ged_text([event(n, source_article="", gwnoa="775", gwnob="") for n in (1, 2)])
    last = text.index("\n2,") + 1
    for cut in range(last + 1, len(text) - 2, 31):
        path = tmp_path / "ged231.csv"
        path.write_text(text[:cut], encoding="utf-8")
        with pytest.raises(UnusableInputError, match="incomplete"):
            read_in(path)
    assert holdings(store) == []


def test_a_missing_last_line_end_alone_is_no_cut(event, ged_text, read_in, tmp_path):
    path = tmp_path / "ged231.csv"
    path.write_text(ged_text([event(1), event(2)]).rstrip("\n"), encoding="utf-8")

    assert read_in(path).holding.rows == 2


def test_zip_archives_that_could_do_harm_are_refused(event, ged_text, read_in, tmp_path):
    text = ged_text([event(1)])
    with pytest.raises(UnusableInputError, match=r"exactly one \.csv file, it holds 2"):
        read_in(zipped(tmp_path / "ged231.zip", {"a.csv": text, "b.csv": text}))
    with pytest.raises(UnusableInputError, match="it holds 0"):
        read_in(zipped(tmp_path / "ged231.zip", {"a.txt": text}))
    with pytest.raises(UnusableInputError, match="would unpack to 209715200 bytes; refused"):
        read_in(zipped(tmp_path / "ged231.zip", {"a.csv": bytes(200 << 20)}))


def test_a_file_that_is_not_there_is_one_line(read_in, tmp_path):
    with pytest.raises(UnusableInputError, match="No such file"):
        read_in(tmp_path / "ged231.csv")
