import uuid

import pytest

from api.stores import codes

KEY = codes.key_of("k" * 40)
STORE = uuid.UUID("0193c000-0000-7000-8000-0000000000fe")


def test_a_code_leads_back_to_its_store() -> None:
    code = codes.code_of(STORE, KEY)
    assert len(code) == 36
    assert codes.store_of(code, KEY) == STORE
    assert codes.code_of(STORE, KEY) == code


def test_every_changed_sign_breaks_it() -> None:
    code = codes.code_of(STORE, KEY)
    for place in range(len(code)):
        other = "A" if code[place] != "A" else "B"
        assert codes.store_of(code[:place] + other + code[place + 1 :], KEY) is None


@pytest.mark.parametrize(
    "junk", ["", "x", "é" * 36, "=" * 36, "A" * 35, "A" * 37, "A" * 36, "A" * 32 + "\n" * 4]
)
def test_junk_is_no_code(junk: str) -> None:
    assert codes.store_of(junk, KEY) is None


def test_another_secret_does_not_know_it() -> None:
    assert codes.store_of(codes.code_of(STORE, KEY), codes.key_of("j" * 40)) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (None, None),
        ("", None),
        (codes.code_of(STORE, KEY), True),
        (codes.code_of(uuid.UUID(int=1), KEY), False),
    ],
)
def test_whether_the_code_of_this_store_was_shown(code: str | None, said: bool | None) -> None:
    assert codes.shown_at(code, STORE, KEY) is said
