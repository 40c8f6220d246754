"""Keeping bytes under a key: the one shape that a folder and an S3 bucket share.

What `put` has accepted is there, durable and whole: it was written, read back and hashed before
`put` returned. Nothing that is already there is ever replaced by something else.
"""

from dataclasses import dataclass, field
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from storage.payload import Payload


class StorageUnavailable(Exception):
    """The store cannot do this now (disk full, S3 down, no rights); the same call may work later."""


class BlobMissing(Exception):
    """There is nothing under this key."""


class BlobConflict(Exception):
    """Other bytes lie under this key already; they were left alone."""


@dataclass(frozen=True)
class StorageSettings:
    """Where the bytes go. `url` is a folder, file:///folder, s3://bucket or s3://bucket/prefix.

    `checksums="when_supported"` also sends the SHA-256 along, so that a store which honours it
    refuses damaged bytes by itself. `conditional_put=False` is for stores without If-None-Match.
    """

    url: str
    endpoint_url: str | None = None
    access_key: str | None = None
    secret_key: str | None = field(default=None, repr=False)
    region: str = "us-east-1"
    addressing_style: str = "auto"
    signature_version: str = "s3v4"
    checksums: str = "when_required"
    conditional_put: bool = True


class Blobs(Protocol):
    """A store. Every method raises StorageUnavailable when the store fails, ValueError for a bad key."""

    def put(self, key: str, data: Payload, content_type: str, *, sha256: str | None = None) -> None:
        """Keeps `data` under `key`; the same bytes again are fine.

        Returns only when the bytes are durable and were read back equal. Raises BlobConflict when
        other bytes are there, ValueError when `data` does not have the hash that `sha256` (hex) or
        the key names. Under a key that names its hash, a damaged copy is replaced by the right one.
        """
        ...

    def open(self, key: str) -> BinaryIO:
        """The bytes as a seekable file for the caller to close. Raises BlobMissing."""
        ...

    def exists(self, key: str) -> bool:
        """Whether something is under `key`."""
        ...

    def delete(self, key: str) -> None:
        """Removes what is under `key`; nothing there is fine."""
        ...


def open_blobs(settings: StorageSettings) -> Blobs:
    """The store that the settings name. A folder is made when missing; S3 is not contacted yet.

    Raises ValueError for an address that is neither, StorageUnavailable when the folder cannot be
    made or written.
    """
    parts = urlsplit(settings.url)
    if parts.scheme == "s3":
        # Here and not above: loading boto3 takes a while, and a folder does not need it.
        from storage.s3 import S3Blobs

        return S3Blobs(settings, bucket=parts.netloc, prefix=parts.path.strip("/"))

    from storage.local import LocalBlobs

    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return LocalBlobs(unquote(parts.path))
    if not settings.url or "://" in settings.url:
        raise ValueError(f"neither a folder nor s3://bucket: {settings.url!r}")
    return LocalBlobs(settings.url)
