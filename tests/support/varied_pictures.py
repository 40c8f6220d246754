"""Pictures that have nothing to do with each other, and what people do to a picture to hand it in again."""

import math
import random
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image, ImageDraw, ImageEnhance

from storage.drawing import Scene, draw

SIZE = (800, 600)
Redo = Callable[[Image.Image], bytes]


def varied(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """`count` different JPEGs with a word for what each is: drawn scenes, shapes, gradients, text, noise."""
    dice = random.Random(seed)
    makers: list[tuple[str, Callable[[random.Random], bytes]]] = [
        *((scene, _scene(scene)) for scene in ("shelf", "cabinet", "floor")),
        ("shapes", _shapes),
        ("waves", _waves),
        ("text", _text),
        ("noise", _noise),
    ]
    for number in range(count):
        kind, make = makers[number % len(makers)]
        yield kind, make(dice)


def _scene(scene: Scene) -> Callable[[random.Random], bytes]:
    return lambda dice: draw(scene, tidy=dice.random() < 0.5, seed=dice.randrange(1 << 30))


def _colour(dice: random.Random) -> tuple[int, int, int]:
    return dice.randrange(256), dice.randrange(256), dice.randrange(256)


def _shapes(dice: random.Random) -> bytes:
    image = Image.new("RGB", SIZE, _colour(dice))
    pen = ImageDraw.Draw(image)
    for _ in range(dice.randint(6, 25)):
        x, y = dice.randrange(SIZE[0]), dice.randrange(SIZE[1])
        box = (x, y, x + dice.randint(40, 400), y + dice.randint(40, 300))
        dice.choice([pen.rectangle, pen.ellipse])(box, fill=_colour(dice))
    return jpeg(image, 88)


def _waves(dice: random.Random) -> bytes:
    """Light that comes and goes slowly, as over a wall with lamps."""
    waves = [
        (dice.uniform(-6, 6), dice.uniform(-6, 6), dice.uniform(0, 6.3), dice.uniform(0.3, 1))
        for _ in "12345"
    ]
    small = Image.new("L", (64, 48))
    small.putdata(
        [
            round(128 + 50 * sum(a * math.sin(fx * x / 64 + fy * y / 48 + p) for fx, fy, p, a in waves))
            for y in range(48)
            for x in range(64)
        ]
    )
    return jpeg(small.resize(SIZE, Image.Resampling.BICUBIC).convert("RGB"), 88)


def _text(dice: random.Random) -> bytes:
    image = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(image)
    y = 20
    while y < SIZE[1] - 40:
        size = dice.choice([20, 28, 40, 70])
        words = "".join(dice.choice("abcdefgh  ijklmno ") for _ in range(dice.randint(3, 40)))
        pen.text((dice.randint(20, 300), y), words, fill=dice.choice(["black", "#7a1f1f"]), font_size=size)
        y += size + dice.randint(4, 60)
    return jpeg(image, 88)


def _noise(dice: random.Random) -> bytes:
    """Blotches, as of gravel or produce from near."""
    small = Image.frombytes("RGB", (20, 15), dice.randbytes(900))
    return jpeg(small.resize(SIZE, Image.Resampling.BICUBIC), 88)


def jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def _cut(image: Image.Image, share: float) -> bytes:
    """Cut on all sides, each by this share of the side's length."""
    width, height = image.size
    box = (width * share, height * share, width * (1 - share), height * (1 - share))
    return jpeg(image.crop(tuple(round(edge) for edge in box)), 88)  # type: ignore[arg-type]


def _other_exif(image: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[306] = "2020:01:01 00:00:00"
    out = BytesIO()
    image.save(out, "JPEG", quality="keep", exif=exif)
    return out.getvalue()


def _all_of_it(image: Image.Image) -> bytes:
    half = image.resize((image.width // 2, image.height // 2))
    paler = ImageEnhance.Brightness(half).enhance(1.15)
    width, height = paler.size
    return jpeg(paler.crop((width // 40, height // 40, width - width // 40, height - height // 40)), 50)


WAYS: dict[str, Redo] = {
    "saved again at quality 50": lambda image: jpeg(image, 50),
    "half the size": lambda image: jpeg(image.resize((image.width // 2, image.height // 2)), 88),
    "cut by 5 %": lambda image: _cut(image, 0.025),
    "cut by 5 % at each edge": lambda image: _cut(image, 0.05),
    "15 % brighter": lambda image: jpeg(ImageEnhance.Brightness(image).enhance(1.15), 88),
    "15 % darker": lambda image: jpeg(ImageEnhance.Brightness(image).enhance(0.85), 88),
    "EXIF edited": _other_exif,
    "all of it at once": _all_of_it,
}
