"""Bytes on their way into the store or to the picture workers: in memory, in a file, or open."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

Payload = bytes | Path | BinaryIO
CHUNK = 1 << 18


@contextmanager
def opened(data: Payload) -> Iterator[BinaryIO]:
    """`data` as a file standing at its start; an open file must be seekable and stays open."""
    if isinstance(data, bytes):
        yield BytesIO(data)
    elif isinstance(data, Path):
        with data.open("rb") as file:
            yield file
    else:
        data.seek(0)
        yield data


def chunks(source: BinaryIO) -> Iterator[bytes]:
    """What is left in `source`, piece by piece."""
    while chunk := source.read(CHUNK):
        yield chunk


def sha256_of(pieces: Iterator[bytes]) -> str:
    """The SHA-256 of the pieces together, in hex."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
