"""A folder: addresses, crashes, full and missing disks."""

import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.blobs import StorageSettings, StorageUnavailable, open_blobs
from storage.local import LEFT_OVER_SECONDS, LocalBlobs

FULL_DISK = """
import resource, signal, sys
from storage.blobs import StorageUnavailable
from storage.local import LocalBlobs
blobs = LocalBlobs(sys.argv[1])
blobs.put("small", b"x" * 1000, "text/plain")
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    blobs.put("large", b"x" * 100_000, "text/plain")
except StorageUnavailable as error:
    print(error)
    assert blobs.exists("small") and not blobs.exists("large")
    blobs.put("small2", b"y" * 1000, "text/plain")
    sys.exit(42)
"""


@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_a_folder_is_named_plainly_or_as_a_file_address(tmp_path: Path, form: str) -> None:
    open_blobs(StorageSettings(url=form.format(tmp_path / "a-b"))).put("k", b"x", "text/plain")
    assert (tmp_path / "a-b" / "k").read_bytes() == b"x"


def test_a_file_address_may_be_percent_encoded(tmp_path: Path) -> None:
    open_blobs(StorageSettings(url=f"file://{tmp_path}/two%20words"))
    assert (tmp_path / "two words").is_dir()


@pytest.mark.parametrize("url", ["", "ftp://host/x", "file://host/x", "file://x", "s3://", "s3:///x"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"neither a folder|no bucket"):
        open_blobs(StorageSettings(url=url))


def test_the_secret_is_not_shown() -> None:
    assert "hush" not in repr(StorageSettings(url="s3://b", secret_key="hush"))


def test_a_write_beyond_the_limit_is_unavailable_and_leaves_nothing(tmp_path: Path) -> None:
    """The limit on file size stands for the full disk: it needs no rights and really bites."""
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path / "blobs"],
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 42, done.stderr
    assert "File too large" in done.stdout
    assert sorted(path.name for path in (tmp_path / "blobs").rglob("*")) == [
        ".incoming",
        "small",
        "small2",
    ]


def test_no_room_for_another_open_file_is_unavailable(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    blobs.put("k", b"x", "text/plain")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        with pytest.raises(StorageUnavailable):
            blobs.open("k")
        with pytest.raises(StorageUnavailable):
            blobs.put("other", b"x", "text/plain")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_disk_that_is_not_mounted_is_not_an_empty_store(tmp_path: Path) -> None:
    root = tmp_path / "disk"
    blobs = LocalBlobs(root)
    blobs.put("k", b"x", "text/plain")
    shutil.rmtree(root)
    root.mkdir()
    with pytest.raises(StorageUnavailable):
        blobs.exists("k")
    with pytest.raises(StorageUnavailable):
        blobs.open("k")
    with pytest.raises(StorageUnavailable):
        blobs.delete("k")
    with pytest.raises(StorageUnavailable):
        blobs.put("k", b"x", "text/plain")


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        LocalBlobs(tmp_path / "file" / "blobs")


def test_what_a_crash_left_half_written_is_cleared_after_a_day(tmp_path: Path) -> None:
    LocalBlobs(tmp_path)
    old, new = tmp_path / ".incoming" / "old", tmp_path / ".incoming" / "new"
    old.write_bytes(b"half")
    new.write_bytes(b"half, but perhaps another process is at it")
    long_ago = time.time() - LEFT_OVER_SECONDS - 60
    os.utime(old, (long_ago, long_ago))
    LocalBlobs(tmp_path)
    assert not old.exists()
    assert new.exists()


def test_bytes_folder_and_all_parents_are_flushed_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    real = os.fsync

    def noting(descriptor: int) -> None:
        flushed.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        real(descriptor)

    blobs = LocalBlobs(tmp_path)
    monkeypatch.setattr(os, "fsync", noting)
    for _ in range(2):  # the second time the bytes are there, but perhaps not yet on the disk
        flushed.clear()
        blobs.put("a/b/c", b"x", "text/plain")
        assert flushed[0].startswith(str(tmp_path / ".incoming"))
        assert flushed[1:] == [str(tmp_path / "a/b"), str(tmp_path / "a"), str(tmp_path)]
