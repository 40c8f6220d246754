"""Small copies that travel before their photos, while a phone saves mobile data.

Whoever listed a photo may send a small copy of it ahead. It shows reviewers what is on its way and proves
nothing: it is never counted as received, is shown under its own name only, and once the photo itself has come the
copy that was made of that is shown in its place. The first one stays.
"""

from typing import BinaryIO

from api.photos.services import pictured
from storage import keys
from storage.blobs import BlobConflict, Blobs

MAX_BYTES = 100_000


def keep(blobs: Blobs, sha256: str, body: bytes) -> bool:
    """Keeps the pixels of a small copy, and nothing else of it; whether it is the first.

    Raises NotAPicture, TooManyPixels, TooLarge; and StorageUnavailable when sending again may help.
    """
    key = keys.preview(sha256)
    if blobs.exists(key):
        return False
    _, copies = pictured(body)
    try:
        blobs.put(key, copies["thumb"], "image/jpeg")
    except BlobConflict:
        return False
    return True


def opened(blobs: Blobs, sha256: str, *, arrived: bool) -> BinaryIO:
    """What there is to show of a photo: its own small copy, else the one sent ahead. Raises BlobMissing."""
    return blobs.open(keys.derived(sha256, "thumb") if arrived else keys.preview(sha256))
