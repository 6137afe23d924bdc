"""Asking a source: within limits of time and size, again after a while where it is busy."""

import hashlib
import json
import random
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from rtopnet.kernel.outward import NotPublicError
from rtopnet.warning.evidence.sources.refusals import (
    AccessRefusedError,
    AddressRefusedError,
    AnswerTooLargeError,
    FormatChangedError,
    SourceBusyError,
    SourceError,
    SourceGoneError,
)

MIB = 1024 * 1024
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 60.0
AGENT = "rtopnet (regional network for prevention)"
_REFUSED, _ABSENT = frozenset({401, 403, 407, 451}), frozenset({404, 410})


@dataclass(frozen=True)
class Answer:
    """What a source answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def sha256(self) -> str:
        """Of the bytes as they came."""
        return hashlib.sha256(self.body).hexdigest()

    def document(self, where: str) -> Any:
        """The answer as JSON.

        Raises:
            FormatChangedError: it is none.
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise FormatChangedError(f"{where}: the answer is no JSON: {type(error).__name__}") from error

    def mapping(self, where: str) -> dict[str, Any]:
        """The answer as a JSON object.

        Raises:
            FormatChangedError: it is none.
        """
        found = self.document(where)
        if not isinstance(found, dict):
            raise FormatChangedError(f"{where}: the answer is {type(found).__name__} now, not an object")
        return found


@dataclass
class Wire:
    """A client with limits; its waits are drawn from a seeded source, so that a run can be repeated."""

    client: httpx.Client
    rng: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 -- spreads calls only
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    tries: int = 4
    most_bytes: int = 32 * MIB
    seconds: float = 60.0
    hashes: list[str] = field(default_factory=list)
    """Of every answer so far."""

    @property
    def raw_sha256(self) -> str:
        """One hash over all that was answered, in order."""
        return hashlib.sha256("".join(self.hashes).encode()).hexdigest() if self.hashes else ""

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
        busy: Collection[int] = (),
    ) -> Answer:
        """Ask for ``url``.

        Args:
            url: the address.
            params: added to it.
            headers: sent along.
            accept: statuses beside 200 that the caller deals with.
            busy: statuses by which this source says, beside the usual ones, that it is asked too often.

        Raises:
            SourceError: no usable answer.
        """
        request = self.client.build_request("GET", url, params=params, headers=_named(headers))
        return self._asked(request, accept, busy)

    def post(
        self,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        document: Any = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
    ) -> Answer:
        """Send a form or a JSON document; as ``get`` otherwise.

        Raises:
            SourceError: no usable answer.
        """
        request = self.client.build_request(
            "POST", url, data=form, json=document, params=params, headers=_named(headers)
        )
        return self._asked(request, accept, ())

    def _asked(self, request: httpx.Request, accept: Collection[int], busy: Collection[int]) -> Answer:
        for tried in range(self.tries):
            last = tried + 1 == self.tries
            try:
                answer = self._once(request)
            except NotPublicError as error:
                raise AddressRefusedError(str(error)) from error
            except httpx.TooManyRedirects as error:
                raise AddressRefusedError("it sends us on and on") from error
            except httpx.HTTPError as error:
                if last:
                    raise SourceBusyError(f"no answer: {type(error).__name__}") from error
                self._wait(tried, "")
                continue
            if answer.status not in BUSY and answer.status not in busy:
                return self._judged(answer, accept)
            if not last:
                self._wait(tried, answer.headers.get("retry-after", ""))
        raise SourceBusyError(f"it answers {answer.status}, {self.tries} times in a row")

    def _wait(self, tried: int, asked: str) -> None:
        wait = min(LONGEST_WAIT, 2.0**tried) * self.rng.uniform(0.5, 1.5)
        if asked.isdecimal():
            wait = max(wait, min(LONGEST_WAIT, float(asked)))
        self.sleep(wait)

    def _judged(self, answer: Answer, accept: Collection[int]) -> Answer:
        if answer.status == httpx.codes.OK or answer.status in accept:
            self.hashes.append(answer.sha256)
            return answer
        if answer.status in _REFUSED:
            raise AccessRefusedError(f"it answers {answer.status}")
        if answer.status in _ABSENT:
            raise SourceGoneError(f"it answers {answer.status}")
        raise SourceError(f"it answers {answer.status}")

    def _once(self, request: httpx.Request) -> Answer:
        ends = self.clock() + self.seconds
        answer = self.client.send(request, stream=True)
        try:
            body = bytearray()
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > self.most_bytes:
                    raise AnswerTooLargeError(f"more than {self.most_bytes // MIB} MiB")
                if self.clock() > ends:
                    raise SourceBusyError(f"not answered in full within {self.seconds:.0f} seconds")
        finally:
            answer.close()
        headers = {key.lower(): value for key, value in answer.headers.items()}
        return Answer(answer.status_code, headers, bytes(body))


def _named(headers: Mapping[str, str] | None) -> dict[str, str]:
    return {"User-Agent": AGENT, **(headers or {})}
