"""Pictures from strangers: what is taken, what is refused and why, and what may be shown of them."""

import io
import os
import signal
import subprocess
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from storage import images
from storage.pictures import (
    MAX_BYTES,
    DamagedPicture,
    NotAPicture,
    PictureRefused,
    TooManyBytes,
    TooManyPixels,
)

# What each EXIF orientation says was done to the picture; undoing it makes all eight alike.
TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def scene(width: int = 800, height: int = 600) -> Image.Image:
    """A picture that looks different from every side."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 2, height // 3), fill="red")
    pen.ellipse((width // 2, height // 2, width, height), fill="blue")
    pen.line((0, height, width // 3, height // 2), fill="green", width=20)
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def with_exif(orientation: int = 1, *, place: bool = False) -> bytes:
    image = scene()
    turn = TURNED[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0132] = "2026:11:25 08:30:00"
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 37.2), 3: "E", 4: (121.0, 29.0, 16.8)})
    return encoded(
        image.transpose(turn) if turn is not None else image, exif=exif, quality=92, comment=b"secret words"
    )


def difference(a: bytes, b: bytes) -> float:
    first, second = (Image.open(io.BytesIO(x)).convert("RGB") for x in (a, b))
    assert first.size == second.size
    return max(ImageStat.Stat(ImageChops.difference(first, second)).mean)


@pytest.mark.parametrize("orientation", TURNED)
def test_the_eight_orientations_look_alike(orientation: int) -> None:
    picture = with_exif(orientation)
    facts = images.inspect(picture)
    assert (facts.width, facts.height, facts.orientation) == (800, 600, orientation)
    upright, turned = images.derive(with_exif(1)), images.derive(picture)
    for name in ("display", "thumb"):
        assert difference(upright[name], turned[name]) < 3


def test_time_and_place_are_read_and_never_shown() -> None:
    picture = with_exif(place=True)
    facts = images.inspect(picture)
    assert (facts.taken_at, facts.latitude, facts.longitude) == ("2026-11-25T08:30:00", 31.227, 121.488)
    for shown in images.derive(picture).values():
        assert not Image.open(io.BytesIO(shown)).getexif()
        assert b"secret" not in shown
        assert b"Exif" not in shown


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_formats_are_taken_and_shown_as_small_jpegs(kind: str) -> None:
    picture = encoded(scene(4000, 3000), kind)
    facts = images.inspect(picture)
    assert (facts.format, facts.width, facts.height) == (kind, 4000, 3000)
    copies = images.derive(picture)
    assert Image.open(io.BytesIO(copies["display"])).size == (1600, 1200)
    assert Image.open(io.BytesIO(copies["thumb"])).size == (320, 240)
    assert all(copy.startswith(b"\xff\xd8\xff") for copy in copies.values())


def test_what_is_transparent_is_shown_on_white() -> None:
    picture = encoded(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG")
    shown = Image.open(io.BytesIO(images.derive(picture)["display"]))
    assert shown.getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("body", "detected"),
    [
        (b"", "empty"),
        (b"words in a file named photo.jpg", "text"),
        (encoded(scene(), "GIF"), "gif"),
        (encoded(scene(), "BMP"), "bmp"),
        (encoded(scene(), "TIFF"), "tiff"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heicmiaf", "heic"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "avif"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "video"),
        (b"%PDF-1.7", "pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"<!doctype html><script>", "html"),
        (b"PK\3\4", "zip"),
        (bytes(range(128, 256)), "unknown"),
    ],
)
def test_everything_else_is_refused_by_its_name(body: bytes, detected: str) -> None:
    with pytest.raises(NotAPicture) as refusal:
        images.inspect(body)
    assert refusal.value.detected == detected


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_picture_that_ends_too_early_is_damaged(kind: str, share: float) -> None:
    body = encoded(scene(), kind)
    with pytest.raises(PictureRefused):
        images.inspect(body[: int(len(body) * share)])


def test_more_bytes_than_allowed_are_not_even_looked_at() -> None:
    with pytest.raises(TooManyBytes):
        images.inspect(encoded(scene()) + b"\0" * MAX_BYTES)


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("width", "height"), [(10_000, 10_000), (12_001, 10), (100_000, 100_000), (7100, 7100)]
)
def test_too_many_pixels_are_refused_before_they_are_unpacked(width: int, height: int) -> None:
    with pytest.raises(TooManyPixels):
        images.inspect(bomb(width, height))


def test_an_animation_is_no_photo() -> None:
    frames = [scene(60, 40), Image.new("RGB", (60, 40), "black")]
    body = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(NotAPicture, match="animated"):
        images.inspect(body)


def test_a_decoder_that_dies_takes_nobody_with_it() -> None:
    images.inspect(encoded(scene()))
    children = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "sandbox_child"], capture_output=True, text=True, check=True
    )
    for pid in children.stdout.split():
        os.kill(int(pid), signal.SIGKILL)
    time.sleep(0.3)
    assert images.inspect(encoded(scene())).width == 800


def test_many_at_once_all_get_their_own_answer() -> None:
    pictures = {size: encoded(scene(size, size)) for size in range(100, 300, 10)}
    with ThreadPoolExecutor(10) as pool:
        widths = dict(
            zip(pictures, (f.width for f in pool.map(images.inspect, pictures.values())), strict=True)
        )
    assert widths == {size: size for size in pictures}


def test_after_a_damaged_picture_the_next_one_is_served() -> None:
    with pytest.raises(DamagedPicture):
        images.derive(encoded(scene())[:-2000])
    assert set(images.derive(encoded(scene()))) == {"display", "thumb"}
