"""What is told to somebody: a matter, whom it may concern, and who is told of it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Told:
    """One matter, as plain facts.

    `matter` names it for ever; whoever was told of it is not told again. `link` is an address in the app.
    `facts` can be kept as JSON and put into words; what differs for one person is in `own`. `people` are those it
    may concern, by what they have to do with it. `region_path` names the regions above the store, `zone` is the
    store's time zone.
    """

    kind: str
    matter: str
    link: str
    facts: Mapping[str, Any]
    people: Mapping[str, tuple[uuid.UUID, ...]]
    at: datetime
    seq: int
    actor_id: uuid.UUID | None = None
    store_id: uuid.UUID | None = None
    region_path: str = ""
    zone: str = "Asia/Shanghai"
    own: Mapping[uuid.UUID, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def is_redline(self) -> bool:
        """True when it is about a redline item, which no quiet hour holds back."""
        return bool(self.facts.get("flag") == "redline")


class Addressed(NamedTuple):
    """Somebody who is told, why (by what they have to do with it), and whether it is urgent."""

    user_id: uuid.UUID
    why: str
    urgent: bool


class Said(NamedTuple):
    """A message in words of one language; the body may have several lines, or none."""

    title: str
    body: str
