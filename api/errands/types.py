"""What long work looks like from outside: what is held, how progress is told, and how it ends early."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from api.accounts.types import Actor


@dataclass(frozen=True)
class Claim:
    """An errand that one process holds; `attempt` tells this holder from earlier and later ones."""

    id: uuid.UUID
    kind: str
    params: Mapping[str, Any]
    requested_by: uuid.UUID
    attempt: int


class Stopped(Exception):
    """The errand is not ours any more: it was cancelled, or another process took it over."""


class Progress(Protocol):
    """Tells how far the work is. To be called at least every few seconds, because it also renews the
    lease; raises Stopped when the work must end."""

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` steps are behind us."""


Work = Callable[[Actor, Mapping[str, Any], Progress], Mapping[str, Any]]
