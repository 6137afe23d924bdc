"""A downloaded book, checked by its own script in a bare Python; and tampered with in each way there is."""

import ast
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from rtopnet.audit import download, keys, verify_ledger
from rtopnet.audit.public import BookNotInSightError, book_download, record_deed
from rtopnet.kernel.acting import Capacity, acting_as, acting_for
from rtopnet.network.models import State
from tests.factories import make_account, make_region

pytestmark = pytest.mark.usefixtures("committed")
SCRIPT = Path(verify_ledger.__file__)


@pytest.fixture
def state(tmp_path, settings):
    settings.SIGNING_KEY_FILE = tmp_path / "signing_key"
    return make_state(make_region(), "XAA")


def make_state(region, iso3):
    account = make_account(region, iso3)
    with acting_for(Capacity.INSTALLATION):
        return account.pk, State.objects.get(region=region, iso3=iso3).pk


def write(state, count=3, subject="thing", **more):
    with acting_as(state[0]):
        for number in range(count):
            record_deed(
                verb="tried", kind="test.thing", subject=f"{subject}-{number}", detail={"n": number}, **more
            )


def downloaded(state):
    with acting_as(state[0]), book_download(state[1]) as file:
        return file.read()


def files_of(book):
    with ZipFile(BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(folder, name, files):
    with ZipFile(folder / name, "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return folder / name


def run(*arguments):
    """The script as whoever downloaded it runs it: without any package of ours."""
    return subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def lines(content):
    return [json.loads(line) for line in content.splitlines()]


def jsonl(facts):
    return b"".join(json.dumps(fact).encode() + b"\n" for fact in facts)


def test_a_download_checks_itself(state, tmp_path):
    write(state)
    files = files_of(downloaded(state))
    assert set(files) == {
        "entries.jsonl",
        "checkpoints.jsonl",
        "public_keys.pem",
        "README.txt",
        "verify_ledger.py",
    }
    assert files["verify_ledger.py"] == SCRIPT.read_bytes()
    result = run(zipped(tmp_path, "book.zip", files))
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("ledger intact: 4 entries, 1 checkpoints\n")
    assert keys.present_key_id() in result.stdout


def test_entries_are_read_in_portions(state, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "AT_ONCE", 4)
    write(state, 9)
    found = lines(files_of(downloaded(state))["entries.jsonl"])
    assert [entry["number"] for entry in found] == list(range(1, 11))
    assert found[-1]["verb"] == "downloaded"


def test_the_script_is_short_and_of_the_standard_library():
    text = SCRIPT.read_text()
    assert len(text.splitlines()) < 100
    tree = ast.parse(text, feature_version=(3, 9))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        )
    }
    assert imported <= sys.stdlib_module_names


def edited(files, name, edit):
    facts = lines(files[name])
    edit(facts)
    return files | {name: jsonl(facts)}


def of_entries(edit):
    return lambda files: edited(files, "entries.jsonl", edit)


def of_points(edit):
    return lambda files: edited(files, "checkpoints.jsonl", edit)


def rechained(facts):
    """What an operator without the key would do: chain anew after a change."""
    import hashlib

    previous = "00" * 32
    for number, entry in enumerate(facts, 1):
        said = [entry["book"], str(number), *(entry[name] for name in verify_ledger.SAID), previous]
        entry.update(
            number=number, previous=previous, hash=hashlib.sha256("\n".join(said).encode()).hexdigest()
        )
        previous = entry["hash"]


