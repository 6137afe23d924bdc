"""The signing key: made once, kept to its owner, replaced without losing what it signed."""

from threading import Thread

import pytest
from django.core.management import call_command

from rtopnet.audit import keys
from rtopnet.kernel.errors import SetUpError
from rtopnet.kernel.signing import is_signed, public_keys_in


@pytest.fixture
def key_file(tmp_path, settings):
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing_key"
    return settings.SIGNING_KEY_FILE


def test_it_is_made_once_and_is_its_owners_alone(key_file):
    first = keys.public_key_pem()
    assert keys.public_key_pem() == first
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in key_file.parent.iterdir()] == ["signing_key"]


def test_many_who_need_it_first_at_once_get_the_same(key_file):
    found = []
    threads = [Thread(target=lambda: found.append(keys.present_key_id())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_a_signature_is_checked_by_the_public_half(key_file):
    signature = keys.sign(b"words")
    known = public_keys_in(keys.public_key_pem())
    assert is_signed(b"words", signature, known)
    assert not is_signed(b"other words", signature, known)
    assert not is_signed(b"words", signature, {})


def test_what_an_earlier_key_signed_stays_valid(key_file):
    before = keys.sign(b"words")
    key_id = keys.replace_signing_key()
    assert keys.sign(b"words").key_id == key_id != before.key_id
    assert keys.is_ours(b"words", before)
    assert list(public_keys_in(keys.known_keys_pem())) == [before.key_id, key_id]


@pytest.mark.parametrize(
    "content", ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n"]
)
def test_a_file_that_holds_no_key_is_refused_in_one_line(key_file, content):
    key_file.parent.mkdir()
    key_file.write_text(content)
    with pytest.raises(SetUpError, match="holds no Ed25519 private key"):
        keys.sign(b"words")


@pytest.mark.usefixtures("committed")
def test_the_command_shows_and_rotates(key_file, capsys):
    call_command("keys", "show")
    before = capsys.readouterr().out
    call_command("keys", "rotate")
    assert "stays listed" in capsys.readouterr().out
    call_command("keys", "show")
    after = capsys.readouterr().out
    assert before.splitlines()[0] != after.splitlines()[0]
    assert after.count("BEGIN PUBLIC KEY") == 2
