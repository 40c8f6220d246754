"""Blobs in an S3 bucket.

No answer of the server is taken on trust: every put is read back and hashed, because not every S3
checks what it is told to check. All that differs between S3 servers is a setting.
"""

import base64
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import boto3.session  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from storage import keys
from storage.blobs import BlobConflict, BlobMissing, StorageSettings, StorageUnavailable
from storage.payload import CHUNK, Payload, chunks, opened, sha256_of

CONNECT_SECONDS = 5
READ_SECONDS = 30
TRIES = 3
HELD_IN_MEMORY = 2 << 20


class S3Blobs:
    """See the Protocol `Blobs`. Safe to share between threads."""

    def __init__(self, settings: StorageSettings, *, bucket: str, prefix: str) -> None:
        """Contacts nobody yet. Raises ValueError when the bucket, prefix or endpoint is malformed."""
        if not bucket:
            raise ValueError(f"no bucket in {settings.url!r}")
        self._bucket = bucket
        self._prefix = f"{keys.check(prefix)}/" if prefix else ""
        self._conditional = settings.conditional_put
        self._send_checksum = settings.checksums == "when_supported"
        self._client = _client(settings)

    def put(self, key: str, data: Payload, content_type: str, *, sha256: str | None = None) -> None:
        """See Blobs.put."""
        keys.check(key)
        with _translated(key), opened(data) as source:
            digest = sha256_of(chunks(source))
            keys.check_promise(key, digest, sha256)
            added = self._add(key, source, content_type, digest)
            stored = self._stored_sha256(key)
            if stored == digest:
                return
            if keys.promised_sha256(key):
                self._send(key, source, content_type, digest)  # over a damaged copy of these bytes
                if self._stored_sha256(key) == digest:
                    return
            elif added:
                self.delete(key)
            elif stored is not None:
                raise BlobConflict(key)
            raise StorageUnavailable("S3 gave back other bytes than were sent")

    def open(self, key: str) -> BinaryIO:
        """See Blobs.open. The bytes are fetched wholly first, so reading them cannot break off."""
        keys.check(key)
        file = tempfile.SpooledTemporaryFile(max_size=HELD_IN_MEMORY)  # noqa: SIM115
        try:
            with _translated(key):
                answer = self._client.get_object(**self._at(key))
                shutil.copyfileobj(answer["Body"], file, CHUNK)
                file.seek(0)
        except BaseException:
            file.close()
            raise
        return cast(BinaryIO, file)

    def exists(self, key: str) -> bool:
        """See Blobs.exists."""
        keys.check(key)
        with _translated(key):
            try:
                self._client.head_object(**self._at(key))
            except ClientError as error:
                if _status(error) != 404:
                    raise
                self._client.head_bucket(Bucket=self._bucket)  # fails when all of it is missing
                return False
            return True

    def delete(self, key: str) -> None:
        """See Blobs.delete."""
        keys.check(key)
        with _translated(key):
            self._client.delete_object(**self._at(key))

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + key}

    def _add(self, key: str, source: BinaryIO, content_type: str, digest: str) -> bool:
        """Sends the bytes unless something is there; tells whether they were sent."""
        if not self._conditional:
            if self.exists(key):
                return False
            self._send(key, source, content_type, digest)
            return True
        try:
            self._send(key, source, content_type, digest, IfNoneMatch="*")
        except ClientError as error:
            if _status(error) != 412:
                raise
            return False
        return True

    def _send(self, key: str, source: BinaryIO, content_type: str, digest: str, **conditions: str) -> None:
        if self._send_checksum:
            conditions["ChecksumSHA256"] = base64.b64encode(bytes.fromhex(digest)).decode()
        source.seek(0)
        self._client.put_object(**self._at(key), Body=source, ContentType=content_type, **conditions)

    def _stored_sha256(self, key: str) -> str | None:
        try:
            answer = self._client.get_object(**self._at(key))
        except ClientError as error:
            if _code(error) == "NoSuchKey":
                return None
            raise
        return sha256_of(answer["Body"].iter_chunks(CHUNK))


def _client(settings: StorageSettings) -> Any:
    # A session of one's own: boto3's shared one may not be used from two threads at once.
    return boto3.session.Session().client(
        "s3",
        endpoint_url=settings.endpoint_url,
        aws_access_key_id=settings.access_key,
        aws_secret_access_key=settings.secret_key,
        region_name=settings.region,
        config=Config(
            # Said always: left alone, boto3 signs presigned links the old way.
            signature_version=settings.signature_version,
            s3={"addressing_style": settings.addressing_style},
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            request_checksum_calculation=settings.checksums,
            response_checksum_validation=settings.checksums,
        ),
    )


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


@contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if _code(error) == "NoSuchKey":
            raise BlobMissing(key) from error
        raise StorageUnavailable(f"S3 answered {_status(error)} {_code(error)}") from error
    except (BotoCoreError, OSError) as error:
        raise StorageUnavailable(f"S3 could not be used: {error}") from error
