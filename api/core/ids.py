"""Ids that sort by the time they were made."""

import hashlib
import uuid

import uuid_utils


def new_id() -> uuid.UUID:
    """A fresh UUIDv7; ids made later in this process compare greater."""
    return uuid.UUID(int=uuid_utils.uuid7().int)


def derived_id(parent: uuid.UUID, name: str, number: int) -> uuid.UUID:
    """The id of the part `name` of something, always the same; parts sort by their number, beside their parent.

    A UUIDv7 with its parent's time. What is stored once more after a restore has the ids it had before.
    """
    time = parent.int >> 80
    rest = int.from_bytes(hashlib.sha256(parent.bytes + name.encode()).digest()[:8]) >> 2
    return uuid.UUID(int=time << 80 | 7 << 76 | (number & 0xFFF) << 64 | 2 << 62 | rest)
