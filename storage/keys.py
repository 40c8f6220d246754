"""Where each thing lies in the store, and what its key promises.

An original photo lies under its own SHA-256, so the key alone tells which bytes may be there.
What is shown (upright, smaller, without place or time) lies beside it under `derived/`.
"""

import re
from typing import Literal

Shown = Literal["display", "thumb"]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_ORIGINAL = re.compile(r"photos/[0-9a-f]{2}/([0-9a-f]{64})")
_LONGEST = 512


def original(sha256: str) -> str:
    """The key of a photo as it was sent. Raises ValueError when `sha256` is not 64 small hex digits."""
    return f"photos/{_checked(sha256)[:2]}/{sha256}"


def derived(sha256: str, shown: Shown) -> str:
    """The key of the copy that is shown, made from the photo with this hash."""
    return f"derived/{_checked(sha256)[:2]}/{sha256}/{shown}.jpg"


def marked(sha256: str, words_sha256: str) -> str:
    """The key of the copy that has words on it; other words make another copy."""
    return f"derived/{_checked(sha256)[:2]}/{sha256}/marked-{_checked(words_sha256)[:16]}.jpg"


def check(key: str) -> str:
    """The key itself. Raises ValueError unless it is plain names with single slashes between.

    Every name begins with a letter or a digit, so no key can climb out of the store.
    """
    if len(key) > _LONGEST or not _KEY.fullmatch(key):
        raise ValueError(f"not a storage key: {key[:80]!r}")
    return key


def promised_sha256(key: str) -> str | None:
    """The hash of the only bytes that may lie under this key; None when the key does not tell."""
    found = _ORIGINAL.fullmatch(key)
    return found[1] if found else None


def check_promise(key: str, sha256: str, declared: str | None) -> None:
    """Raises ValueError when bytes with this hash are not what the key or the caller promised."""
    for promised in (declared, promised_sha256(key)):
        if promised is not None and promised != sha256:
            raise ValueError(f"{key}: the bytes have another SHA-256 than promised")


def _checked(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 in hex: {sha256[:80]!r}")
    return sha256