TAMPERINGS = {
    "a word changed": (of_entries(lambda facts: facts[1].update(verb="did")), "broken at entry 2"),
    "an instant changed": (
        of_entries(lambda facts: facts[0].update(at="2020-01-01T00:00:00.000000Z")),
        "broken at entry 1",
    ),
    "the first dropped": (of_entries(lambda facts: facts.pop(0)), "broken at entry 1"),
    "one dropped": (of_entries(lambda facts: facts.pop(2)), "broken at entry 3"),
    "the last dropped": (of_entries(lambda facts: facts.pop()), "broken at or before entry 5"),
    "one twice": (of_entries(lambda facts: facts.insert(1, facts[1])), "broken at entry 3"),
    "two swapped": (of_entries(lambda facts: facts.insert(1, facts.pop(2))), "broken at entry 2"),
    "one appended": (
        of_entries(lambda facts: facts.append(facts[-1] | {"number": 6, "previous": facts[-1]["hash"]})),
        "broken at entry 6",
    ),
    "another's book": (of_entries(lambda facts: facts[0].update(book="0" * 32)), "broken at entry 1"),
    "dropped and chained anew": (
        of_entries(lambda facts: (facts.pop(1), rechained(facts))),
        "broken at or before entry 5",
    ),
    "changed and chained anew": (
        of_entries(lambda facts: (facts[1].update(verb="did"), rechained(facts))),
        "broken at or before entry 5",
    ),
    "a checkpoint's number": (of_points(lambda facts: facts[0].update(number=3)), "not signed by a key"),
    "a checkpoint's instant": (
        of_points(lambda facts: facts[0].update(at="2020-01-01T00:00:00.000000Z")),
        "not signed by a key",
    ),
    "a checkpoint's signature": (
        of_points(lambda facts: facts[0].update(signature="00" * 64)),
        "not signed by a key",
    ),
    "another key": (
        lambda files: files | {"public_keys.pem": b""},
        "not signed by a key",
    ),
    "no checkpoint": (lambda files: files | {"checkpoints.jsonl": b""}, "cannot be read"),
    "no JSON": (lambda files: files | {"entries.jsonl": b"{"}, "cannot be read"),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_each_tampering_is_seen(state, tmp_path, tampering):
    write(state, 4)
    change, said = TAMPERINGS[tampering]
    result = run(zipped(tmp_path, "book.zip", change(files_of(downloaded(state)))))
    assert result.returncode == 1
    assert said in result.stderr


def test_a_later_download_begins_with_the_earlier(state, tmp_path):
    write(state)
    earlier = zipped(tmp_path, "earlier.zip", files_of(downloaded(state)))
    write(state)
    result = run(zipped(tmp_path, "later.zip", files_of(downloaded(state))), "--since", earlier)
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("to be compared: none\n")


def test_a_replaced_key_is_shown_and_the_earlier_checkpoints_hold(state, tmp_path):
    write(state)
    earlier = zipped(tmp_path, "earlier.zip", files_of(downloaded(state)))
    new = keys.replace_signing_key()
    result = run(zipped(tmp_path, "later.zip", files_of(downloaded(state))), "--since", earlier)
    assert (result.returncode, result.stdout.split()[-1]) == (0, new)


@pytest.mark.parametrize(
    ("rewrite", "said"),
    [
        (lambda facts: (facts[1].update(verb="did"), rechained(facts)), "entry 2 is not as it was"),
        (lambda facts: (facts.pop(1), rechained(facts)), "entry 2 is not as it was"),
        (lambda facts: facts.__delitem__(slice(2, None)), "entry 3 is not as it was"),
    ],
)
def test_history_rewritten_and_signed_anew_contradicts_an_earlier_download(state, tmp_path, rewrite, said):
    write(state)
    files = files_of(downloaded(state))
    earlier = zipped(tmp_path, "earlier.zip", files)
    result = run(zipped(tmp_path, "later.zip", signed_anew(files, rewrite)), "--since", earlier)
    assert result.returncode == 1
    assert said in result.stderr
    assert run(tmp_path / "later.zip").returncode == 0, "nothing else shows it"


def signed_anew(files, rewrite):
    """What an operator with the key would do."""
    entries, points = lines(files["entries.jsonl"]), lines(files["checkpoints.jsonl"])[:1]
    rewrite(entries)
    point = points[0] | {"number": len(entries), "hash": entries[-1]["hash"]}
    names = ("book", "number", "hash", "at", "key_id")
    text = "\n".join(["rtopnet ledger checkpoint 1", *(str(point[name]) for name in names)])
    point["signature"] = keys.sign(text.encode()).signature.hex()
    return files | {"entries.jsonl": jsonl(entries), "checkpoints.jsonl": jsonl([point])}


def test_what_is_no_zip_is_said_in_words(tmp_path):
    for arguments in ([], [tmp_path / "absent.zip"], [SCRIPT]):
        result = run(*arguments)
        assert result.returncode == 1
        assert "Traceback" not in result.stderr


def test_it_holds_nothing_of_another_state(state):
    other = make_state_beside(state)
    write(other, subject="canary-of-another")
    write(state, subject="own")
    text = b"".join(files_of(downloaded(state)).values()).decode()
    assert "own-0" in text
    assert "canary" not in text
    for secret in (str(other[0]), str(other[1])):
        assert secret not in text


def make_state_beside(state):
    with acting_for(Capacity.INSTALLATION):
        region = State.objects.get(pk=state[1]).region
    return make_state(region, "XAB")


def test_nobody_downloads_anothers_book(state):
    other = make_state_beside(state)
    write(other)
    with pytest.raises(BookNotInSightError), acting_as(state[0]):
        book_download(other[1])


SIGNATURES = [
    # key, message, signature: RFC 8032, section 7.1, tests 1 to 3
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), SIGNATURES)
def test_the_script_checks_signatures_as_the_standard_says(key, message, signature):
    key, message, signature = (bytes.fromhex(text) for text in (key, message, signature))
    assert verify_ledger.is_signed(key, message, signature)
    for place in range(0, 64, 7):
        wrong = signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :]
        assert not verify_ledger.is_signed(key, message, wrong)
    assert not verify_ledger.is_signed(key, message + b"x", signature)
    too_large = int.from_bytes(signature[32:], "little") + verify_ledger.Q
    assert not verify_ledger.is_signed(key, message, signature[:32] + too_large.to_bytes(32, "little"))
