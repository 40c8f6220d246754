"""Looking into pictures with Pillow, which nothing else in the project uses.

The bytes come from strangers: only three decoders are let near them, sizes are checked before a
pixel is unpacked, and whatever Pillow throws becomes a refusal with a name. This runs in a child
process of limited memory and time (sandbox.py).
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Literal, cast

from PIL import Image, ImageCms

from storage import exif
from storage.fingerprint import fingerprint
from storage.pictures import (
    CONTENT_TYPES,
    MAX_BYTES,
    MAX_PIXELS,
    MAX_SIDE,
    DamagedPicture,
    NotAPicture,
    PictureFacts,
    PictureRefused,
    TooManyBytes,
    TooManyPixels,
)
from storage.sniffing import kind_of

DISPLAY_SIDE = 1600
THUMB_SIDE = 320
FINGERPRINT_SIDE = 256
QUALITY = 80

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("ignore")
warnings.simplefilter("error", Image.DecompressionBombWarning)

_SRGB = ImageCms.createProfile("sRGB")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def inspect(content: bytes) -> PictureFacts:
    """The facts of a picture that decodes to its end. Raises a PictureRefused otherwise."""
    with _refusals():
        kind, image = _opened(content)
        width, height = image.size
        _draft(image, FINGERPRINT_SIDE)  # reads every byte, but does not unpack every pixel
        image.load()
        orientation = exif.orientation(image.getexif())
        if orientation >= 5:
            width, height = height, width
        latitude, longitude = exif.position(image.getexif())
        return PictureFacts(
            format=cast(Literal["JPEG", "PNG", "WEBP"], kind.upper()),
            content_type=CONTENT_TYPES[kind],
            width=width,
            height=height,
            orientation=orientation,
            taken_at=exif.taken_at(image.getexif()),
            latitude=latitude,
            longitude=longitude,
            looks=fingerprint(_grey_upright(image, orientation)),
        )


def derive(content: bytes) -> dict[str, bytes]:
    """The copies that are shown, as JPEG: "display" (side ≤ 1600 px) and "thumb" (≤ 320 px).

    Upright, sRGB, transparent parts white, and nothing but pixels: no EXIF, place, profile,
    comment, or anything that was hidden behind the picture. Raises a PictureRefused.
    """
    with _refusals():
        _, image = _opened(content)
        _draft(image, DISPLAY_SIDE)
        image.load()
        turn = _TURNS.get(exif.orientation(image.getexif()))
        profile = image.info.get("icc_profile")
        image = _resizable(image)  # lets go of the decoder, which holds as much memory again
        image = _in_srgb(_on_white(_shrunk(image, DISPLAY_SIDE)), profile)
        if turn is not None:
            image = image.transpose(turn)  # last, when there is little left to turn
        return {"display": _jpeg(image), "thumb": _jpeg(_shrunk(image, THUMB_SIDE))}


def _grey_upright(image: Image.Image, orientation: int) -> Image.Image:
    small = _shrunk(_resizable(image), FINGERPRINT_SIDE)
    grey = _on_white(small).convert("L")
    turn = _TURNS.get(orientation)
    return grey if turn is None else grey.transpose(turn)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except PictureRefused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as error:
        raise TooManyPixels(str(error) or "needs too much memory") from error
    except Exception as error:  # Pillow raises nearly anything on broken files
        raise DamagedPicture(f"{type(error).__name__}: {error}") from error


def _opened(content: bytes) -> tuple[str, Image.Image]:
    if len(content) > MAX_BYTES:
        raise TooManyBytes(f"{len(content)} bytes")
    kind = kind_of(content)
    if kind not in CONTENT_TYPES:
        raise NotAPicture(kind)
    image = Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise TooManyPixels(f"{width} × {height}")
    # Phones put a second picture (depth, brightness) behind a JPEG; the first is the photo.
    if kind != "jpeg" and getattr(image, "is_animated", False):
        raise NotAPicture(f"animated-{kind}")
    return kind, image


def _draft(image: Image.Image, side: int) -> None:
    """Lets the JPEG decoder halve the picture while reading; the box must have its proportions."""
    scale = side / max(image.size)
    width, height = (max(1, round(length * scale)) for length in image.size)
    image.draft("RGB", (width, height))


def _resizable(image: Image.Image) -> Image.Image:
    """In a mode that can be resized smoothly, with its transparency if any."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    if scale >= 1:
        return image
    width, height = (max(1, round(length * scale)) for length in image.size)
    return image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours the sender saw; without its profile a phone's wide-gamut photo would look wrong."""
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # a broken profile counts as none
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
            return cast(Image.Image, converted)
    return image.convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    image.info = {}  # Pillow would carry the comment over
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, progressive=True)
    return out.getvalue()
