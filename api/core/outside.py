"""The one way to addresses that somebody typed in: webhooks, chat groups, push services.

Only https, only to public addresses, and to the very address that was looked at: the name is resolved once, every
address it has is checked, and the connection goes to one of those. No redirect is followed, nothing waits long, and
little of the answer is read. Hosts that the settings allow (for tests and for a company's own network) may also be
private and plain http.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

TIMEOUT = 10.0
ANSWER_READ = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_INSIDE = (".localhost", ".local", ".internal", ".localdomain", ".home.arpa")
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")


class NotAllowed(ValueError):
    """An address outside that we do not go to; the text says why."""


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` have small letters. The body is cut at 64 KB."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def retry_after(self) -> int | None:
        """The seconds that it asked us to wait, if it said so in seconds."""
        value = self.headers.get("retry-after", "")
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 8 else None


@dataclass(frozen=True)
class Outside:
    """The door; `allowed` are hosts (with their port, where it is not the usual one) that are trusted as they are."""

    allowed: frozenset[str] = frozenset()
    timeout: float = TIMEOUT

    def refused(self, url: str) -> str | None:
        """Why this address cannot be used, as far as can be told without asking anybody; None when it can."""
        try:
            self._parts(url)
        except NotAllowed as error:
            return str(error)
        return None

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Sends a body. Raises NotAllowed, OSError (no connection, too slow) or http.client.HTTPException."""
        parts = self._parts(url)
        host, port = _host_port(parts)
        address = self._address(host, port, trusted=self._is_trusted(host, port))
        deadline = time.monotonic() + self.timeout
        connection = _connection(parts.scheme, host, port, address, self.timeout)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request("POST", target, body=body, headers=dict(headers))
            answer = connection.getresponse()
            read = _read(answer, connection, deadline)
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, read)
        finally:
            connection.close()

    def _parts(self, url: str) -> SplitResult:
        if any(ord(c) <= 32 or ord(c) > 126 or c == "\\" for c in url):
            raise NotAllowed("An address has no spaces or unusual letters.")
        try:
            parts = urlsplit(url)
            host, port = _host_port(parts)
        except ValueError:
            raise NotAllowed("This is no address.") from None
        if parts.username is not None or parts.password is not None:
            raise NotAllowed("An address holds no user name or password.")
        if self._is_trusted(host, port) and parts.scheme in ("http", "https"):
            return parts
        if parts.scheme != "https":
            raise NotAllowed("The address must begin with https://.")
        literal = _literal(host)
        if literal is not None and not is_public(literal):
            raise NotAllowed("This address is not a public one.")
        if literal is None and not _is_name(host):
            raise NotAllowed("This is no address of a server.")
        return parts

    def _is_trusted(self, host: str, port: int) -> bool:
        return host in self.allowed or f"{host}:{port}" in self.allowed

    def _address(self, host: str, port: int, *, trusted: bool) -> str:
        found = list(dict.fromkeys(resolve(host, port)))
        if not found:
            raise OSError(f"{host} has no address")
        if not trusted and not all(is_public(ipaddress.ip_address(one)) for one in found):
            raise NotAllowed("This address is not a public one.")
        return found[0]


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name. Raises OSError."""
    return [
        str(row[4][0]).partition("%")[0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """True for what the whole internet reaches; what hides an IPv4 address within is judged by that."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _LOCAL_NAT64:
            return False
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if int(address) >> 32 == 0 or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def allowed_hosts(text: str | None) -> frozenset[str]:
    """From a setting: hosts with commas between."""
    return frozenset(part.strip().lower() for part in (text or "").split(",") if part.strip())


def _host_port(parts: SplitResult) -> tuple[str, int]:
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ValueError("no host")
    return host, parts.port or (80 if parts.scheme == "http" else 443)


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_name(host: str) -> bool:
    """A name with a dot whose last part is no number: 0x7f.1 and 2130706433 are addresses in disguise."""
    labels = host.split(".")
    fits = all(0 < len(x) <= 63 and all(c.isalnum() or c in "-_" for c in x) for x in labels)
    return fits and len(labels) > 1 and not labels[-1][0].isdigit() and not host.endswith(_INSIDE)


def _connection(
    scheme: str, host: str, port: int, address: str, timeout: float
) -> http.client.HTTPConnection:
    if scheme == "http":
        return _Plain(address, host, port, timeout=timeout)
    return _Secured(address, host, port, timeout=timeout, context=ssl.create_default_context())


class _Plain(http.client.HTTPConnection):
    """To a given address, whatever the name says now."""

    def __init__(self, address: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._address = address

    def connect(self) -> None:
        """To the address."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _Secured(http.client.HTTPSConnection):
    """The same over TLS; the certificate must be the name's."""

    def __init__(self, address: str, *args: Any, context: ssl.SSLContext, **more: Any) -> None:
        super().__init__(*args, context=context, **more)
        self._address, self._tls = address, context

    def connect(self) -> None:
        """To the address."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def _read(answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, deadline: float) -> bytes:
    """At most 64 KB, and until the deadline; somebody who sends a byte a second does not hold us."""
    read = b""
    while len(read) < ANSWER_READ and not answer.isclosed():
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        if connection.sock is not None:
            connection.sock.settimeout(left)
        piece = answer.read1(ANSWER_READ - len(read))
        if not piece:
            break
        read += piece
    return read
