"""Pictures for the rest of the project: are these bytes one, and what may be shown of it?

The work is done in a sandbox, two pictures at once for each server process. Beside the named
refusals all functions raise StorageUnavailable when the machine is too busy; sending again helps.
"""

from collections.abc import Sequence
from typing import Any

from storage import sandbox
from storage.payload import Payload, opened
from storage.pictures import (
    MAX_BYTES,
    DamagedPicture,
    Fingerprint,
    NotAPicture,
    PictureFacts,
    PictureRefused,
    TooManyBytes,
    TooManyPixels,
)

__all__ = [
    "DamagedPicture",
    "NotAPicture",
    "PictureFacts",
    "PictureRefused",
    "TooManyBytes",
    "TooManyPixels",
    "derive",
    "inspect",
    "mark",
]

_REFUSALS: dict[str, type[PictureRefused]] = {
    kind.__name__: kind for kind in (NotAPicture, TooManyBytes, TooManyPixels, DamagedPicture)
}


def inspect(picture: Payload) -> PictureFacts:
    """The facts of a picture within the limits of pictures.py that decodes to its end.

    Raises NotAPicture, TooManyBytes, TooManyPixels or DamagedPicture.
    """
    answer, _ = _asked("inspect", picture)
    facts = answer["facts"]
    return PictureFacts(**facts | {"looks": facts["looks"] and Fingerprint(**facts["looks"])})


def derive(picture: Payload) -> dict[str, bytes]:
    """The JPEG copies that may be shown: "display" (longer side ≤ 1600 px) and "thumb" (≤ 320 px).

    Upright, RGB, and nothing but pixels: no time, place, profile or comment goes along. Raises as
    `inspect` does.
    """
    answer, copies = _asked("derive", picture)
    return dict(zip(answer["names"], copies, strict=True))


def mark(display: Payload, lines: Sequence[str]) -> bytes:
    """A copy that `derive` made, as a JPEG with these lines written on its foot."""
    _, (marked,) = _asked("mark", display, lines)
    return marked


def _asked(deed: str, picture: Payload, words: Sequence[str] = ()) -> tuple[dict[str, Any], list[bytes]]:
    answer, bodies = sandbox.ask(deed, _bytes_of(picture), words)
    if "refused" in answer:
        raise _REFUSALS[answer["refused"]](answer["words"])
    return answer, bodies


def _bytes_of(picture: Payload) -> bytes:
    with opened(picture) as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooManyBytes(f"more than {MAX_BYTES} bytes")
    return content
