"""The kind of a report that nothing was planned for."""

import pytest

from api.inspections.unplanned import kind_of


@pytest.mark.parametrize(
    ("planned", "said", "own", "kind"),
    [
        ("recheck", None, False, "recheck"),
        ("recheck", "special", False, "recheck"),
        ("special", None, True, "special"),
        (None, None, False, "routine"),
        (None, "unannounced", False, "unannounced"),
        (None, None, True, "self"),
        (None, "routine", True, "self"),
    ],
)
def test_the_visit_says_it_else_who_stands_there(
    planned: str | None, said: str | None, own: bool, kind: str
) -> None:
    assert kind_of(planned, said, by_own_people=own) == kind
