"""Picture work in child processes with little memory, little time and no secrets.

A picture that blows up or breaks a decoder takes a child with it, never the server. A child lives
on from picture to picture; two at most work at once, further callers wait. Parent and child speak
over pipes: a line of JSON, then the bytes it announces.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, LifoQueue
from typing import Any

from storage.blobs import StorageUnavailable
from storage.pictures import DamagedPicture

AT_ONCE = 2
WAIT_SECONDS = 30
WORK_SECONDS = 15
CPU_SECONDS = 10
MEMORY_BYTES = 1 << 30

_DIED_OF_THE_PICTURE = {
    signal.SIGXCPU,
    signal.SIGSEGV,
    signal.SIGBUS,
    signal.SIGABRT,
    signal.SIGFPE,
    signal.SIGILL,
}
_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from storage.sandbox_child import serve; serve()"

Answer = tuple[dict[str, Any], list[bytes]]


class _Child:
    """One running child process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _CHILD, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
        )

    def ask(self, deed: str, content: bytes, words: Sequence[str] = ()) -> Answer:
        """The child's answer. Raises OSError or ValueError when the child died or babbled."""
        alarm = threading.Timer(WORK_SECONDS, self._process.kill)
        alarm.start()
        try:
            return self._converse(deed, content, words)
        finally:
            alarm.cancel()

    def _converse(self, deed: str, content: bytes, words: Sequence[str]) -> Answer:
        to_child, from_child = self._process.stdin, self._process.stdout
        assert to_child is not None and from_child is not None
        question = {"deed": deed, "bytes": len(content), "words": list(words)}
        to_child.write(json.dumps(question).encode() + b"\n")
        to_child.write(content)
        to_child.flush()
        facts = json.loads(from_child.readline())
        bodies = [from_child.read(length) for length in facts["bodies"]]
        if [len(body) for body in bodies] != facts["bodies"]:
            raise ValueError("the answer broke off")
        return facts, bodies

    def has_ended(self) -> bool:
        """True when it died while nobody was talking to it."""
        return self._process.poll() is not None

    def end(self, patience: float = 0) -> int:
        """Ends the child unless it ends by itself within `patience` seconds; its exit code.

        The code is negative when a signal ended it.
        """
        try:
            code = self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # closing tries to send what is left
                if pipe:
                    pipe.close()
        return code


class Sandbox:
    """A few children, started when first needed."""

    def __init__(self) -> None:
        self._places: LifoQueue[_Child | None] = LifoQueue()
        for _ in range(AT_ONCE):
            self._places.put(None)

    def ask(self, deed: str, content: bytes, words: Sequence[str] = ()) -> Answer:
        """What the child says to `deed` over `content`; `words` are what may have to be written on it.

        Raises DamagedPicture when the picture killed or exhausted the decoder, StorageUnavailable
        when all children are busy for long or the machine is too slow now.
        """
        try:
            child = self._places.get(timeout=WAIT_SECONDS)
        except Empty:
            raise StorageUnavailable("all picture workers are busy") from None
        reusable = None
        try:
            if child is None or child.has_ended():
                child = _Child()
            answer = child.ask(deed, content, words)
            reusable = child
            return answer
        except (OSError, ValueError) as error:
            code = child.end(patience=1) if child else 0
            if -code in _DIED_OF_THE_PICTURE:
                raise DamagedPicture(f"the decoder died of signal {-code}") from error
            raise StorageUnavailable(f"a picture worker ended with {code}: {error}") from error
        finally:
            if child and not reusable:
                child.end()  # half a conversation must never be taken up again
            self._places.put(reusable)

    def close(self) -> None:
        """Ends the children that are not at work."""
        with suppress(Empty):
            while True:
                child = self._places.get_nowait()
                if child:
                    child.end()


_sandbox = Sandbox()


def ask(deed: str, content: bytes, words: Sequence[str] = ()) -> Answer:
    """See Sandbox.ask; all threads of this process share the children."""
    return _sandbox.ask(deed, content, words)


def _start_afresh() -> None:
    global _sandbox
    _sandbox = Sandbox()


# A forked copy of the server must not talk over its parent's pipes.
os.register_at_fork(after_in_child=_start_afresh)
atexit.register(lambda: _sandbox.close())
