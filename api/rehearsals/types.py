"""What a rehearsal looks back at."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What a report came to; the score in tenths of a point, or None when nothing was scored."""

    tenths: int | None
    band: str | None
    outcome: str

    @property
    def place(self) -> str:
        """The band, or `unrated` and `not_scored` where there is none."""
        if self.tenths is None:
            return "not_scored"
        return self.band or "unrated"


@dataclass(frozen=True, slots=True)
class Past:
    """A past inspection as it was stored."""

    id: uuid.UUID
    store_id: uuid.UUID
    version: int
    on_date: date
    started_at: datetime
    standing: Standing
