"""What holds for every checklist and every answer."""

import copy
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.inspections.bulk import Replay
from api.inspections.explaining import explain, what_if
from api.inspections.inforce import in_force
from api.inspections.judgement import judge
from api.inspections.scoring import Score, Scorer, score
from tests.support.checklists import DAY, KINDS, a_checklist, a_report, an_answer, answers_for
from tests.support.reckoning import reckon

Content = dict[str, Any]
Answers = list[dict[str, Any]]
seeds = st.integers(0, 10**9)
RANKS = {"fail": 0, "partial": 1, "pass": 2}


def a_case(dice: random.Random) -> tuple[Content, Answers]:
    content = a_checklist(dice, plain=True)
    return content, answers_for(dice, content)


def items_of(content: Content) -> list[dict[str, Any]]:
    return [item for section in content["sections"] for item in section["items"]]


def place(content: Content, found: Score) -> int:
    """Of the band, from the best; a report without a band comes after the last."""
    names = [name for name, _ in content["scoring"]["bands"]]
    return len(names) if found.band is None else names.index(found.band)


@given(seeds)
@settings(max_examples=300, deadline=None)
def test_scores_stay_within_bounds(seed: int) -> None:
    content, answers = a_case(random.Random(seed))
    found = score(content, answers, DAY)
    assert Decimal(0) <= found.earned <= found.max
    for number in (found.raw, found.score, *(section.rate for section in found.sections)):
        assert number is None or (0 <= number <= 100 and number == round(number, 1))
    assert (found.score is None) == (found.outcome == "not_scored") == (found.raw is None)
    assert found.trace[0]["step"] == "raw"


def shuffled(dice: random.Random, content: Content) -> Content:
    mixed = copy.deepcopy(content)
    dice.shuffle(mixed["sections"])
    for section in mixed["sections"]:
        dice.shuffle(section["items"])
    return mixed


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_the_order_of_sections_items_and_answers_does_not_matter(seed: int) -> None:
    dice = random.Random(seed)
    content, answers = a_case(dice)
    mixed = dice.sample(answers, len(answers))
    assert score(content, answers, DAY) == score(content, mixed, DAY)
    one, other = score(content, answers, DAY), score(shuffled(dice, content), mixed, DAY)
    for name in ("earned", "max", "raw", "score", "band", "outcome", "ranked", "coverage"):
        assert getattr(one, name) == getattr(other, name)
    assert sorted(one.findings) == sorted(other.findings)


def changed_by_one(dice: random.Random, content: Content, answers: Answers) -> Iterator[tuple[str, Answers]]:
    """Each item answered better than before, whatever its kind: no fewer points and no worse result."""
    by_key = {item["key"]: item for item in items_of(content)}
    for at, answer in enumerate(answers):
        item = by_key[answer["item_key"]]
        other = an_answer(dice, item)
        before, after = judge(item, answer, DAY), judge(item, other, DAY)
        if before.earned is None or after.earned is None or before == after:
            continue
        no_worse = RANKS[after.result] >= RANKS[before.result] and after.finding <= before.finding
        if no_worse and after.earned >= before.earned:
            yield item["kind"], [*answers[:at], other, *answers[at + 1 :]]


def test_answering_better_never_lowers_the_score_the_band_or_the_outcome() -> None:
    seen: set[str] = set()
    for seed in range(3000):
        dice = random.Random(seed)
        content, answers = a_case(dice)
        before = score(content, answers, DAY)
        for kind, better in changed_by_one(dice, content, answers):
            seen.add(kind)
            after = score(content, better, DAY)
            assert (before.score is None) == (after.score is None)
            if before.score is not None and after.score is not None:
                assert after.score >= before.score, (seed, kind)
                assert place(content, after) <= place(content, before), (seed, kind)
                assert after.outcome == before.outcome or after.outcome == "pass", (seed, kind)
    # Words and pictures are right as soon as there are some, so there is no better answer than another.
    assert seen == set(KINDS) - {"text", "photo", "signature"}


