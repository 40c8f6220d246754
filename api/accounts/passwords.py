"""Passwords: argon2id, two at a time, because each hashing takes memory and a core."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
MAX_LENGTH = 200
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_two_at_once = threading.BoundedSemaphore(2)
_NOBODY = _hasher.hash("a password that nobody has")


def hashed(password: str) -> str:
    """What may be stored of a password."""
    with _two_at_once:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """True when the password fits. Takes as long for somebody who does not exist (None)."""
    with _two_at_once:
        try:
            return _hasher.verify(stored or _NOBODY, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False
