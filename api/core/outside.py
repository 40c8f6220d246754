"""Calling addresses that people typed in, without letting them lead us anywhere we should not go.

Only https, only names and addresses of the public internet, and only ports that web servers use. A name is
resolved once, every address it gave is looked at, and the connection goes to one of those very addresses, so a
name that answers differently a moment later changes nothing. Redirects are not followed, a call takes ten seconds
at most, and of an answer 64 KB are read. Hosts that the operator names (ROUNDS_OUTBOUND_ALLOW) may be anything:
plain http, another port, a private address.
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from api.core.clock import now

SECONDS = 10.0
MOST_BYTES = 64 * 1024
LONGEST_URL = 1000
PORTS = frozenset({443, 8443})
_LONGEST_WAIT = 7 * 24 * 3600
_URL_LETTERS = re.compile(r"[!#-;=?-\[\]_a-z~]+")  # printable ASCII without " < > \ ^ ` { | } and spaces
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
_LOCAL = ("localhost", "local", "internal", "intranet", "localdomain", "lan", "home", "corp", "arpa", "test")
_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # serves the hosts of one cloud
    )
)
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
Resolve = Callable[[str, int], Sequence[str]]


class Refused(ValueError):
    """We do not call this address; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Exception):
    """The call did not come to an answer; another time it may. `code` says how it ended."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the first 64 KB, and for how many seconds we are asked to wait."""

    status: int
    body: bytes = b""
    retry_after: int | None = None


def addresses_of(host: str, port: int) -> Sequence[str]:
    """The addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))


@dataclass(frozen=True)
class Outside:
    """The way out. `allow` holds hosts, with or without ":port", that may be called whatever they are."""

    allow: frozenset[str] = frozenset()
    resolve: Resolve = addresses_of
    seconds: float = SECONDS
    trusted: Callable[[], ssl.SSLContext] = field(default=ssl.create_default_context)

    def check(self, url: str) -> SplitResult:
        """The parts of an address that we may call, as far as can be said without asking for its name.

        Raises Refused.
        """
        parts, port = _taken_apart(url)
        if self.names(parts):
            return parts
        if parts.scheme != "https":
            raise Refused("not_https")
        if port not in PORTS:
            raise Refused("port")
        _check_host(parts.hostname or "")
        return parts

    def names(self, parts: SplitResult) -> bool:
        """True when the operator named this host."""
        host = parts.hostname or ""
        return host in self.allow or f"{host}:{_port(parts)}" in self.allow

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Sends the body and gives the answer, whatever its status. Raises Refused, Unreachable."""
        parts = self.check(url)
        began = time.monotonic()
        addresses = self._checked_addresses(parts)
        connection = self._connection(parts, addresses, began)
        try:
            return _asked(connection, parts, body, headers)
        except ssl.SSLCertVerificationError:
            raise Unreachable("certificate") from None
        except (OSError, HTTPException) as error:
            late = connection.is_late or isinstance(error, TimeoutError)
            kind = "tls" if isinstance(error, ssl.SSLError) else "connection"
            raise Unreachable("timeout" if late else kind) from None
        finally:
            connection.end()

    def _checked_addresses(self, parts: SplitResult) -> Sequence[str]:
        try:
            found = self.resolve(parts.hostname or "", _port(parts))
        except (OSError, UnicodeError):
            raise Unreachable("unknown_host") from None
        if not found:
            raise Unreachable("unknown_host")
        if not self.names(parts) and not all(is_public(address) for address in found):
            raise Refused("private_address")
        return found

    def _connection(self, parts: SplitResult, addresses: Sequence[str], began: float) -> "_Connection":
        context = self._context if parts.scheme == "https" else None
        return _Connection(parts.hostname or "", _port(parts), addresses, context, began + self.seconds)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self.trusted()


def is_public(address: str) -> bool:
    """True for what lies in the public internet: no private, local, shared, reserved, translated or group address."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv4Address):
        return not any(one in net for net in _NOT_PUBLIC_4)
    return one in _PUBLIC_6 and not any(one in net for net in _NOT_PUBLIC_6)


def _taken_apart(url: str) -> tuple[SplitResult, int]:
    if len(url) > LONGEST_URL:
        raise Refused("too_long")
    if not _URL_LETTERS.fullmatch(url.replace("%", "").lower()):
        raise Refused("letters")
    try:
        parts = urlsplit(url)
        port = _port(parts)
    except ValueError:
        raise Refused("not_an_address") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or not 0 < port < 65536:
        raise Refused("not_an_address")
    if "@" in parts.netloc:
        raise Refused("credentials")
    if parts.fragment or "%" in parts.netloc:
        raise Refused("not_an_address")
    return parts, port


def _port(parts: SplitResult) -> int:
    return parts.port if parts.port is not None else (443 if parts.scheme == "https" else 80)


def _check_host(host: str) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if not _HOST.fullmatch(host):
            raise Refused("host") from None
        if host.rpartition(".")[2] in _LOCAL:
            raise Refused("private_address") from None
    else:
        if not is_public(host):
            raise Refused("private_address")


class _Connection(HTTPConnection):
    """A connection to an address that was looked at, cut off when its time is over, however slowly it drips."""

    def __init__(
        self, host: str, port: int, addresses: Sequence[str], context: ssl.SSLContext | None, until: float
    ) -> None:
        super().__init__(host, port)
        self.default_port = 80 if context is None else 443
        self._addresses, self._tls, self._until = addresses, context, until
        self._cutter: threading.Timer | None = None
        self._line: socket.socket | None = None
        self.is_late = False

    def connect(self) -> None:
        """To the first address that takes us."""
        self.sock = self._line = self._opened()
        self._cutter = threading.Timer(self._left(), self._cut)
        self._cutter.daemon = True
        self._cutter.start()
        if self._tls:
            secured = self._tls.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = self._line = secured
            self._left()
            secured.do_handshake()

    def end(self) -> None:
        """Ends the call. Not `close`, which http.client calls itself while the answer is still being read."""
        if self._cutter:
            self._cutter.cancel()
        self.close()

    def _opened(self) -> socket.socket:
        fault: OSError = ConnectionError()
        for address in self._addresses:
            try:
                return socket.create_connection((address, self.port), self._left())
            except OSError as error:
                fault = error
        raise fault

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            self.is_late = True
            raise TimeoutError
        return left

    def _cut(self) -> None:
        self.is_late = True
        if self._line is not None:
            with suppress(OSError):
                # Of the socket itself, not of TLS, which would wait for a good-bye.
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)


def _asked(connection: _Connection, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> Answer:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("POST", target, body, {"User-Agent": "Rounds", "Connection": "close", **headers})
    with connection.getresponse() as answer:
        read = answer.read(MOST_BYTES)
    if connection.is_late:
        raise TimeoutError
    return Answer(answer.status, read, _seconds(answer.headers.get("Retry-After")))


def _seconds(retry_after: str | None) -> int | None:
    """Retry-After in seconds, as a number or as a date; None when it is neither."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:9]), _LONGEST_WAIT)
    try:
        wait = (parsedate_to_datetime(text) - now()).total_seconds()
    except (ValueError, TypeError):
        return None
    return max(0, min(int(wait) + 1, _LONGEST_WAIT))


def named_hosts(given: Iterable[str]) -> frozenset[str]:
    """Hosts of ROUNDS_OUTBOUND_ALLOW as they are compared."""
    return frozenset(host.strip().lower() for host in given if host.strip())
