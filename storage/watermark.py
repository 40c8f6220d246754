"""Writes on a copy of a photo when and where it was taken, and by whom; the original stays as it was sent.

The words stand in a dark band at the foot of the picture, small enough to hide little and large enough to be
read on a phone. The font (fonts/OFL.txt) knows Latin letters and the Chinese characters of GB 2312; rarer
ones show as a box.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent / "fonts" / "NotoSansCJKsc-GB2312.otf"
QUALITY = 80
SMALLEST = 11
SHARE = 42  # letters are this fraction of the longer side
_BAND = (0, 0, 0, 140)
_INK = (255, 255, 255, 255)


def marked(copy: bytes, lines: Sequence[str]) -> bytes:
    """A JPEG of the same size with the lines written on it; `copy` is one that decoding.derive made."""
    image = Image.open(BytesIO(copy), formats=("JPEG",)).convert("RGB")
    size = max(SMALLEST, max(image.size) // SHARE)
    font = ImageFont.truetype(FONT, size)
    gap = size // 2
    room = image.width - 2 * gap
    band = _band(image, [_fitted(line, font, room) for line in lines if line], font, gap)
    image.paste(band.convert("RGB"), (0, image.height - band.height), band.getchannel("A"))
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, progressive=True)
    return out.getvalue()


def _band(image: Image.Image, lines: Sequence[str], font: ImageFont.FreeTypeFont, gap: int) -> Image.Image:
    step = round(font.size * 1.35)
    height = min(image.height, step * len(lines) + gap)
    band = Image.new("RGBA", (image.width, height), _BAND)
    pen = ImageDraw.Draw(band)
    for place, line in enumerate(lines):
        pen.text((gap, gap // 2 + place * step), line, fill=_INK, font=font)
    return band


def _fitted(line: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    """The line, or as much of its beginning as there is room for, with an ellipsis."""
    if font.getlength(line) <= room:
        return line
    while line and font.getlength(line + "…") > room:
        line = line[:-1]
    return line + "…"
