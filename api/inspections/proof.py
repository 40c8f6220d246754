"""How well is it proved that somebody was in the store? A level from 0 to 3.

No single thing proves it, so independent ones are counted: a position within the store's fence, photos taken
live with the camera, the store's own token, and a plausible course (it took a sensible time, and the person
could have got there). Without a position or a token nothing ties the visit to the place, and a way nobody
can have gone speaks against it: then the level is 1 at most. A low level is no reproach: cellars have no
GPS.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

HIGHEST = 3
UNTIED = 1
_PLACE = frozenset({"no_position", "outside_fence", "frozen_position"})
_COURSE = frozenset({"too_fast", "too_long", "answers_alike", "clock_wrong", "clock_changed"})
_TRAVEL = frozenset({"impossible_travel", "overlapping_visits"})
_PHOTOS = frozenset({"gallery_photo", "photo_old", "photo_elsewhere", "photo_reused"})


@dataclass(frozen=True)
class Proof:
    """What speaks for the visit. None: nothing is known of it."""

    place: bool
    camera: bool | None
    token: bool | None
    duration: bool
    travel: bool | None

    @property
    def level(self) -> int:
        """0 (nothing) to 3 (place, live photos, and all of it plausible)."""
        presence = sum(bool(one) for one in (self.place, self.camera, self.token))
        plausible = presence > 0 and self.duration and self.travel is not False
        tied = (self.place or self.token) and self.travel is not False
        return min(HIGHEST if tied else UNTIED, presence + plausible)

    def as_json(self) -> dict[str, Any]:
        """The level with what it comes from."""
        return {"level": self.level} | asdict(self)


def proof(
    flags: Collection[str],
    *,
    located: bool,
    live_photos: int,
    strong_twin: bool,
    travelled: bool,
    token: bool | None = None,
) -> Proof:
    """What is proved by a report with these flags.

    `located`: the store's point is known, so a position means something; `travelled`: there is an earlier or
    later place to compare with; `strong_twin`: a photo is nearly certainly an old one; `token`: the store's
    token was shown and is right (None: not asked for).
    """
    up = set(flags)
    return Proof(
        place=located and not up & _PLACE,
        camera=not (up & _PHOTOS or strong_twin) if live_photos else None,
        token=token,
        duration=not up & _COURSE,
        travel=False if up & _TRAVEL else (True if travelled else None),
    )


def without_live_photos(facts: Mapping[str, Any]) -> Proof:
    """What remains proved when the photos turn out to be old ones; `facts` as `as_json` gave them."""
    kept = {name: value for name, value in facts.items() if name != "level"}
    return Proof(**kept | {"camera": False})
