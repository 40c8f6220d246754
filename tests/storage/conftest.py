"""The stores that every test of the common promises runs against."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import boto3.session
import pytest

from storage.blobs import Blobs, StorageSettings, open_blobs

VARIANTS: dict[str, dict[str, Any]] = {
    "s3": {},
    "s3-checksums": {"checksums": "when_supported"},
    "s3-no-conditions": {"conditional_put": False},
}


class Store(NamedTuple):
    """A store, and a way to damage what it holds behind its back."""

    blobs: Blobs
    spoil: Callable[[str, bytes], None]


def pytest_configure(config: pytest.Config) -> None:
    """The shared fixtures, also when these tests run alone; twice is as good as once."""
    config.pluginmanager.import_plugin("tests.support.fixtures")


@pytest.fixture(params=["local", *VARIANTS])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Every kind of store in turn, empty."""
    if request.param == "local":
        return local_store(tmp_path / "blobs")
    return s3_store(replace(request.getfixturevalue("s3_storage"), **VARIANTS[request.param]))


@pytest.fixture(params=["local", "s3"])
def strict_store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """The stores that hold their promises even against simultaneous puts of different bytes."""
    if request.param == "local":
        return local_store(tmp_path / "blobs")
    return s3_store(request.getfixturevalue("s3_storage"))


def local_store(root: Path) -> Store:
    """A folder."""

    def spoil(key: str, data: bytes) -> None:
        (root / key).write_bytes(data)

    return Store(open_blobs(StorageSettings(url=str(root))), spoil)


def s3_store(settings: StorageSettings) -> Store:
    """A corner of an S3 bucket."""
    bucket, prefix = settings.url.removeprefix("s3://").split("/", 1)
    client = boto3.session.Session().client(
        "s3",
        endpoint_url=settings.endpoint_url,
        aws_access_key_id=settings.access_key,
        aws_secret_access_key=settings.secret_key,
        region_name=settings.region,
    )

    def spoil(key: str, data: bytes) -> None:
        client.put_object(Bucket=bucket, Key=f"{prefix}/{key}", Body=data)

    return Store(open_blobs(settings), spoil)
