"""Phone and server say the same of ten thousand random reports: in force, gaps, score, words, what-ifs."""

import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.core.config import ROOT
from api.inspections.completeness import complete
from api.inspections.explaining import explain, what_if
from api.inspections.inforce import in_force
from api.inspections.scoring import score
from tests.support.checklists import DAY, a_report

CASES = 10_000


def a_case(seed: int) -> dict[str, Any]:
    dice = random.Random(seed)
    content, context, rounds, answers = a_report(dice)
    keys = [answer["item_key"] for answer in answers]
    return {
        "content": content,
        "context": dice.choice([context, context, None]),
        "rounds": rounds,
        "answers": answers,
        "on_date": DAY.isoformat(),
        "earlier": dice.sample(keys, len(keys) // 3),
        "closed": dice.sample(keys, len(keys) // 2),
    }


def told_by_the_phone(folder: Path) -> Iterator[Any]:
    """What the phone says of each case, as it says it; both sides work at the same time."""
    asked = folder / "asked.jsonl"
    with asked.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(a_case(seed)) + "\n" for seed in range(CASES))
    with asked.open("rb") as source, (folder / "errors").open("wb") as errors:
        phone = subprocess.Popen(
            ["node", "tests/domain/twin.mjs"],
            cwd=ROOT / "pwa",
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        with phone:
            assert phone.stdout is not None
            for line in phone.stdout:
                yield json.loads(line)
    assert phone.returncode == 0, (folder / "errors").read_text()


def test_phone_and_server_agree_on_ten_thousand_random_reports(tmp_path: Path) -> None:
    compared = scored = explained = hidden = 0
    for seed, told in enumerate(told_by_the_phone(tmp_path)):
        case = a_case(seed)
        answers, earlier = case["answers"], case["earlier"]
        content = in_force(case["content"], case["context"], answers, case["rounds"], DAY)
        mine = score(content, answers, DAY, earlier).as_json()
        explanation = explain(content, answers, DAY, earlier)
        assert told == {
            "content": content,
            "gaps": [[gap.item_key, gap.code] for gap in complete(content, answers, DAY)],
            "score": mine,
            "explanation": explanation,
            "what_if": what_if(content, answers, DAY, case["closed"]),
        }, f"case {seed}"
        assert explanation["score"] == mine
        compared += 1
        scored += mine["score"] is not None
        explained += len(explanation["items"])
        hidden += content is not case["content"]
    assert compared == CASES
    assert scored > CASES // 2
    assert explained > CASES
    assert hidden > CASES // 2
