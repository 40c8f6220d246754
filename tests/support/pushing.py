"""A push service on this machine, for tests that push through a real server to a real browser."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class PushStub:
    """Takes whatever is pushed and keeps it by its path."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.status = 201
        self.got: list[tuple[str, bytes]] = []

    def endpoint(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"

    def wait_for(self, name: str, seconds: float = 30) -> bytes:
        """The first body that was pushed there. Raises AssertionError when none comes."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for path, body in list(self.got):
                if path == f"/{name}":
                    self.got.remove((path, body))
                    return body
            time.sleep(0.1)
        raise AssertionError(f"nothing was pushed to {name}")


@contextmanager
def push_stub() -> Iterator[PushStub]:
    """A running push service."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stub.got.append((self.path, body))
            self.send_response(stub.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub = PushStub(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
