"""Detached signatures of files: whatever is changed, in the file or in the seal, is seen."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rtopnet.kernel.seals import BrokenSealError, opened, sealed
from rtopnet.kernel.signing import key_id_of, public_pem

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DATA = b"a report"
CLAIMS = {"reader": "Focal point", "marking": "TLP:AMBER", "version": "2"}
AT = datetime(2026, 5, 1, 9, tzinfo=UTC)


def seal():
    return sealed(KEY, DATA, CLAIMS, AT)


def open_(text, data=DATA):
    return opened(text, digest=sha256(data).hexdigest(), size=len(data))


def changed(**facts):
    return json.dumps(json.loads(seal()) | facts).encode()


def test_an_untouched_seal_holds():
    found = open_(seal())
    assert (found.claims, found.signed_at, found.size) == (CLAIMS, "2026-05-01T09:00:00Z", 8)
    assert found.key_id == key_id_of(KEY.public_key())


def test_the_same_file_at_the_same_time_has_the_same_seal():
    assert seal() == seal()


@pytest.mark.parametrize("data", [b"", b"a Report", b"a report "])
def test_another_file_is_refused(data):
    with pytest.raises(BrokenSealError, match="not the one that was signed"):
        open_(seal(), data)


@pytest.mark.parametrize(
    "facts",
    [
        {"signed_at": "2026-05-02T09:00:00Z"},
        {"size": 9},
        {"sha256": sha256(b"other").hexdigest()},
        {"claims": CLAIMS | {"reader": "somebody else"}},
        {"claims": {}},
        {"more": "words"},
        {"signature": b64encode(bytes(64)).decode()},
    ],
)
def test_a_changed_seal_is_refused(facts):
    with pytest.raises(BrokenSealError, match="changed after it was signed"):
        open_(changed(**facts))


def test_another_key_in_the_same_seal_is_refused():
    other = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(BrokenSealError, match="not the one it names"):
        open_(changed(public_key=public_pem(other)))
    with pytest.raises(BrokenSealError, match="changed after"):
        open_(changed(public_key=public_pem(other), key_id=key_id_of(other)))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'"x"',
        b"{}",
        b"nonsense",
        changed(schema="rtopnet-seal-2"),
        changed(claims={"reader": 3}),
        changed(claims=[]),
        changed(size="8"),
        changed(signature=None),
        changed(signature="***"),
        changed(public_key=""),
    ],
)
def test_what_is_no_seal_is_refused_in_words(text):
    with pytest.raises(BrokenSealError):
        open_(text)
