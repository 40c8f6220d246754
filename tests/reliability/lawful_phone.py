"""A phone in Python that obeys the law of the phone (api.md): only a receipt that fits ends a deed."""

import base64
import hashlib
import http.client
import json
import random
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

PATIENCE = 0.8
MOST_TRIES = 200
RETRIED = frozenset({408, 425, 429})
RETRIED_TYPES = frozenset(
    {"/problems/incomplete-body", "/problems/digest-mismatch", "/problems/length-required"}
)
Fits = Callable[[Any], bool]


class Kept(Exception):
    """The server refused; a person would have to look at it."""


class SignInNeeded(Exception):
    """Nothing more is sent before a new sign-in."""


@dataclass
class Deed:
    """Something to be sent, and how its receipt is told from anything else."""

    method: str
    path: str
    body: bytes
    kind: str
    fits: Fits
    tries: int = 0


class Phone:
    """Somebody's phone at a port of this machine."""

    def __init__(self, port: int, token: str, dice: random.Random) -> None:
        self.port, self.token, self.dice = port, token, dice

    def send(self, deed: Deed) -> Any:
        """Sends until the receipt fits and gives it. Raises Kept, SignInNeeded; AssertionError when stuck."""
        while True:
            deed.tries += 1
            assert deed.tries <= MOST_TRIES, f"stuck: {deed.method} {deed.path}"
            verdict, answer = self._once(deed)
            if verdict == "ok":
                return answer
            if verdict == "pause":
                raise SignInNeeded(answer)
            if verdict == "keep":
                raise Kept(f"{deed.method} {deed.path}: {answer}")
            time.sleep(self.dice.uniform(0.01, 0.05) * min(deed.tries, 5))

    def _once(self, deed: Deed) -> tuple[str, Any]:
        request_id = str(uuid.uuid4())
        digest = base64.b64encode(hashlib.sha256(deed.body).digest()).decode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": deed.kind,
            "Content-Digest": f"sha-256=:{digest}:",
            "X-Request-ID": request_id,
        }
        if not self.token:
            del headers["Authorization"]
        try:
            status, given, text = exchange(self.port, deed.method, deed.path, deed.body, headers)
            answer = json.loads(text)
        except (OSError, http.client.HTTPException, ValueError):
            return "retry", None
        if given.get("X-Request-ID", request_id) != request_id:
            return "retry", None
        return judge(status, given, answer, deed.fits), answer


def judge(status: int, given: Message, answer: Any, fits: Fits) -> str:
    """ok, retry, pause or keep; the table of the client's law."""
    if "json" not in given.get("Content-Type", ""):
        return "retry"
    if 200 <= status < 300:
        return "ok" if fits(answer) else "retry"
    if not isinstance(answer, dict) or answer.get("status") != status or "type" not in answer:
        return "retry"
    if status == 401:
        return "pause"
    return "retry" if status >= 500 or status in RETRIED or answer["type"] in RETRIED_TYPES else "keep"


def exchange(
    port: int, method: str, path: str, body: bytes, headers: Mapping[str, str]
) -> tuple[int, Message, bytes]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, f"/api/v1{path}", body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def report(report_id: str, body: bytes) -> Deed:
    """A finished report."""
    content = hashlib.sha256(body).hexdigest()

    def fits(answer: Any) -> bool:
        return (
            isinstance(answer, dict)
            and answer.get("id") == report_id
            and answer.get("content_sha256") == content
        )

    return Deed("PUT", f"/inspections/{report_id}", body, "application/json", fits)


def photo(body: bytes) -> Deed:
    """A photo."""
    content = hashlib.sha256(body).hexdigest()

    def fits(answer: Any) -> bool:
        return (
            isinstance(answer, dict) and answer.get("sha256") == content and answer.get("bytes") == len(body)
        )

    return Deed("PUT", f"/photos/{content}", body, "image/jpeg", fits)


def step(task_id: str, step_id: str, body: bytes) -> Deed:
    """A step on a task."""

    def fits(answer: Any) -> bool:
        steps = answer.get("history") if isinstance(answer, dict) else None
        return isinstance(steps, list) and any(one.get("id") == step_id for one in steps)

    return Deed("PUT", f"/tasks/{task_id}/transitions/{step_id}", body, "application/json", fits)


def question(path: str, asked: Any, fits: Fits) -> Deed:
    """Anything that may be asked again."""
    return Deed("POST", path, json.dumps(asked).encode(), "application/json", fits)
