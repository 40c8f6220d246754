"""The child process of sandbox.py: limits itself, then answers until the parent goes away."""

import json
import math
import os
import resource
import signal
import sys
from dataclasses import asdict
from typing import Any

from storage import decoding, watermark
from storage.pictures import NotAPicture, PictureRefused
from storage.sandbox import CPU_SECONDS, MEMORY_BYTES, Answer


def serve() -> None:
    """Answers one question after the other; returns when the parent closes the pipe."""
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not disturb the conversation
    _limit()
    while line := questions.readline():
        question = json.loads(line)
        content = questions.read(question["bytes"])
        _allow_some_time()
        facts, bodies = _answer(question["deed"], content, question["words"])
        answers.write(json.dumps(facts | {"bodies": [len(body) for body in bodies]}).encode())
        answers.write(b"\n")
        answers.writelines(bodies)
        answers.flush()


def _answer(deed: str, content: bytes, words: list[str]) -> Answer:
    try:
        if deed == "inspect":
            return {"facts": asdict(decoding.inspect(content))}, []
        if deed == "mark":
            return {}, [watermark.marked(content, words)]
        copies = decoding.derive(content)
        return {"names": list(copies)}, list(copies.values())
    except PictureRefused as refusal:
        return _refusal(refusal), []


def _refusal(refusal: PictureRefused) -> dict[str, Any]:
    words = refusal.detected if isinstance(refusal, NotAPicture) else str(refusal)
    return {"refused": type(refusal).__name__, "words": words}


def _limit() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then hangs up
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_some_time() -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = math.ceil(usage.ru_utime + usage.ru_stime)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (used + CPU_SECONDS, hard))
