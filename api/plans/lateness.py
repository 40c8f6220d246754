"""When was a report finished, as far as anybody can prove?

The phone says when. It is believed within bounds: not later than the report arrived, and not earlier than
the server last heard from that phone before the run in which the report came, because a phone hands over
what it has finished as soon as it reaches the server. So a visit finished without a network in time is in
time, however long it took to arrive, and a clock that was set back gains nothing. Domain rules 5.4.
"""

from datetime import datetime, timedelta

SAME_RUN = timedelta(hours=1)


def finished_at(submitted_at: datetime, received_at: datetime, heard_before: datetime | None) -> datetime:
    """The moment that counts; `heard_before` is the last contact before this run of sending."""
    believed = min(submitted_at, received_at)
    return believed if heard_before is None else max(believed, heard_before)


def run_began(received_at: datetime) -> datetime:
    """Contacts from then on belong to the run of sending itself: photos and weak networks take their time."""
    return received_at - SAME_RUN
