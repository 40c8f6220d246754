"""Where things lie, and what a key tells of its bytes."""

import pytest

from storage import keys

SHA = "ab" * 32


def test_the_layout() -> None:
    assert keys.original(SHA) == f"photos/ab/{SHA}"
    assert keys.derived(SHA, "display") == f"derived/ab/{SHA}/display.jpg"
    assert keys.derived(SHA, "thumb") == f"derived/ab/{SHA}/thumb.jpg"
    for key in (keys.original(SHA), keys.derived(SHA, "thumb")):
        assert keys.check(key) == key


@pytest.mark.parametrize("sha", ["", "ab", "AB" * 32, "zz" * 32, "ab" * 33, f"../{SHA}", SHA + "\n"])
def test_only_a_hash_makes_a_key(sha: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        keys.original(sha)
    with pytest.raises(ValueError, match="not a SHA-256"):
        keys.derived(sha, "thumb")


def test_only_originals_promise_their_bytes() -> None:
    assert keys.promised_sha256(keys.original(SHA)) == SHA
    assert keys.promised_sha256(keys.derived(SHA, "thumb")) is None
    assert keys.promised_sha256("reports/2026/11.pdf") is None
