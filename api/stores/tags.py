"""Tags of a store: short words by which checklists know where an item applies."""

import re

MAX_TAG, MAX_TAGS = 40, 30
_BETWEEN = re.compile(r"[;；]")


def tags_in(cell: str) -> list[str]:
    """The tags of a table's cell, `drive-in; 24h` or `外卖；加油站`, each once and in their order."""
    return list(dict.fromkeys(tag.strip() for tag in _BETWEEN.split(cell) if tag.strip()))
