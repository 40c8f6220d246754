"""A photo that is handed in again is noticed, and different photos are not taken for one.

The figures of a run are printed (`pytest -s`); docs/benchmarks.md has them, with real photos beside.
"""

import random
from io import BytesIO
from itertools import combinations

from PIL import Image

from api.core.bits import signed
from api.photos.twins import STRONG_BITS, WEAK_BITS, Looks, bits_between
from storage import decoding
from tests.support.varied_pictures import WAYS, varied

PICTURES = 210
PAIRS = 1_000
FOUND_AT_LEAST = 0.95
TAKEN_FOR_ONE_AT_MOST = 0.01


def looks(body: bytes) -> Looks | None:
    found = decoding.inspect(body).looks
    if found is None:
        return None
    return Looks(*(signed(n) for n in (found.dhash, found.phash, found.core_dhash, found.core_phash)))


def test_used_again_is_found_and_different_is_not_taken_for_one() -> None:
    bodies = [body for _, body in varied(PICTURES)]
    known = [looks(body) for body in bodies]
    rates = {}
    for way, redo in WAYS.items():
        again = (looks(redo(Image.open(BytesIO(body)))) for body in bodies)
        bits = [apart(new, old) for new, old in zip(again, known, strict=True)]
        rates[way] = (share(bits, WEAK_BITS), share(bits, STRONG_BITS))
    pairs = random.Random(7).sample(list(combinations(range(PICTURES), 2)), PAIRS)
    others = [apart(known[one], known[other]) for one, other in pairs]
    wrong = (share(others, WEAK_BITS), share(others, STRONG_BITS))
    print(f"{sum(one is None for one in known)} of {PICTURES} pictures have nothing to see in them")
    for way, (weak, strong) in rates.items():
        print(f"{way:<28}{weak:>8.1%} found{strong:>8.1%} strongly")
    print(f"{'different pictures':<28}{wrong[0]:>8.1%} taken for one{wrong[1]:>8.1%} strongly")
    assert min(weak for weak, _ in rates.values()) >= FOUND_AT_LEAST, rates
    assert wrong[0] <= TAKEN_FOR_ONE_AT_MOST, wrong
    assert wrong[1] == 0, wrong


def apart(one: Looks | None, other: Looks | None) -> int:
    """In how many bits; a picture in which there is nothing to see is never found again."""
    return 128 if one is None or other is None else bits_between(one, other)


def share(bits: list[int], line: int) -> float:
    return sum(one <= line for one in bits) / len(bits)
