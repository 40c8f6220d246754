"""A job process that tells, queues digests and sends, until its clock file says stop.

Usage: python -m tests.reliability.teller CLOCK_FILE   (settings from the environment). The file holds two moments:
by the first it tells, by the second it looks for digests.
"""

import sys
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from api.app import create_app
from api.core.config import load_settings
from api.core.transaction import in_transaction
from api.jobs import telling as jobs
from api.jobs.scheduler import run_once
from api.notifications import deliveries, digests
from api.telling import services as telling


def main(clock: Path) -> None:
    app = create_app(load_settings())
    deliveries.IN_HAND = timedelta(seconds=4)  # type: ignore[misc]
    deliveries.GAPS = (timedelta(seconds=0.3),) * 30  # type: ignore[assignment, misc]
    print("ready", flush=True)
    while (said := clock.read_text().strip()) != "stop":
        if said:
            tells, looks = (datetime.fromisoformat(word) for word in said.split())
            run_once(app, "tell", partial(telling.tell, tells))
            run_once(app, "queue_digests", partial(in_transaction, digests.queue, looks))
            run_once(app, "send_messages", jobs.send_messages)
        time.sleep(0.02)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
