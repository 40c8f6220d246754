"""What is known about a picture, what is accepted, and the names of the refusals.

Accepted are single JPEG, PNG and WebP pictures of at most 12 MB, 50 megapixels and 12,000 pixels a
side that really decode. Everything else is refused by name, so that the phone can say what is wrong.
"""

from dataclasses import dataclass
from typing import Literal

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 12_000

CONTENT_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@dataclass(frozen=True)
class Fingerprint:
    """What a picture looks like, 64 bits each from 0; of the whole picture and of its core (fingerprint.py)."""

    dhash: int
    phash: int
    core_dhash: int
    core_phash: int


@dataclass(frozen=True)
class PictureFacts:
    """Facts read from the bytes. EXIF is a claim of the sender's device, not a proof.

    `width` and `height` are those seen upright; `orientation` is the EXIF one, 1 to 8. `taken_at`
    is the device's own clock without a zone, YYYY-MM-DDTHH:MM:SS. The position is in degrees WGS-84.
    `looks` is None for a picture in which there is nothing to see.
    """

    format: Literal["JPEG", "PNG", "WEBP"]
    content_type: str
    width: int
    height: int
    orientation: int
    taken_at: str | None
    latitude: float | None
    longitude: float | None
    looks: Fingerprint | None


class PictureRefused(Exception):
    """This will never be accepted, however often it is sent."""


class NotAPicture(PictureRefused):
    """Not one JPEG, PNG or WebP picture; `detected` says what it is, such as heic, gif or text."""

    def __init__(self, detected: str) -> None:
        super().__init__(f"not an accepted picture: {detected}")
        self.detected = detected


class TooManyBytes(PictureRefused):
    """The file is larger than MAX_BYTES."""


class TooManyPixels(PictureRefused):
    """More than MAX_PIXELS, a side over MAX_SIDE, or more memory than a picture may need."""


class DamagedPicture(PictureRefused):
    """It begins like a picture but does not decode to its end."""
