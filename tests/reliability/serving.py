"""The product as it is run: gunicorn on a port of its own."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from api.core.config import ROOT
from tests.support.real_parts import free_ports

BIN = Path(sys.executable).parent
START_SECONDS = 60


@contextmanager
def serving(env: Mapping[str, str], port: int | None = None) -> Iterator[int]:
    """A running server with this environment; gives its port."""
    port = port or free_ports(1)[0]
    own = {**env, "BIND": f"127.0.0.1:{port}", "ROUNDS_PUBLIC_URL": f"http://localhost:{port}"}
    server = subprocess.Popen([BIN / "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"], cwd=ROOT, env=own)
    try:
        _wait(f"http://127.0.0.1:{port}/readyz", server)
        yield port
    finally:
        server.terminate()
        server.wait(40)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            assert server.poll() is None and time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)
