"""What of a report counts: the checklist in force at that visit, and the answers to it.

The phone says what it knew of the store and how often a repeated section was walked; where it says
nothing the server's own knowledge stands. Answers to items that are not asked here stay in the stored
document and count for nothing; an answer to something that the checklist never had is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.checklists.keys import base_key, round_of
from api.core.errors import FieldError, IncompleteAnswers, Validation
from api.inspections.completeness import complete
from api.inspections.inforce import in_force, same_context
from api.inspections.judgement import Judgement, judge

Answer = Mapping[str, Any]
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Counted:
    """`content` is what was in force, `context` what it was judged by; `answers` those that count."""

    content: Mapping[str, Any]
    context: Mapping[str, Any] | None
    rounds: Mapping[str, Sequence[str]]
    answers: Sequence[Answer]
    on_date: date
    store_differs: bool = False

    def judged(self) -> Iterator[tuple[Item, Answer, Judgement]]:
        """Each item that was answered, with its answer and the judgement."""
        given = {answer["item_key"]: answer for answer in self.answers}
        for section in self.content["sections"]:
            for item in section["items"]:
                answer = given.get(item["key"])
                if answer is not None:
                    yield item, answer, judge(item, answer, self.on_date)

    def title(self, item: Item) -> dict[str, str]:
        """The item's words, with the name or number of the round where it was asked several times."""
        number = round_of(item["key"])
        if number is None:
            return dict(item["text"])
        key = item["key"]
        section = next(s for s in self.content["sections"] if any(one["key"] == key for one in s["items"]))
        names = self.rounds.get(base_key(section["key"]), ())
        name = names[number - 1].strip() if number <= len(names) else ""
        return {lang: f"{words} · {name or number}" if words else "" for lang, words in item["text"].items()}


def counted(
    content: Mapping[str, Any],
    document: Mapping[str, Any],
    on_date: date,
    own: Mapping[str, Any] | None,
) -> Counted:
    """What counts of a document by a checklist; `own` is what the server knows of the store itself."""
    given = document.get("context")
    context = own if given is None else given
    rounds = document.get("rounds") or {}
    force = in_force(content, context, document["answers"], rounds, on_date)
    asked = {item["key"] for section in force["sections"] for item in section["items"]}
    return Counted(
        content=force,
        context=context,
        rounds=rounds,
        answers=[answer for answer in document["answers"] if answer["item_key"] in asked],
        on_date=on_date,
        store_differs=given is not None and own is not None and not same_context(given, own),
    )


def refuse_unknown(content: Mapping[str, Any], answers: Sequence[Answer]) -> None:
    """Raises Validation for answers to items that the checklist does not have, and for doubled ones."""
    known = {
        item["key"]: section.get("repeat") is not None
        for section in content["sections"]
        for item in section["items"]
    }
    faults = []
    seen: set[str] = set()
    for i, answer in enumerate(answers):
        key = answer["item_key"]
        base = base_key(key)
        if base not in known or (key != base and not known[base]):
            faults.append(FieldError(f"/answers/{i}/item_key", "unknown_item", f"There is no item {key}."))
        elif key in seen:
            faults.append(FieldError(f"/answers/{i}/item_key", "twice", f"Item {key} is answered twice."))
        seen.add(key)
    if faults:
        raise Validation(errors=faults)


def refuse_gaps(report: Counted) -> None:
    """Raises IncompleteAnswers naming each item that something is missing at."""
    gaps = complete(report.content, report.answers, report.on_date)
    if gaps:
        raise IncompleteAnswers(
            errors=[FieldError(f"/answers/{gap.item_key}", gap.code, _GAPS[gap.code]) for gap in gaps]
        )


_GAPS = {
    "unanswered": "This item has no answer.",
    "na_not_allowed": "Not applicable is not allowed here.",
    "reason_required": "A reason is needed.",
    "note_required": "A few words are needed.",
    "photo_required": "A photo is needed.",
    "fix_photo_required": "A photo of the mended state is needed.",
    "value_invalid": "The value does not fit the item.",
    "too_many_photos": "There are too many photos.",
}
