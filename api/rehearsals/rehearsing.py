"""A rehearsal: what would past reports have come to, had they been scored by this draft?

Each past inspection brings its stored answers and what the store saw as its score then. The answers
are read as answers to the draft (mapping.py), judged and scored as if they came in today, and set
beside the stored score. Nothing is written, and no report changes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.inspections.bulk import Replay
from api.inspections.conditions import is_bounded
from api.rehearsals.mapping import Reader, items_of
from api.rehearsals.tally import Tally, unmapped
from api.rehearsals.types import Past, Standing

Content = Mapping[str, Any]


def wants_context(draft: Content) -> bool:
    """True when the store decides what is asked."""
    return any(is_bounded(thing) for thing in _things(draft))


def wants_rounds(draft: Content) -> bool:
    """True when some sections are walked in rounds."""
    return any(thing.get("repeat") is not None for thing in _things(draft))


def _things(draft: Content) -> Iterator[Mapping[str, Any]]:
    for section in draft["sections"]:
        yield section
        yield from section["items"]


class Rehearsal:
    """Takes past inspections one by one and says at the end what the draft would change."""

    def __init__(self, draft: Content, versions: Mapping[int, Content]) -> None:
        self._draft = draft
        self._versions = versions
        self._readers = {number: Reader(draft, content) for number, content in versions.items()}
        self._replay = Replay(draft)
        self._tally = Tally()
        self._asked: Counter[int] = Counter()

    def add(
        self,
        past: Past,
        given: str,
        context: Mapping[str, Any] | None = None,
        rounds: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """One inspection more; `given` holds its answers as mapping.py wants them."""
        answers = self._readers[past.version].read(given)
        outcome = self._replay.outcome(answers, past.on_date, context, rounds)
        self._tally.add(past.store_id, past.standing, Standing(*outcome))
        self._asked[past.version] += 1

    def shown(self) -> dict[str, Any]:
        """The result; its stores have no names yet."""
        bands = [name for name, _ in self._draft["scoring"]["bands"]]
        new: Counter[str] = Counter()
        losses: Counter[tuple[str, str]] = Counter()
        for number, reader in self._readers.items():
            new.update(dict.fromkeys(reader.new, self._asked[number]))
            losses.update(reader.losses)
        lost = unmapped(new, losses, self._texts())
        return {**self._tally.shown(bands), "stores": self._tally.most_changed(), "unmapped": lost}

    def _texts(self) -> dict[str, Mapping[str, str]]:
        """The words of every item: those of the draft, else of the newest version that had it."""
        contents = [self._versions[number] for number in sorted(self._versions)] + [self._draft]
        return {key: item["text"] for content in contents for key, item in items_of(content).items()}
