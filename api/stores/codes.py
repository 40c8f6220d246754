"""The code on the wall of a store, printed as a QR picture.

It says which store it hangs in and cannot be made up: whoever shows it has stood before it, or was sent a
picture of it. So it is one sign of presence among several and never proof alone. It is reckoned from the
store's id and the server's secret; nothing is stored, and a new secret asks for new prints.
"""

import base64
import binascii
import hashlib
import hmac
import uuid

_PURPOSE = b"rounds: code of a store, 1"
_SEAL = 11
_LENGTH = 36
CODE_PATTERN = rf"^[A-Za-z0-9_-]{{{_LENGTH}}}\Z"


def key_of(secret: str) -> bytes:
    """The key for this one purpose; the secret itself signs the tokens of people."""
    return hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)


def code_of(store_id: uuid.UUID, key: bytes) -> str:
    """The store's code: 36 letters, digits, dashes and underscores."""
    return base64.urlsafe_b64encode(store_id.bytes + _seal(store_id, key)).decode()


def store_of(code: str, key: bytes) -> uuid.UUID | None:
    """Which store's wall it hangs on; None when it was made up or belongs to another server."""
    try:
        raw = base64.b64decode(code.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        return None
    if len(code) != _LENGTH or len(raw) != 16 + _SEAL:
        return None
    store_id = uuid.UUID(bytes=raw[:16])
    return store_id if hmac.compare_digest(raw[16:], _seal(store_id, key)) else None


def shown_at(code: str | None, store_id: uuid.UUID, key: bytes) -> bool | None:
    """Whether the code of this very store was shown; None when none was."""
    return None if not code else store_of(code, key) == store_id


def _seal(store_id: uuid.UUID, key: bytes) -> bytes:
    return hmac.digest(key, store_id.bytes, hashlib.sha256)[:_SEAL]
