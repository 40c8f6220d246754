import re
from typing import Any

import pytest

from api.core.config import ROOT
from api.inspections.score_words import trace_words
from api.inspections.words import _templates, figure, fill, listed, named
from tests.unit.vectors import table

FACT = re.compile(r"\{([a-z_]+)\}")


@pytest.mark.parametrize("key", _templates())
def test_both_languages_say_the_same_of_the_same_facts(key: str) -> None:
    words = _templates()[key]
    assert set(words) == {"zh", "en"}
    own = {"names.more": {"n", "more"}}
    facts = [set(FACT.findall(words[language])) - own.get(key, set()) for language in ("zh", "en")]
    assert facts[0] == facts[1]


def test_every_template_is_spoken_by_server_and_phone() -> None:
    said = "".join(
        (ROOT / path).read_text(encoding="utf-8")
        for path in (
            "api/inspections/score_words.py",
            "api/inspections/words.py",
            "api/inspections/explaining.py",
        )
    )
    told = "".join(
        (ROOT / "pwa/src/domain" / f"{name}.ts").read_text(encoding="utf-8")
        for name in ("scoreWords", "words", "explaining")
    )
    for key in _templates():
        first = key.split(".", maxsplit=1)[0]
        assert f'"{first}' in said or f'f"{first}' in said, key
        assert f"'{first}" in told or f"`{first}" in told, key


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (100, "100"),
        (89.95, "89.95"),
        (2.0, "2"),
        (0.1, "0.1"),
        (1.0005, "1.001"),
        (1.00049, "1"),
        (0.0004, "0"),
        (1000000, "1000000"),
        (1e-7, "0"),
        (100.5, "100.5"),
        (None, "–"),
    ],
)
def test_numbers_are_written_as_one_writes_them(number: Any, text: str) -> None:
    assert figure(number) == text


def test_names() -> None:
    assert named("k", {"zh": "洗手", "en": "Hand washing"}) == {"zh": "“洗手”", "en": "“Hand washing”"}
    assert named("k#3", {"zh": "温度", "en": ""}) == {"zh": "“温度 #3”", "en": "“温度 #3”"}
    assert named("k#3", None) == {"zh": "“k #3”", "en": "“k #3”"}
    five = listed([named(str(n), None) for n in range(5)])
    assert five["en"] == "“0”, “1”, “2”, “3”, “4”"
    assert listed([named(str(n), None) for n in range(6)])["zh"] == "“0”、“1”、“2”、“3”、“4”等 6 项"


def test_a_fact_is_never_taken_for_a_template() -> None:
    assert fill("name", {"name": "{name} \\1 $&"})["zh"] == "“{name} \\1 $&”"


def test_a_trace_is_told_over_the_whole_version_too() -> None:
    case = next(case for case in table("explaining") if case["name"] == "rounds are told apart")
    section = case["content"]["sections"][0]
    item = {**section["items"][0], "key": "t"}
    whole = {**case["content"], "sections": [{**section, "key": "f", "items": [item]}]}
    trace = [
        {"step": "key", "items": ["t#2"], "effect": "cap", "cap": "B"},
        {"step": "section_floor", "section": "f#2", "rate": 0, "floor": 50, "cap": "B"},
    ]
    words = trace_words(whole, {"trace": trace, "score": None, "ranked": False})
    assert [one["zh"] for one in words] == [
        "关键项不合格，等级最高为 B：“温度 #2”。",
        "“冷柜 #2”得分率 0%，低于底线 50%，等级最高为 B。",
    ]
