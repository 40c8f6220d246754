"""Ids that sort by the time they were made."""

import uuid

import uuid_utils


def new_id() -> uuid.UUID:
    """A fresh UUIDv7; ids made later in this process compare greater."""
    return uuid.UUID(int=uuid_utils.uuid7().int)
