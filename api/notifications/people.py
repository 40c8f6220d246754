"""What people chose, put together with what the company and the product come with."""

import uuid
from collections.abc import Collection

from api.notifications import queries
from api.notifications.choices import Choices, chosen
from api.notifications.quiet import Hours

ZONE = "Asia/Shanghai"
QUIET: Hours = ("22:00", "08:00")


def company_quiet() -> Hours | None:
    """The company's quiet hours; None when it has none."""
    settled = queries.company_values(("quiet_from", "quiet_to"))
    begins, ends = str(settled.get("quiet_from", QUIET[0])), str(settled.get("quiet_to", QUIET[1]))
    return None if begins == ends else (begins, ends)


def choices_of(user_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Choices]:
    """The choices of those of these people who still work here."""
    people = queries.users(user_ids)
    settings = queries.settings_of(list(people))
    without = [i for i in people if i not in settings or not settings[i].choices.get("timezone")]
    zones = queries.home_zones(without) if without else {}
    quiet = company_quiet()
    return {
        user_id: chosen(
            settings[user_id].choices if user_id in settings else {},
            zone=zones.get(user_id, ZONE),
            company_quiet=quiet,
            email=settings[user_id].email if user_id in settings else None,
            locale=person.locale,
        )
        for user_id, person in people.items()
    }
