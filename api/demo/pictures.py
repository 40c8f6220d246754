"""The pictures of the demo's evidence: each is drawn when it is wanted, and none is used twice."""

import hashlib
import itertools
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from api.accounts.types import Actor
from api.core.transaction import in_transaction
from api.photos import services as photos
from storage import drawing
from storage.blobs import Blobs

WIDTH = 480
_SCENES: dict[str, tuple[tuple[drawing.Scene, bool], ...]] = {
    "good": (("shelf", True), ("cabinet", True), ("floor", True)),
    "bad": (("shelf", False), ("cabinet", False), ("floor", False)),
    "signature": (("signature", True),),
}
Take = Callable[[str], Mapping[str, Any]]
"""Takes a picture of a kind (good, bad, signature) and gives what a phone says of the file."""


class Camera:
    """Draws picture after picture and hands them in."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._numbers = itertools.count(1)

    def of(self, actor: Actor, now: datetime) -> Take:
        """The camera in one person's hand, at a moment."""

        def take(kind: str) -> Mapping[str, Any]:
            number = next(self._numbers)
            scenes = _SCENES[kind]
            scene, tidy = scenes[number % len(scenes)]
            body = drawing.draw(scene, tidy=tidy, seed=number, width=WIDTH)
            sha256 = hashlib.sha256(body).hexdigest()
            facts = photos.keep_bytes(self._blobs, sha256, body)
            in_transaction(photos.note, actor, sha256, len(body), facts, now)
            return {"sha256": sha256, "bytes": len(body), "width": facts.width, "height": facts.height}

        return take
