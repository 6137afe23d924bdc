"""Calls to hosts that somebody else named: by https, to public addresses only, within hard limits of time."""

import asyncio
import socket
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

SECONDS = 10


class UnreachableError(Exception):
    """The host did not answer in time, or not at all."""


class NotPublicError(Exception):
    """The address is not one of a public host reached by https."""


def refuse_not_public(url: str) -> None:
    """Raise NotPublicError unless ``url`` may belong to a public host; asks no name server."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotPublicError("the address cannot be read") from None
    host = parts.hostname or ""
    if parts.scheme != "https" or parts.username or parts.password or port not in {None, 443}:
        raise NotPublicError("only https at its usual port is called")
    if _is_number(host):
        if not _is_public(host):
            raise NotPublicError("the address is not a public one")
    elif "." not in host.strip(".") or host.endswith((".local", ".internal", ".localhost")):
        raise NotPublicError("the host is not a public one")


def post_outward(
    url: str,
    *,
    content: bytes,
    headers: Mapping[str, str],
    transport: httpx.AsyncBaseTransport | None = None,
) -> int:
    """Post ``content`` and return the answer's status; no more of it is read, and no redirect followed.

    The host's addresses are looked up once, all must be public, and the one that was looked at is called.

    Raises:
        NotPublicError: the address is not one of a public host.
        UnreachableError: no answer within ten seconds.
    """
    refuse_not_public(url)
    try:
        return asyncio.run(asyncio.wait_for(_post(url, content, headers, transport), SECONDS))
    except (httpx.HTTPError, OSError, TimeoutError) as error:
        raise UnreachableError(type(error).__name__) from error


class OutwardTransport(httpx.BaseTransport):
    """Carries a client's calls, redirects among them, to public hosts only.

    The host's addresses are looked up once, all must be public, and the one that was looked at is called.
    """

    def __init__(self, inner: httpx.BaseTransport | None = None) -> None:
        self._inner = inner or httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one call.

        Raises:
            NotPublicError: the address is not one of a public host.
            httpx.ConnectError: the host has no address.
        """
        refuse_not_public(str(request.url))
        host = request.url.host
        try:
            found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpx.ConnectError(f"no address: {error}", request=request) from error
        addresses = [str(sockaddr[0]) for *_, sockaddr in found]
        if not addresses or not all(_is_public(address) for address in addresses):
            raise NotPublicError("the host is not a public one")
        called = httpx.Request(
            request.method,
            request.url.copy_with(host=addresses[0]),
            headers={**request.headers, "Host": host},
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(called)

    def close(self) -> None:
        """Let go of what is open."""
        self._inner.close()


async def _post(
    url: str, content: bytes, headers: Mapping[str, str], transport: httpx.AsyncBaseTransport | None
) -> int:
    asked = httpx.URL(url)
    address = await _public_address(asked.host)
    called = asked.copy_with(host=address)
    # Called by its address, so that a second look-up cannot lead elsewhere; the certificate stays the host's.
    named = {**headers, "Host": asked.host}
    async with (
        httpx.AsyncClient(transport=transport, timeout=SECONDS, trust_env=False) as client,
        client.stream(
            "POST", called, content=content, headers=named, extensions={"sni_hostname": asked.host}
        ) as answer,
    ):
        return answer.status_code


async def _public_address(host: str) -> str:
    found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    addresses = [str(sockaddr[0]) for *_, sockaddr in found]
    if not addresses or not all(_is_public(address) for address in addresses):
        raise NotPublicError("the host is not a public one")
    return addresses[0]


def _is_public(address: str) -> bool:
    number = ip_address(address)
    mapped = getattr(number, "ipv4_mapped", None)
    return (mapped or number).is_global and not number.is_multicast


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
