"""``rtopnet verify``: a file, its seal, and nothing else of the platform."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rtopnet.config.verify import verify
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
