"""A job process on a simulated clock: makes visits until the clock file says stop.

Usage: python -m tests.reliability.scheduler CLOCK_FILE   (settings from the environment)
"""

import sys
import time
from datetime import datetime
from pathlib import Path

from api.app import create_app
from api.core.config import load_settings
from api.jobs.scheduler import run_once
from api.plans.materialising import materialise


def main(clock: Path) -> None:
    app = create_app(load_settings())
    print("ready", flush=True)
    while (said := clock.read_text().strip()) != "stop":
        if said:
            run_once(app, "make_visits", lambda: materialise(datetime.fromisoformat(said)).total)
        time.sleep(0.02)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
