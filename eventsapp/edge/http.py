"""Requests to other sites: https only, bounded in time and size, to the address that was looked at.

A name is looked up once and the connection goes to that very address, so that a name that changes
its mind cannot lead into our own network. Redirects are never followed: they are answers.
"""

import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from eventsapp.core.errors import N_, Invalid
from eventsapp.edge.settings import current_settings

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 5, 15, 30
MOST_BYTES = 2 * 1024 * 1024
_WEB_PORTS = {"https": 443, "http": 80}


class AddressNotAllowed(Invalid):
    message = N_("Give a whole address that begins with https:// and is on the public Internet.")
    field = "url"


class Unreachable(Exception):
    """No answer came. The message is a msgid that an operator may read."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """What the body says; raises Unreachable for one that is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise Unreachable(N_("The site answered with something that is no JSON.")) from None


def check_address(url: str) -> SplitResult:
    """The parts of an address that may be asked; raises AddressNotAllowed."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressNotAllowed from None
    is_plain = parts.scheme == "http" and _allows_loopback() and _is_loopback(parts.hostname)
    if not (parts.scheme == "https" or is_plain) or not parts.hostname or port == 0:
        raise AddressNotAllowed
    if parts.username is not None or parts.fragment or not url.isascii():
        raise AddressNotAllowed
    if any(ord(char) <= 32 for char in url):
        raise AddressNotAllowed
    return parts


def _allows_loopback() -> bool:
    return not current_settings().is_production


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def request(
    method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Answer:
    """Ask once, without retries; raises Unreachable, or AddressNotAllowed."""
    parts = check_address(url)
    port = parts.port or _WEB_PORTS[parts.scheme]
    address = _public_address(parts.hostname or "", port)
    path = parts.path or "/"
    sent = {
        "Host": parts.netloc,
        "User-Agent": "eventsapp",
        "Accept-Encoding": "identity",
        **(headers or {}),
    }
    pool = _pool(parts, address, port)
    try:
        return _ask(pool, method, f"{path}?{parts.query}" if parts.query else path, sent, body)
    except (HTTPError, OSError) as error:
        raise Unreachable(_reason(error)) from None
    finally:
        pool.close()


def _public_address(host: str, port: int) -> str:
    """The first address of the name, if all of them are public; raises AddressNotAllowed."""
    try:
        found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise Unreachable(N_("There is no site of this name.")) from None
    if not found or not all(_may_ask(str(address)) for address in found):
        raise AddressNotAllowed
    return str(found[0])


def _may_ask(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return (ip.is_global and not ip.is_multicast) or (ip.is_loopback and _allows_loopback())


def _pool(parts: SplitResult, address: str, port: int) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(address, port, timeout=timeout, retries=False)
    return urllib3.HTTPSConnectionPool(
        address,
        port,
        timeout=timeout,
        retries=False,
        ssl_context=_tls(),
        # The certificate is the name's, whichever address the connection goes to.
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
    )


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _ask(
    pool: urllib3.HTTPConnectionPool,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None,
) -> Answer:
    until = time.monotonic() + WHOLE_SECONDS
    answer = pool.urlopen(
        method, path, body=body, headers=headers, redirect=False, preload_content=False
    )
    try:
        found = b""
        while chunk := answer.read1(65_536):
            found += chunk
            if len(found) > MOST_BYTES:
                raise Unreachable(N_("The site answered with more than we take."))
            if time.monotonic() > until:
                raise Unreachable(N_("The site did not answer in time."))
        return Answer(status=answer.status, headers=answer.headers, body=found)
    finally:
        answer.close()


def _reason(error: Exception) -> str:
    """In plain words; what the library says may hold an address."""
    if isinstance(error, urllib3.exceptions.SSLError | ssl.SSLError):
        return N_("The site’s certificate cannot be trusted.")
    is_refused = isinstance(error, urllib3.exceptions.NewConnectionError)
    if isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError) and not is_refused:
        return N_("The site did not answer in time.")
    return N_("The site cannot be reached.")
