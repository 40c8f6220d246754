"""What people may choose: for each group of messages and each way whether it comes at once, once a day, or not.

Everything is in the inbox, whatever is chosen. What is urgent is not held back for the daily digest, and what is
about a redline item comes through quiet hours too. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api.notifications.kinds import ANSWERS, DEADLINES, GROUPS, REVIEW, TALK, WORK
from api.notifications.quiet import Hours, after_quiet

PUSH, EMAIL = "push", "email"
CHANNELS = (PUSH, EMAIL)
NOW, DIGEST, OFF = "now", "digest", "off"
PACES = (NOW, DIGEST, OFF)
DIGEST_AT = "08:00"
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    WORK: {PUSH: NOW, EMAIL: DIGEST},
    DEADLINES: {PUSH: NOW, EMAIL: NOW},
    REVIEW: {PUSH: DIGEST, EMAIL: DIGEST},
    ANSWERS: {PUSH: DIGEST, EMAIL: OFF},
    TALK: {PUSH: NOW, EMAIL: DIGEST},
}


@dataclass(frozen=True)
class Choices:
    """One person's choices, whole."""

    zone: str
    quiet: Hours | None
    groups: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: DEFAULTS)
    digest_at: str = DIGEST_AT
    email: str | None = None
    locale: str = "zh"

    def pace(self, group: str, channel: str, *, urgent: bool) -> str:
        """How a message of this group comes by this way."""
        chosen = self.groups[group][channel]
        return NOW if urgent and chosen == DIGEST else chosen

    def ring_at(self, now: datetime, *, redline: bool) -> datetime:
        """When it may be sent."""
        return now if redline else after_quiet(now, self.zone, self.quiet)


def chosen(
    stored: Mapping[str, Any], *, zone: str, company_quiet: Hours | None, email: str | None, locale: str
) -> Choices:
    """The choices of somebody, from what is stored of them and what the product and the company come with."""
    return Choices(
        zone=stored.get("timezone") or zone,
        quiet=_hours(stored.get("quiet"), company_quiet),
        groups={group: {**DEFAULTS[group], **stored.get("groups", {}).get(group, {})} for group in GROUPS},
        digest_at=stored.get("digest_at") or DIGEST_AT,
        email=email,
        locale=locale,
    )


def _hours(stored: Mapping[str, str] | None, company: Hours | None) -> Hours | None:
    """None stored: as the company has it; equal hours: never quiet."""
    if stored is None:
        return company
    return None if stored["from"] == stored["to"] else (stored["from"], stored["to"])
