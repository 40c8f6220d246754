"""The parts of a day by which an item may apply: the breakfast shelf is not judged at night."""

from datetime import datetime, time

_BEGINS = ((5, "morning"), (11, "midday"), (14, "afternoon"), (17, "evening"), (22, "night"))


def daypart(local_time: datetime | time) -> str:
    """Which part of the day it is by the store's own clock; the night goes on until five."""
    found = "night"
    for hour, name in _BEGINS:
        if local_time.hour >= hour:
            found = name
    return found