def doubled(content: Content, answers: Answers, key: str) -> tuple[Content, Answers]:
    """The same item asked twice, with the same answer."""
    content = copy.deepcopy(content)
    for section in content["sections"]:
        section["items"] += [{**item, "key": "again"} for item in section["items"] if item["key"] == key]
    return content, answers + [
        {**answer, "item_key": "again"} for answer in answers if answer["item_key"] == key
    ]


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_a_weight_of_two_is_the_item_asked_twice(seed: int) -> None:
    dice = random.Random(seed)
    content, answers = a_case(dice)
    item = dice.choice(items_of(content))
    item["weight"] = 1
    twice = score(*doubled(content, answers, item["key"]), DAY)
    item["weight"] = 2
    once = score(content, answers, DAY)
    for name in ("earned", "max", "raw", "ranked"):
        assert getattr(once, name) == getattr(twice, name)


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_what_is_left_open_is_as_if_it_were_not_asked(seed: int) -> None:
    dice = random.Random(seed)
    content, answers = a_case(dice)
    gone = {item["key"] for item in items_of(content) if dice.random() < 0.3}
    rest = [answer for answer in answers if answer["item_key"] not in gone]
    without = copy.deepcopy(content)
    for section in without["sections"]:
        section["items"] = [item for item in section["items"] if item["key"] not in gone]
    one, other = score(content, rest, DAY), score(without, answers, DAY)
    for name in ("earned", "max", "raw", "score", "band", "outcome", "findings", "trace"):
        assert getattr(one, name) == getattr(other, name)


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_an_explanation_adds_up(seed: int) -> None:
    content, answers = a_case(random.Random(seed))
    told = explain(content, answers, DAY)
    found, costs = told["score"], [item["cost"] for item in told["items"]]
    assert len(told["words"]) == len(found["trace"])
    assert all(text and "{" not in text for words in told["words"] for text in words.values())
    assert costs == sorted(costs, reverse=True)
    assert {*found["findings"]} <= {item["item_key"] for item in told["items"]}
    for item in told["items"]:
        closed = what_if(content, answers, DAY, [item["item_key"]])
        assert item["if_closed"] == closed
        assert item["cost"] >= 0
        if found["score"] is not None:
            assert Decimal(str(item["cost"])) == Decimal(str(closed["score"])) - Decimal(str(found["score"]))
    assert told["all_closed"] == what_if(content, answers, DAY, found["findings"])
    assert what_if(content, answers, DAY, []) == {name: found[name] for name in ("score", "band", "outcome")}


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_a_what_if_is_the_report_with_the_right_answer_in_it(seed: int) -> None:
    content, answers = a_case(random.Random(seed))
    kinds = {item["key"]: item["kind"] for item in items_of(content)}
    failed = [a for a in answers if kinds[a["item_key"]] == "pass_fail" and a["result"] == "fail"]
    for answer in failed:
        mended = [{**a, "result": "pass"} if a is answer else a for a in answers]
        then = score(content, mended, DAY).as_json()
        told = what_if(content, answers, DAY, [answer["item_key"]])
        assert told == {name: then[name] for name in told}


def reckoned_alike(found: Score, content: Content, answers: Sequence[Any]) -> bool:
    by_hand = reckon(content, answers, DAY)
    return all(getattr(found, name) == getattr(by_hand, name) for name in by_hand._fields)


def test_ten_thousand_reports_come_out_as_they_are_reckoned_by_hand() -> None:
    scored = 0
    for seed in range(10_000):
        content, context, rounds, answers = a_report(random.Random(seed))
        asked = in_force(content, context, answers, rounds, DAY)
        found = score(asked, answers, DAY)
        assert reckoned_alike(found, asked, answers), seed
        scored += found.score is not None
    assert scored > 5000


def outcome_of(found: Score) -> tuple[int | None, str | None, str]:
    return None if found.score is None else int(found.score * 10), found.band, found.outcome


def as_stored(answers: Answers) -> Answers:
    """What is left of answers in the database: no more than this may decide a score."""
    return [
        {"item_key": a["item_key"], "result": a["result"], "value": a["value"], "photos": bool(a["photos"])}
        for a in answers
    ]


@pytest.mark.parametrize("remembered", [2000, 1], ids=["remembering all", "forgetting at once"])
def test_ten_thousand_replayed_reports_are_exactly_as_scored_one_by_one(
    monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr("api.inspections.tally._REMEMBERED", remembered)
    monkeypatch.setattr("api.inspections.bulk._REMEMBERED", remembered)
    compared = 0
    for seed in range(200):
        dice = random.Random(seed)
        content, context, rounds, first = a_report(dice)
        replay = Replay(content)
        for _ in range(50):
            answers = mixed(dice, content, first)
            asked = in_force(content, context, answers, rounds, DAY)
            expected = outcome_of(score(asked, answers, DAY))
            assert replay.outcome(as_stored(answers), DAY, context, rounds) == expected
            compared += 1
    assert compared == 10_000


def mixed(dice: random.Random, content: Content, answers: Answers) -> Answers:
    """Other answers to most of the items; those of rounds have the number of their round behind their key."""
    by_key = {item["key"]: item for item in items_of(content)}
    return [
        {**an_answer(dice, by_key[answer["item_key"].partition("#")[0]]), "item_key": answer["item_key"]}
        for answer in answers
        if dice.random() < 0.9
    ]


def test_one_scorer_for_many_days_keeps_them_apart() -> None:
    item = {"key": "d", "text": {"zh": "", "en": "d"}, "kind": "date", "points": 1, "flag": "general"}
    content = {**a_checklist(random.Random(1), plain=True)}
    content["sections"] = [
        {
            "key": "s",
            "name": item["text"],
            "weight": 1,
            "floor": None,
            "items": [{**item, "pass_line": 100, "warn_days": None}],
        }
    ]
    scorer = Scorer(content)
    answers = [{"item_key": "d", "result": None, "value": DAY.isoformat()}]
    assert scorer.score(answers, DAY).findings == []
    assert scorer.score(answers, DAY.replace(day=26)).findings == ["d"]
    assert scorer.score(answers, DAY).findings == []


@pytest.mark.parametrize("value", [True, 1, 1.0, "1", [1], [True], [[1]], {"a": 1}, None])
def test_values_that_look_alike_are_not_taken_for_each_other(value: Any) -> None:
    dice = random.Random(3)
    content = a_checklist(dice, plain=True)
    scorer = Scorer(content)
    for item in items_of(content):
        for other in (1, True, "1", 1.0, [1], [True], None):
            scorer.score([{"item_key": item["key"], "result": "pass", "value": other}], DAY)
    answers = [{"item_key": item["key"], "result": "pass", "value": value} for item in items_of(content)]
    assert scorer.score(answers, DAY) == score(content, answers, DAY)
