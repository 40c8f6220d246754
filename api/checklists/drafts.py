"""A checklist on its way in from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ChecklistDraft:
    """What a file says of one checklist; the content is not yet checked."""

    code: str
    name: Mapping[str, str]
    kind: str
    content: Mapping[str, Any]
