"""One replay for stores of every kind: each is scored by what applies to it."""

import random

import pytest

from api.inspections.bulk import Replay
from api.inspections.inforce import in_force
from api.inspections.scoring import score
from tests.support.checklists import DAY, a_checklist, a_context, answers_for, rounds_for, walked


@pytest.mark.parametrize("remembered", [200, 1], ids=["remembering all", "forgetting at once"])
def test_reports_of_many_stores_are_exactly_as_scored_one_by_one(
    monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr("api.inspections.bulk._REMEMBERED", remembered)
    outcomes = set()
    for seed in range(60):
        dice = random.Random(seed)
        content = a_checklist(dice)
        replay = Replay(content)
        contexts = [a_context(dice) for _ in range(12)] + [None]
        for context in [*contexts, *contexts]:
            rounds = rounds_for(dice, content)
            answers = answers_for(dice, walked(content, rounds))
            found = score(in_force(content, context, answers, rounds, DAY), answers, DAY)
            expected = None if found.score is None else int(found.score * 10), found.band, found.outcome
            assert replay.outcome(answers, DAY, context, rounds) == expected
            outcomes.add((seed, expected))
    assert len(outcomes) > 400
