"""Fingerprints of what a picture shows, for finding it again after it was made smaller, paler or cut.

`dhash` tells of each place whether it gets lighter to the right; `phash` tells which slow waves the picture
is made of. Both have 64 bits; the fewer bits two pictures differ in, the more alike they look. Both are
taken twice, of the whole picture and of its core without a rim of 4 %, because cutting the rim off is the
easiest way to make an old photo look new. A picture in which there is next to nothing to see (a finger on
the lens, a blank wall) has no fingerprint: all of those are alike.
"""

import math
from collections.abc import Iterable

from PIL import Image

from storage.pictures import Fingerprint

SIDE = 32
WAVES = 8
RIM = 0.04
FLATTEST = 3.0  # a smaller spread of brightness (standard deviation, of 255) shows nothing

_COSINES = [
    [math.cos(math.pi * (2 * place + 1) * wave / (2 * SIDE)) for place in range(SIDE)]
    for wave in range(WAVES)
]


def fingerprint(grey: Image.Image) -> Fingerprint | None:
    """The fingerprint of an upright picture in mode "L"; None when there is nothing to see in it."""
    core = _core(grey)
    shades, core_shades = _shades(grey), _shades(core)
    if min(_spread(shades), _spread(core_shades)) < FLATTEST:
        return None
    return Fingerprint(_dhash(grey), _phash(shades), _dhash(core), _phash(core_shades))


def _core(grey: Image.Image) -> Image.Image:
    width, height = grey.size
    right, bottom = round(width * (1 - RIM)), round(height * (1 - RIM))
    return grey.crop((round(width * RIM), round(height * RIM), max(1, right), max(1, bottom)))


def _shades(grey: Image.Image) -> bytes:
    return grey.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()


def _spread(shades: bytes) -> float:
    mean = sum(shades) / len(shades)
    return math.sqrt(sum((shade - mean) ** 2 for shade in shades) / len(shades))


def _dhash(grey: Image.Image) -> int:
    shades = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    return _bits(
        shades[9 * row + column] < shades[9 * row + column + 1] for row in range(8) for column in range(8)
    )


def _phash(shades: bytes) -> int:
    """The discrete cosine transform's 8 × 8 slowest waves, each above or not above their median."""
    rows = [shades[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    across = [[_product(row, wave) for row in rows] for wave in _COSINES]
    waves = [_product(column, wave) for wave in _COSINES for column in across]
    middle = sorted(waves[1:])[(len(waves) - 1) // 2]  # the first is the mean brightness
    return _bits(wave > middle for wave in waves)


def _product(numbers: Iterable[float], wave: Iterable[float]) -> float:
    return sum(number * weight for number, weight in zip(numbers, wave, strict=True))


def _bits(said: Iterable[bool]) -> int:
    number = 0
    for bit in said:
        number = number << 1 | bit
    return number
