"""What every store promises, tried on a folder and on a real S3 with each of its settings."""

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from storage import keys
from storage.blobs import BlobConflict, BlobMissing, Blobs
from tests.storage.conftest import Store

PHOTO = bytes(range(256)) * 5000
SHA = hashlib.sha256(PHOTO).hexdigest()
KEY = keys.original(SHA)
JPEG = "image/jpeg"

BAD_KEYS = [
    "",
    "/etc/passwd",
    "../outside",
    "photos/../../outside",
    "photos/..",
    "photos//x",
    "photos/",
    "./x",
    ".incoming/x",
    "a\0b",
    "a\nb",
    "a\n",
    "a\\b",
    "照片",
    "a b",
    "a" * 513,
]


def read(blobs: Blobs, key: str) -> bytes:
    with blobs.open(key) as file:
        return file.read()


def test_what_was_put_can_be_read(store: Store) -> None:
    store.blobs.put(KEY, PHOTO, JPEG, sha256=SHA)
    assert store.blobs.exists(KEY)
    assert read(store.blobs, KEY) == PHOTO


def test_open_gives_a_seekable_file(store: Store) -> None:
    store.blobs.put(KEY, PHOTO, JPEG)
    with store.blobs.open(KEY) as file:
        file.seek(-10, 2)
        assert file.read() == PHOTO[-10:]
        file.seek(0)
        assert file.read(4) == PHOTO[:4]


def test_bytes_may_come_from_a_path_or_an_open_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(PHOTO)
    store.blobs.put("from/path", path, JPEG, sha256=SHA)
    half_read = BytesIO(PHOTO)
    half_read.read(100)
    store.blobs.put("from/file", half_read, JPEG, sha256=SHA)
    assert read(store.blobs, "from/path") == read(store.blobs, "from/file") == PHOTO


def test_nothing_is_also_something(store: Store) -> None:
    store.blobs.put("empty", b"", "text/plain")
    assert store.blobs.exists("empty")
    assert read(store.blobs, "empty") == b""


def test_the_same_again_is_fine(store: Store) -> None:
    for _ in range(3):
        store.blobs.put(KEY, PHOTO, JPEG, sha256=SHA)
    assert read(store.blobs, KEY) == PHOTO


def test_other_bytes_under_the_same_key_are_refused_and_the_first_stay(store: Store) -> None:
    store.blobs.put("report", b"first", "text/plain")
    with pytest.raises(BlobConflict):
        store.blobs.put("report", b"other", "text/plain")
    assert read(store.blobs, "report") == b"first"


def test_bytes_that_are_not_what_the_caller_or_the_key_says_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="another SHA-256"):
        store.blobs.put("report", PHOTO + b"x", JPEG, sha256=SHA)
    with pytest.raises(ValueError, match="another SHA-256"):
        store.blobs.put(KEY, PHOTO + b"x", JPEG)
    assert not store.blobs.exists("report")
    assert not store.blobs.exists(KEY)


@pytest.mark.parametrize("damage", [b"", PHOTO[:-1], PHOTO[:-1] + b"!"])
def test_a_damaged_photo_is_mended_by_sending_it_again(store: Store, damage: bytes) -> None:
    store.blobs.put(KEY, PHOTO, JPEG, sha256=SHA)
    store.spoil(KEY, damage)
    store.blobs.put(KEY, PHOTO, JPEG, sha256=SHA)
    assert read(store.blobs, KEY) == PHOTO


def test_what_is_not_there_is_missing(store: Store) -> None:
    assert not store.blobs.exists(KEY)
    with pytest.raises(BlobMissing):
        store.blobs.open(KEY)


def test_a_folder_of_keys_is_not_itself_a_key(store: Store) -> None:
    store.blobs.put("photos/ab/c", b"x", JPEG)
    assert not store.blobs.exists("photos/ab")


def test_deleted_is_gone_and_may_be_put_again(store: Store) -> None:
    store.blobs.put("report", b"first", "text/plain")
    store.blobs.delete("report")
    assert not store.blobs.exists("report")
    store.blobs.delete("report")
    store.blobs.put("report", b"other", "text/plain")
    assert read(store.blobs, "report") == b"other"


@pytest.mark.parametrize("key", BAD_KEYS)
def test_keys_never_climb_out(strict_store: Store, key: str, tmp_path: Path) -> None:
    blobs = strict_store.blobs
    deeds: list[Callable[[], object]] = [
        lambda: blobs.put(key, b"x", JPEG),
        lambda: blobs.open(key),
        lambda: blobs.exists(key),
        lambda: blobs.delete(key),
    ]
    for deed in deeds:
        with pytest.raises(ValueError, match="not a storage key"):
            deed()
    assert not (tmp_path / "outside").exists()


def test_of_sixteen_different_puts_at_once_one_wins_and_stays(strict_store: Store) -> None:
    start = threading.Barrier(16)

    def put(number: int) -> int | None:
        start.wait()
        try:
            strict_store.blobs.put("report", b"%d" % number * 1000, "text/plain")
        except BlobConflict:
            return None
        return number

    with ThreadPoolExecutor(16) as pool:
        winners = [number for number in pool.map(put, range(16)) if number is not None]
    assert len(winners) == 1
    assert read(strict_store.blobs, "report") == b"%d" % winners[0] * 1000


def test_sixteen_puts_of_one_photo_at_once_all_succeed(store: Store) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: store.blobs.put(KEY, PHOTO, JPEG, sha256=SHA), range(16)))
    assert read(store.blobs, KEY) == PHOTO
