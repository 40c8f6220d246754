from io import BytesIO

import pytest
from PIL import Image, ImageFont

from storage import images
from storage.drawing import draw
from storage.watermark import FONT, _fitted


@pytest.mark.parametrize("size", [(1600, 1200), (1200, 1600), (320, 240), (40, 30)])
def test_words_fit_on_every_size(size: tuple[int, int]) -> None:
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, "JPEG")
    marked = Image.open(BytesIO(images.mark(out.getvalue(), ["2026-11-25 09:05:12", "浦东世纪大道店" * 20])))
    assert marked.size == size
    assert marked.convert("L").getpixel((size[0] // 2, size[1] - 1)) < 200  # type: ignore[operator]


def test_nothing_but_pixels_is_in_the_copy() -> None:
    marked = Image.open(BytesIO(images.mark(draw("shelf", tidy=True, seed=1), ["words"])))
    assert not marked.getexif()
    assert "comment" not in marked.info


def test_long_lines_are_cut_with_an_ellipsis() -> None:
    font = ImageFont.truetype(FONT, 20)
    assert _fitted("short", font, 500) == "short"
    cut = _fitted("世纪大道" * 30, font, 200)
    assert cut.startswith("世纪大道") and cut.endswith("…")
    assert font.getlength(cut) <= 200


def test_the_font_knows_chinese() -> None:
    font = ImageFont.truetype(FONT, 20)
    shapes = {bytes(font.getmask(letter)) for letter in "浦东店王晓敏鑫淼A1±·"}
    assert len(shapes) == 12
    box = bytes(font.getmask("\U0001f600"))
    assert box not in shapes
