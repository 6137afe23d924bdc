"""``rtopnet verify``: a file, its seal, and nothing else of the platform."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rtopnet.config.verify import verify
from rtopnet.kernel.manifests import NAME, BrokenManifestError, Digest, expect_whole, manifest_of
from rtopnet.kernel.seals import sealed
from rtopnet.kernel.signing import key_id_of, public_pem

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ID = key_id_of(KEY.public_key())


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("RTOPNET_DATA", str(tmp_path))
    monkeypatch.delenv("RTOPNET_SIGNING_KEY", raising=False)
    file = tmp_path / "report.pdf"
    file.write_bytes(b"a report")
    claims = {"reader": "Focal point\x1b[2J", "marking": "TLP:AMBER"}
    file.with_name("report.pdf.sig.json").write_bytes(
        sealed(KEY, b"a report", claims, datetime(2026, 5, 1, tzinfo=UTC))
    )
    return file


def test_an_intact_file_with_a_known_key(file, tmp_path, capsys):
    key = tmp_path / "key.pem"
    key.write_text(public_pem(KEY.public_key()))
    assert verify([str(file), "--key", str(key)]) == 0
    said = capsys.readouterr().out
    assert f"report.pdf: intact, signed 2026-05-01T00:00:00Z\n  key: {ID} (known)" in said
    assert "marking: TLP:AMBER" in said
    assert "\x1b" not in said


def test_without_a_key_it_says_what_to_compare(file, capsys):
    assert verify([str(file)]) == 0
    assert f"key: {ID} (not known here: compare it" in capsys.readouterr().out


def test_where_the_installation_runs_its_own_list_is_known(file, tmp_path, capsys):
    (tmp_path / "signing_keys.pem").write_text(public_pem(KEY.public_key()))
    assert verify([str(file)]) == 0
    assert "(known)" in capsys.readouterr().out


def test_another_key_is_refused(file, tmp_path, capsys):
    key = tmp_path / "key.pem"
    key.write_text(public_pem(Ed25519PrivateKey.generate().public_key()))
    assert verify([str(file), "--key", str(key)]) == 1
    assert "none of those given" in capsys.readouterr().err


def test_a_changed_file_is_refused(file, capsys):
    file.write_bytes(b"a Report")
    assert verify([str(file)]) == 1
    assert "not the one that was signed" in capsys.readouterr().err


def test_what_cannot_be_checked_is_said_in_one_line(file, tmp_path, capsys):
    empty = tmp_path / "empty.pem"
    empty.touch()
    binary = tmp_path / "binary.pem"
    binary.write_bytes(b"\xff\xfe\xff")
    for arguments in (
        [str(tmp_path / "absent.pdf")],
        [str(file), str(tmp_path / "absent.json")],
        [str(file), "--key", str(tmp_path / "absent.pem")],
        [str(file), "--key", str(empty)],
        [str(file), "--key", str(binary)],
        [str(tmp_path)],
    ):
        assert verify(arguments) == 2, arguments
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_command_needs_neither_settings_nor_database(file, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "RTOPNET_DATA": str(tmp_path / "none"),
        "DJANGO_SETTINGS_MODULE": "x",
    }
    result = subprocess.run(
        [Path(sys.executable).parent / "rtopnet", "verify", file],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "intact" in result.stdout
    assert not (tmp_path / "none").exists()


def package(tmp_path, *, change=lambda _files: None):
    """A package of two files, changed after it was signed."""
    files = {"report.json": b"{}", "originals/001-a.txt": b"a" * 99}
    manifest = manifest_of({name: Digest(len(d), sha256(d).hexdigest()) for name, d in files.items()})
    files[NAME] = manifest
    files[f"{NAME}.sig.json"] = sealed(KEY, manifest, {}, datetime(2026, 5, 1, tzinfo=UTC))
    change(files)
    made = tmp_path / "package.zip"
    with ZipFile(made, "w") as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return made


def test_a_package_is_checked_file_by_file(file, tmp_path, capsys):
    assert verify([str(package(tmp_path))]) == 0
    assert "files: 2, each as it was signed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.update({"report.json": b"[]"}), "report.json is not the one that was signed"),
        (lambda files: files.pop("report.json"), "report.json is missing"),
        (lambda files: files.update({"more.txt": b""}), "files that its manifest does not name"),
        (lambda files: files.pop(f"{NAME}.sig.json"), "no signature"),
        (lambda files: files.update({NAME: files[NAME] + b" "}), ""),
    ],
)
def test_a_package_that_was_changed_is_not_intact(file, tmp_path, capsys, change, said):
    assert verify([str(package(tmp_path, change=change))]) == 1
    assert said in capsys.readouterr().err


def test_a_package_that_was_unpacked_is_checked_by_its_manifest(file, tmp_path, capsys):
    folder = tmp_path / "out"
    with ZipFile(package(tmp_path)) as zipped:
        zipped.extractall(folder)
    assert verify([str(folder / NAME)]) == 0
    (folder / "originals/001-a.txt").write_bytes(b"b" * 99)
    assert verify([str(folder / NAME)]) == 1


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a\\b", ""])
def test_a_manifest_names_nothing_outside_its_package(name):
    data = json.dumps({"schema": "rtopnet-manifest-1", "files": {name: {"size": 0, "sha256": ""}}})
    with pytest.raises(BrokenManifestError, match="outside"):
        expect_whole(data.encode(), lambda _: None)


@pytest.mark.parametrize("data", [b"", b"[]", b"[" * 100_000, b'{"schema": "rtopnet-manifest-1"}', b"\xff"])
def test_what_is_no_manifest_is_refused(data):
    with pytest.raises(BrokenManifestError):
        expect_whole(data, lambda _: None)
