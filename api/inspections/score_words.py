"""The trace of a score, and what each item cost, in words that a store can read.

A trace has one sentence for each step, in its order. What an item cost is one sentence: what went wrong,
the points lost, and what putting this one item right would do.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api.inspections.kinds import exact
from api.inspections.words import Words, figure, fill, joined, listed, named

Step = Mapping[str, Any]
Content = Mapping[str, Any]


def trace_words(content: Content, score: Mapping[str, Any]) -> list[dict[str, str]]:
    """One sentence for each step of a score's trace; the score as `Score.as_json` gives it.

    The checklist may be what was in force or the whole version: names of rounds are found in both.
    """
    spoken = []
    value: Any = None
    for step in score["trace"]:
        spoken.append(_STEPS[step["step"]](content, step, value))
        value = step.get("value", value)
    if score["score"] is not None and not score["ranked"]:
        at = next(place for place, step in enumerate(score["trace"]) if step["step"] == "band")
        spoken[at] = joined([spoken[at], fill("band.not_ranked")])
    return spoken


def _items(content: Content, step: Step) -> Words:
    texts = {item["key"]: item["text"] for section in content["sections"] for item in section["items"]}
    return listed([named(key, texts.get(key) or texts.get(_bare(key))) for key in step["items"]])


def _bare(key: str) -> str:
    """The key without the number of its round."""
    return key.partition("#")[0]


def _raw(_: Content, step: Step, __: Any) -> dict[str, str]:
    if step["value"] is None:
        return fill("raw.none")
    lost = exact(step["max"]) - exact(step["earned"])
    facts = {name: figure(step[name]) for name in ("earned", "max", "value")}
    return fill(f"raw.{step['mode']}", facts | {"lost": figure(lost)})


def _bonus(_: Content, step: Step, __: Any) -> dict[str, str]:
    facts = {name: figure(step[name]) for name in ("earned", "added", "value")}
    return fill("bonus.all" if step["earned"] == step["added"] else "bonus.capped", facts)


def _redline(content: Content, step: Step, before: Any) -> dict[str, str]:
    how = step["policy"]
    if how == "cap" and step["value"] == before:
        how = "below"
    facts = {"cap": figure(content["scoring"]["redline_cap"]), "value": figure(step["value"])}
    return fill(f"redline.{how}", {**facts, "items": _items(content, step)})


def _key(content: Content, step: Step, _: Any) -> dict[str, str]:
    facts = {"n": str(len(step["items"])), "cap": str(step.get("cap"))}
    return fill(f"key.{step['effect']}", {**facts, "items": _items(content, step)})


def _floor(content: Content, step: Step, _: Any) -> dict[str, str]:
    names = {section["key"]: section["name"] for section in content["sections"]}
    name = names.get(step["section"]) or names.get(_bare(step["section"]))
    how = "band" if "cap" in step else "cap"
    cap = step["cap"] if how == "band" else figure(content["scoring"].get("floor_cap", 79))
    # The rate is shown to a tenth; one that is under the floor by less must not look as if it were not.
    just = "_just" if step["rate"] >= step["floor"] else ""
    facts = {"rate": figure(step["rate"]), "floor": figure(step["floor"]), "cap": cap}
    return fill(f"section_floor.{how}{just}", {**facts, "section": named(step["section"], name)})


def _band(content: Content, step: Step, _: Any) -> dict[str, str]:
    rules = content["scoring"]
    own = next(
        (name for name, least in rules["bands"] if exact(step["score"]) >= exact(least)),
        rules["bands"][-1][0],
    )
    how = "unrated" if step["band"] is None else "own" if step["band"] == own else "held"
    facts = {"score": figure(step["score"]), "band": str(step["band"]), "own": own}
    line, outcome = figure(rules["pass_line"]), fill(f"outcome.{step['outcome']}")
    return fill(f"band.{how}", {**facts, "line": line, "outcome": outcome})


def _repeat(content: Content, step: Step, _: Any) -> dict[str, str]:
    return fill("repeat", {"items": _items(content, step)})


_STEPS: Mapping[str, Callable[[Content, Step, Any], dict[str, str]]] = {
    "raw": _raw,
    "bonus": _bonus,
    "redline": _redline,
    "key": _key,
    "section_floor": _floor,
    "band": _band,
    "repeat": _repeat,
}


def item_words(
    item: Mapping[str, Any], result: str, facts: Mapping[str, Any], effect: str, then: Sequence[str]
) -> dict[str, str]:
    """What an item cost; `facts` are lost, max, cost, score and band, `then` what else would follow."""
    told = {name: value if name == "band" else figure(value) for name, value in facts.items()}
    return joined(
        [
            fill(f"item.{item['flag']}.{result}", {"item": named(item["key"], item["text"])}),
            fill("lost.some" if facts["lost"] else "lost.none", told),
            fill(f"effect.{effect}", told),
            *(fill(f"then.{what}", told) for what in then),
            fill("end"),
        ]
    )
