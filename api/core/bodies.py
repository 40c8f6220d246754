"""What a phone sends, checked to the byte.

The web server hands over a body that broke off half-way as if it were whole. So every write from a
phone is measured against its Content-Length and its hash before anything looks at it.
"""

import base64
import hashlib
import re
from typing import Any

from flask import request
from werkzeug.exceptions import ClientDisconnected

from api.core.errors import (
    DigestMismatch,
    DigestRequired,
    FieldError,
    IncompleteBody,
    LengthRequired,
    MalformedJson,
    TooLarge,
    UnsupportedMedia,
    Validation,
)
from api.core.strictjson import strict_loads

MAX_JSON_BYTES = 1_000_000
_SHA_256 = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")


def whole_body(limit: int) -> bytes:
    """The body, as long as it was announced. Raises LengthRequired, TooLarge, IncompleteBody."""
    announced = request.content_length
    if announced is None:
        raise LengthRequired()
    if announced > limit:
        raise TooLarge(f"At most {limit:,} bytes are accepted here.")
    try:
        body = request.get_data()
    except ClientDisconnected:
        raise IncompleteBody("The connection broke off.") from None
    if len(body) != announced:
        raise IncompleteBody(f"{len(body)} of {announced} bytes arrived.")
    return body


def phone_document() -> tuple[Any, str]:
    """The JSON of a phone's write and the hex SHA-256 of its exact bytes.

    Raises DigestRequired, DigestMismatch (send again), MalformedJson, UnsupportedMedia.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMedia("Send application/json.")
    stated = _SHA_256.search(request.headers.get("Content-Digest", ""))
    body = whole_body(MAX_JSON_BYTES)
    if stated is None:
        raise DigestRequired()
    digest = hashlib.sha256(body).digest()
    if base64.b64decode(stated.group(1)) != digest:
        raise DigestMismatch("The body's SHA-256 is not the one in Content-Digest.")
    try:
        return strict_loads(body), digest.hex()
    except ValueError as error:
        raise MalformedJson(str(error)) from None


def csv_text(limit: int) -> str:
    """An uploaded table as text, UTF-8 or GB18030. Raises TooLarge, IncompleteBody, Validation."""
    return decode_table(whole_body(limit))


def decode_table(body: bytes) -> str:
    """Text of a table file. Raises Validation when it is no text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Validation(errors=[FieldError("/", "not_text", "The file is neither UTF-8 nor GB18030 text.")])
