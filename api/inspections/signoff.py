"""The store's word on a report.

Before the inspector leaves, the store manager sees the result and signs it, signs it with an objection (which
needs words), or refuses (with the reason); when nobody is there to sign, that is said with its reason too.
A signature is a photo of the report. Later the store may still answer, once, on its own phone; nobody signs
their own report. A sign-off never changes the score.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SIGNED, OBJECTION, REFUSED, ABSENT = "signed", "objection", "refused", "absent"
OUTCOMES = (SIGNED, OBJECTION, REFUSED, ABSENT)
LATER = (SIGNED, OBJECTION)
NEEDS_WORDS = frozenset({OBJECTION, REFUSED, ABSENT})
NEEDS_HAND = frozenset({SIGNED, OBJECTION})
SLOT = "sign_off"
_DEED = "sign_off"


def faults(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with a sign-off on the inspector's phone, by field."""
    outcome, found = given["outcome"], {}
    if outcome in NEEDS_HAND:
        if not given["name"].strip():
            found["name"] = ["Say who signed."]
        if given["photo"] is None:
            found["photo"] = ["The signature is missing."]
    elif given["photo"] is not None:
        found["photo"] = ["Nobody signed."]
    if outcome in NEEDS_WORDS and not given["note"].strip():
        found["note"] = ["Say in a few words why."]
    return found


def photos_in(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The signature as evidence: (item key, slot, the phone's description)."""
    given = document.get("sign_off")
    if given and given.get("photo"):
        yield "", SLOT, given["photo"]


def of_document(text: str) -> Any:
    """The sign-off in a stored document; None when there is none."""
    return json.loads(text).get("sign_off")


def recorded(outcome: str) -> str:
    """The name under which a later sign-off stands in the history."""
    return f"{_DEED}_{outcome}"


def read(action: str) -> tuple[str, str | None]:
    """The deed and, of a sign-off, its outcome, from the name in the history."""
    deed, _, outcome = action.rpartition("_")
    return (deed, outcome) if deed == _DEED else (action, None)


def is_answered(actions: Sequence[str]) -> bool:
    """Whether the store has answered already."""
    return any(read(action)[0] == _DEED for action in actions)
