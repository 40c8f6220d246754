"""Blobs in a folder of a local disk.

A new file is written aside, flushed to the disk, read back, and only then given its name; the name
is flushed too. So after a crash or a power cut a key holds the whole bytes or nothing.
The file system must know hard links, as all usual ones of servers do.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from storage import keys
from storage.blobs import BlobConflict, BlobMissing, StorageUnavailable
from storage.payload import Payload, chunks, opened, sha256_of

LEFT_OVER_SECONDS = 24 * 60 * 60


class LocalBlobs:
    """See the Protocol `Blobs`. The content type is not kept; the caller's rows have it."""

    def __init__(self, root: str | Path) -> None:
        """Makes the folder when missing and clears away what a crash left half written a day ago."""
        self._root = Path(root).absolute()
        self._incoming = self._root / ".incoming"
        with _as_unavailable():
            self._incoming.mkdir(parents=True, exist_ok=True)
            _clear_left_overs(self._incoming)

    def put(self, key: str, data: Payload, content_type: str, *, sha256: str | None = None) -> None:
        """See Blobs.put."""
        path = self._path(key)
        with _as_unavailable(), opened(data) as source:
            digest = sha256_of(chunks(source))
            keys.check_promise(key, digest, sha256)
            source.seek(0)
            with self._written_aside(source) as aside:
                if _sha256_of_file(aside) != digest:
                    raise StorageUnavailable("the disk gave back other bytes than were written")
                path.parent.mkdir(parents=True, exist_ok=True)
                _give_name(aside, path, key, digest)
            self._flush_folders(path.parent)

    def open(self, key: str) -> BinaryIO:
        """See Blobs.open."""
        path = self._path(key)
        with _as_unavailable():
            try:
                return path.open("rb")
            except FileNotFoundError:
                self._check_still_there()
                raise BlobMissing(key) from None

    def exists(self, key: str) -> bool:
        """See Blobs.exists."""
        path = self._path(key)
        with _as_unavailable():
            if path.is_file():
                return True
            self._check_still_there()
            return False

    def delete(self, key: str) -> None:
        """See Blobs.delete."""
        path = self._path(key)
        with _as_unavailable():
            try:
                path.unlink()
            except FileNotFoundError:
                self._check_still_there()
            else:
                _flush_folder(path.parent)

    def _path(self, key: str) -> Path:
        return self._root / keys.check(key)

    def _check_still_there(self) -> None:
        """An unmounted disk must not look like an empty store."""
        if not self._incoming.is_dir():
            raise StorageUnavailable(f"{self._root} is gone or not mounted")

    @contextmanager
    def _written_aside(self, source: BinaryIO) -> Iterator[Path]:
        descriptor, name = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(descriptor, "wb") as aside:
                for chunk in chunks(source):
                    aside.write(chunk)
                aside.flush()
                os.fsync(aside.fileno())
            yield Path(name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)

    def _flush_folders(self, folder: Path) -> None:
        """Up to the root, since another process may have made one and not flushed it yet."""
        while True:
            _flush_folder(folder)
            if folder == self._root:
                return
            folder = folder.parent


def _give_name(aside: Path, path: Path, key: str, digest: str) -> None:
    try:
        os.link(aside, path)  # unlike a rename, this never takes the place of another file
    except FileExistsError:
        if _sha256_of_file(path) == digest:
            return
        if keys.promised_sha256(key) is None:
            raise BlobConflict(key) from None
        os.replace(aside, path)  # not what the key promises, so what is there is damaged


def _sha256_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return sha256_of(chunks(file))


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_left_overs(folder: Path) -> None:
    long_ago = time.time() - LEFT_OVER_SECONDS
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < long_ago:
                path.unlink()


@contextmanager
def _as_unavailable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageUnavailable(f"the folder failed: {error}") from error
