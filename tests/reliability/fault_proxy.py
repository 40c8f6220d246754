"""A bad network between a phone and the server: a proxy that does to each request one of sixteen things, or none.

Which one is drawn from a seed, four draws of none to one of each, so a run can be repeated by its seed as far as
the order of the requests allows. `clear()` ends all faults. One request to a connection; bodies by Content-Length.
"""

import asyncio
import random
import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

FAULTS = (
    "N1 refused",
    "N2 reset before forwarding",
    "N3 upload cut in half",
    "N4 answer lost",
    "N5 answer cut in half",
    "N6 headers then reset",
    "N7 delivered twice at once",
    "N8 delivered after the client gave up",
    "N9 503 in HTML",
    "N10 captive portal",
    "N11 redirect to a sign-in page",
    "N12 slow drip",
    "N13 later than the client waits",
    "N14 answer of another request",
    "N15 no TLS",
    "N16 flapping",
)
GOOD = "good"
GOOD_WEIGHT = 4
DRIP = 0.005
PORTAL = b"<!doctype html><title>Guest network</title><form action=/hotel-login>Please sign in</form>"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class _Reset(Exception):
    """The connection is to be torn down."""


@dataclass
class FaultProxy:
    """Between `port` and `upstream`. Times are seconds; faults happen to paths that begin
    with `only`, and nothing gets through to those that begin with `cut`, when it is given."""

    upstream: int
    seed: int
    only: str = "/api/"
    hold: float = 1.0
    late: float = 1.0
    flap_off: float = 0.08
    port: int = 0
    drawn: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    good_only: bool = False
    cut: str = ""

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._down_until = 0.0
        self._earlier: tuple[bytes, bytes] | None = None
        self._aside: set[asyncio.Task[bytes]] = set()

    def clear(self) -> None:
        """From now on the network is as it should be."""
        self.good_only = True
        self._down_until = 0.0

    async def serve(self) -> asyncio.Server:
        """Listens; `port` tells where."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if time.monotonic() < self._down_until:
                raise _Reset
            head = await reader.readuntil(b"\r\n\r\n")
            found = _LENGTH.search(head)
            body = await reader.readexactly(int(found.group(1))) if found else b""
            await self._answer(head, body, writer)
        except (_Reset, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            _tear(writer)
        finally:
            with suppress(OSError):
                writer.close()

    def _draw(self, path: bytes) -> str:
        if self.good_only or not path.startswith(self.only.encode()):
            return GOOD
        drawn = self._dice.choices((GOOD, *FAULTS), (GOOD_WEIGHT, *[1] * len(FAULTS)))[0]
        self.drawn[drawn] += 1
        return drawn

    async def _answer(self, head: bytes, body: bytes, writer: asyncio.StreamWriter) -> None:
        method, path, _ = head.split(b" ", 2)
        self.sent[f"{method.decode()} {path.decode()}"] += 1
        if self.cut and path.startswith(self.cut.encode()):
            raise _Reset
        kind = self._draw(path).split(" ")[0]
        if kind in ("N1", "N2"):
            raise _Reset
        if kind == "N3":
            await self._forward(head, body[: len(body) // 2])
            raise _Reset
        if kind == "N8":
            self._later(self._late_delivery(head, body))
            raise _Reset
        if kind == "N13":
            await asyncio.sleep(self.hold)
            raise _Reset
        if kind == "N16":
            self._down_until = time.monotonic() + self.flap_off
            raise _Reset
        answer = await self._made(kind, method + path, head, body)
        await _write(writer, answer, DRIP if kind == "N12" else 0)
        if kind in ("N5", "N6"):
            raise _Reset

    async def _made(self, kind: str, request: bytes, head: bytes, body: bytes) -> bytes:
        if kind == "N9":
            return _html(b"503 Service Unavailable", b"<h1>503</h1>")
        if kind == "N10":
            return _html(b"200 OK", PORTAL)
        if kind == "N11":
            return b"HTTP/1.1 302 Found\r\nLocation: /hotel-login\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        if kind == "N15":
            return b"\x15\x03\x01\x00\x02\x02\x28"
        if kind == "N14" and self._earlier and self._earlier[0] != request:
            return self._earlier[1]
        if kind == "N7":
            self._later(self._forward(head, body))
        answer = await self._forward(head, body, DRIP if kind == "N12" else 0)
        if not answer or kind == "N4":
            raise _Reset
        if b"json" in answer.split(b"\r\n\r\n", 1)[0].lower():
            self._earlier = (request, answer)
        top = answer.index(b"\r\n\r\n") + 4 if b"\r\n\r\n" in answer else 0
        if kind == "N5":
            return answer[: top + (len(answer) - top) // 2]
        if kind == "N6":
            return answer[:top]
        return answer

    async def _late_delivery(self, head: bytes, body: bytes) -> bytes:
        await asyncio.sleep(0.2 + self.late * (sum(head[:64]) % 10) / 10)
        return await self._forward(head, body)

    def _later(self, work: Coroutine[Any, Any, bytes]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[bytes]) -> None:
        self._aside.discard(task)
        if not task.cancelled():
            task.exception()

    async def _forward(self, head: bytes, body: bytes, pause: float = 0) -> bytes:
        """The server's whole answer; a body shorter than announced is sent as it is, and then the line goes dead."""
        head = re.sub(rb"\r\nconnection: [^\r]*", b"", head, flags=re.IGNORECASE)
        head = head[:-2] + b"Connection: close\r\n\r\n"
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        except OSError:
            return b""
        try:
            await _write(writer, head + body, pause)
            if writer.can_write_eof() and (found := _LENGTH.search(head)) and int(found.group(1)) > len(body):
                writer.write_eof()
            return await reader.read(-1)
        except OSError:
            return b""
        finally:
            writer.close()


async def _write(writer: asyncio.StreamWriter, data: bytes, pause: float) -> None:
    """All at once, or in twenty drops with a pause before each."""
    step = max(1, len(data) // 20) if pause else max(1, len(data))
    for start in range(0, len(data), step):
        await asyncio.sleep(pause)
        writer.write(data[start : start + step])
        await writer.drain()


def _html(status: bytes, body: bytes) -> bytes:
    kind = b"Content-Type: text/html; charset=utf-8\r\n"
    return b"HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (
        status,
        kind,
        len(body),
        body,
    )


def _tear(writer: asyncio.StreamWriter) -> None:
    """A reset, not a polite end."""
    found = writer.get_extra_info("socket")
    if found is not None:
        with suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextmanager
def fault_proxy(upstream: int, seed: int, **options: Any) -> Iterator[FaultProxy]:
    """A proxy in a thread of its own."""
    proxy = FaultProxy(upstream, seed, **options)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(proxy.serve(), loop).result(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
