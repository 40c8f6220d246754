"""Fixtures for everything that needs a real server. Each test process starts its own, when asked.

Registered with `pytest_plugins = ["tests.support.fixtures"]` in the top conftest.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from storage.blobs import StorageSettings
from tests.support import real_parts
from tests.support.real_parts import S3


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty PostgreSQL of this test process."""
    with real_parts.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """An S3 of this test process: endpoint, access_key, secret_key, bucket."""
    with real_parts.seaweed() as server:
        yield server


@pytest.fixture
def s3_storage(s3: S3) -> StorageSettings:
    """Settings of an empty corner of the S3, fresh for each test."""
    return real_parts.s3_settings(s3, prefix=f"test-{uuid4().hex}")
