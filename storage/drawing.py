"""Draws the small pictures of the demo data: a shelf, a cold cabinet, a floor, a signature.

They are drawings, plainly not photographs, so that nobody takes demo evidence for real.
"""

import random
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw

Scene = Literal["shelf", "cabinet", "floor", "signature"]
WIDTH, HEIGHT = 960, 720
_GOODS = ["#c0564b", "#d99a3d", "#5b8f6b", "#4f78a8", "#8c6aa1", "#b9b04a"]


def draw(scene: Scene, *, tidy: bool, seed: int, width: int = WIDTH) -> bytes:
    """A JPEG of the proportions 4 to 3; the same arguments give the same picture.

    Like a photo by hand it is never taken twice from the same place; only a signature lies flat.
    """
    dice = random.Random(f"{scene}-{tidy}-{seed}")
    image = Image.new("RGB", (WIDTH, HEIGHT), "#e9e6df")
    pen = ImageDraw.Draw(image)
    {"shelf": _shelf, "cabinet": _cabinet, "floor": _floor, "signature": _signature}[scene](pen, dice, tidy)
    if scene != "signature":
        image = _by_hand(image, dice)
    out = BytesIO()
    image.resize((width, width * HEIGHT // WIDTH)).save(out, "JPEG", quality=82)
    return out.getvalue()


def _by_hand(image: Image.Image, dice: random.Random) -> Image.Image:
    """A part of the picture, seen from a little to the side, in another light."""
    turned = image.rotate(dice.uniform(-14, 14), Image.Resampling.BILINEAR, fillcolor="#cfcabf")
    share = dice.uniform(0.55, 0.85)
    width, height = round(WIDTH * share), round(HEIGHT * share)
    left, top = dice.randint(0, WIDTH - width), dice.randint(0, HEIGHT - height)
    light = dice.uniform(0.7, 1.1)
    return turned.crop((left, top, left + width, top + height)).point(
        lambda shade: min(255, round(shade * light))
    )


def _shelf(pen: ImageDraw.ImageDraw, dice: random.Random, tidy: bool) -> None:
    for row in range(3):
        board = 220 + row * 220
        x = 40
        while x < WIDTH - 100:
            width = dice.randint(46, 78)
            height = dice.randint(110, 165)
            missing = not tidy and dice.random() < 0.35
            lean = 0 if tidy else dice.randint(-14, 14)
            if not missing:
                corners = [
                    (x, board),
                    (x + lean, board - height),
                    (x + width + lean, board - height),
                    (x + width, board),
                ]
                pen.polygon(corners, fill=dice.choice(_GOODS), outline="#3b3b3b")
                pen.rectangle(
                    (x + 8 + lean, board - height + 30, x + width - 8 + lean, board - height + 58),
                    fill="#f6f3ea",
                )
            x += width + 8
        pen.rectangle((20, board, WIDTH - 20, board + 16), fill="#8a7d68")
        for tag in range(40, WIDTH - 80, 90):
            pen.rectangle((tag, board + 2, tag + 44, board + 14), fill="#fffbe8")


def _cabinet(pen: ImageDraw.ImageDraw, dice: random.Random, tidy: bool) -> None:
    pen.rectangle((160, 60, 800, 680), fill="#cfd8dc", outline="#455a64", width=10)
    pen.rectangle((200, 150, 760, 640), fill="#eaf4f8", outline="#607d8b", width=6)
    for row in range(3):
        board = 300 + row * 150
        pen.line((205, board, 755, board), fill="#90a4ae", width=8)
        for place in range(230, 720, 62):
            if tidy or dice.random() > 0.3:
                pen.rounded_rectangle(
                    (place, board - 96, place + 44, board - 5), 12, fill=dice.choice(_GOODS)
                )
    pen.rectangle((380, 78, 580, 132), fill="#102027")
    degrees = dice.uniform(2.4, 5.6) if tidy else dice.uniform(9.2, 13.8)
    pen.text((420, 82), f"{degrees:.1f} °C", fill="#7bed9f" if tidy else "#ff6b6b", font_size=40)


def _floor(pen: ImageDraw.ImageDraw, dice: random.Random, tidy: bool) -> None:
    for x in range(0, WIDTH, 120):
        for y in range(0, HEIGHT, 120):
            shade = dice.choice(["#d7d2c8", "#dedad1", "#d2ccc0"])
            pen.rectangle((x, y, x + 118, y + 118), fill=shade)
    if not tidy:
        for _ in range(26):
            x, y, size = dice.randint(40, 900), dice.randint(40, 660), dice.randint(8, 60)
            pen.ellipse((x, y, x + size, y + size * 0.6), fill=dice.choice(["#8d7b66", "#a39178", "#6f6251"]))


def _signature(pen: ImageDraw.ImageDraw, dice: random.Random, _tidy: bool) -> None:
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill="#ffffff")
    points = [(120, 400)]
    while points[-1][0] < 820:
        x, _ = points[-1]
        points.append((x + dice.randint(12, 40), 380 + dice.randint(-110, 110)))
    pen.line(points, fill="#1a2b4c", width=7, joint="curve")
