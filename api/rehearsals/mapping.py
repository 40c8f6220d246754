"""Reading answers that were given to an older version as answers to a draft.

An item is the same item when its key and its kind are the same. An answer that the draft cannot read is
left out, so that its item counts as unanswered and leaves both sums; the inspections with such answers
are counted by item and reason: the item is gone, its kind has changed, or the value means nothing any
more (a grade that was removed). What was not applicable or could not be checked stays so. Where an item
is repeated in the draft alone, the old answer is the one of its first round, and the other way round.
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from api.inspections.judgement import SET_ASIDE, UNANSWERED, judge

END, STEP = "\x1e", "\x1f"  # between answers, and between key, result and value; JSON never holds them
PICTURES = ("photo", "signature")
_ANY_DAY = date(2000, 1, 1)  # whether a value can be read does not depend on the day
_REMEMBERED = 20_000
Answer = Mapping[str, Any]
Loss = tuple[str, str]


def items_of(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The items by key."""
    return {item["key"]: item for section in content["sections"] for item in section["items"]}


def repeated_in(content: Mapping[str, Any]) -> set[str]:
    """The keys of the items that are walked in rounds."""
    return {
        item["key"] for section in content["sections"] if section.get("repeat") for item in section["items"]
    }


class Reader:
    """Reads the answers to one version; remembers what it has read, because answers are much alike."""

    def __init__(self, draft: Mapping[str, Any], version: Mapping[str, Any]) -> None:
        self._draft = items_of(draft)
        self._repeated = repeated_in(draft)
        self._version = items_of(version)
        self._known: dict[str, tuple[Answer | None, Loss | None]] = {}
        self.new = frozenset(self._draft) - frozenset(self._version)
        self.losses: Counter[Loss] = Counter()

    def read(self, given: str) -> list[Answer]:
        """The answers that the draft understands; `given` holds all answers of one inspection."""
        found: list[Answer] = []
        lost: list[Loss] = []
        known = self._known
        for piece in given.split(END) if given else ():
            pair = known.get(piece)
            if pair is None:
                pair = self._remember(piece)
            answer, loss = pair
            if answer is not None:
                found.append(answer)
            if loss is not None:
                lost.append(loss)
        self.losses.update(set(lost))
        return found

    def _remember(self, piece: str) -> tuple[Answer | None, Loss | None]:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        key, result, value = piece.split(STEP)
        pair = self._known[piece] = self._mapped(key, result, value)
        return pair

    def _mapped(self, given_key: str, result: str, value: str) -> tuple[Answer | None, Loss | None]:
        if result == UNANSWERED.result:
            return None, None
        base, _, round_ = given_key.partition("#")
        item = self._draft.get(base)
        if item is None:
            return None, (base, "gone")
        key = self._key_in_draft(base, round_)
        if key is None:
            return None, (base, "gone")
        if result in SET_ASIDE:
            return {"item_key": key, "result": result, "value": None, "photos": []}, None
        if item["kind"] != self._version[base]["kind"]:
            return None, (base, "kind_changed")
        answer = _answer(item, key, result, value)
        readable = judge(item, answer, _ANY_DAY) != UNANSWERED
        return (answer, None) if readable else (None, (base, "value_lost"))

    def _key_in_draft(self, base: str, round_: str) -> str | None:
        if base in self._repeated:
            return f"{base}#{round_ or 1}"
        return base if round_ in ("", "1") else None


def _answer(item: Mapping[str, Any], key: str, result: str, value: str) -> Answer:
    return {
        "item_key": key,
        "result": result if result in ("pass", "fail") else None,
        "value": json.loads(value) if value else None,
        "photos": [{}] if item["kind"] in PICTURES and result == "pass" else [],
    }
