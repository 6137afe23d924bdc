"""Time stamps by an outside authority (RFC 3161): it signs a hash and the time, and never sees the file."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from cryptography import x509
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
from rfc3161_client.tsp import PKIStatus

ANSWER_WITHIN = 15.0
LARGEST_ANSWER = 64 * 1024
ASKED_AS = "application/timestamp-query"

# The request in DER: version 1, then SHA-256 and the hash, a number that the answer must repeat, and that the
# authority's certificate be sent along. All of it is of fixed length.
_BEFORE_HASH = bytes.fromhex("30430201013031300d060960864801650304020105000420")
_BEFORE_NUMBER = bytes.fromhex("0208")
_WITH_CERTIFICATE = bytes.fromhex("0101ff")


class NoTimeStampError(Exception):
    """The authority gave none, or not one that holds; the message says why and may be tried again."""


@dataclass(frozen=True)
class TimeStamp:
    """An authority's signed answer, whole and in DER, and the time it names."""

    answer: bytes
    at: datetime


def time_stamp(
    sha256: bytes, *, authority: str, roots: Path, transport: httpx.BaseTransport | None = None
) -> TimeStamp:
    """Have the authority at that address stamp a hash, and check that its answer holds.

    Args:
        sha256: of the file, 32 bytes.
        authority: where it answers.
        roots: a PEM file with the root certificates that its own must lead to.
        transport: how to reach it, if not as usual.

    Raises:
        NoTimeStampError: it did not answer in time, refused, or what it sent does not hold.
    """
    # Positive and of eight bytes, so that the request's lengths stay as they are.
    number = (secrets.randbits(62) | 1 << 62).to_bytes(8, "big")
    request = _BEFORE_HASH + sha256 + _BEFORE_NUMBER + number + _WITH_CERTIFICATE
    answer = _asked(request, authority, transport)
    return TimeStamp(answer, _checked(answer, sha256, int.from_bytes(number, "big"), roots))


def _asked(request: bytes, authority: str, transport: httpx.BaseTransport | None) -> bytes:
    headers = {"Content-Type": ASKED_AS, "Accept": "application/timestamp-reply"}
    try:
        with (
            httpx.Client(transport=transport, timeout=ANSWER_WITHIN, trust_env=False) as client,
            client.stream("POST", authority, content=request, headers=headers) as response,
        ):
            response.raise_for_status()
            answer = b""
            for part in response.iter_bytes():
                answer += part
                if len(answer) > LARGEST_ANSWER:
                    raise NoTimeStampError("its answer is too long")
            return answer
    except httpx.HTTPError as error:
        raise NoTimeStampError(f"it could not be asked: {type(error).__name__}") from error


def _checked(answer: bytes, sha256: bytes, number: int, roots: Path) -> datetime:
    try:
        certificates = x509.load_pem_x509_certificates(roots.read_bytes())
        response = decode_timestamp_response(answer)
        if response.status != PKIStatus.GRANTED:
            raise NoTimeStampError(f"it refused with status {response.status}")
        VerifierBuilder(roots=certificates, nonce=number).build().verify(response, sha256)
        at = response.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise NoTimeStampError(f"its answer does not hold: {error}") from error
    except OSError as error:
        raise NoTimeStampError("the file of root certificates cannot be read") from error
    else:
        return at
