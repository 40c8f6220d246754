"""The pair of keys by which push services know this server. Made once, unless the settings bring one."""

import base64

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from api.core.db import db
from api.events.models import ServerFact

FACT = "vapid_private_key"


def private_key(given: str | None) -> str:
    """The private key, URL-safe base64 of its 32 bytes; written down when there is none. In a transaction."""
    if given:
        return given
    fact = db.session.get(ServerFact, FACT)
    if fact is None:
        fact = ServerFact(name=FACT, value=_fresh())
        db.session.add(fact)
        db.session.flush()
    return fact.value


def known_key(given: str | None) -> str | None:
    """The private key, if there is one already."""
    fact = None if given else db.session.get(ServerFact, FACT)
    return given or (fact.value if fact else None)


def public_key(private: str) -> str:
    """What browsers are given: the public point, URL-safe base64. Raises ValueError for what is no key."""
    key = ec.derive_private_key(int.from_bytes(_bytes(private)), ec.SECP256R1())
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return _text(point)


def _fresh() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return _text(key.private_numbers().private_value.to_bytes(32))


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
