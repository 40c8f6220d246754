"""A job process as the product runs it, with one more kind of errand that takes as long as it is told.

Usage: errand_process.py DATABASE_URL STORAGE_FOLDER
"""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.accounts.types import Actor
from api.app import create_app
from api.core.config import Settings
from api.errands.types import Progress
from api.jobs import errands, scheduler
from storage.blobs import StorageSettings


def count(actor: Actor, params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Counts up to `to`, a tenth of a second for each."""
    for number in range(params["to"]):
        progress(number, params["to"])
        time.sleep(0.1)
    return {"counted": params["to"], "for": actor.name}


def main() -> None:
    url, folder = sys.argv[1], Path(sys.argv[2])
    errands.WORK = {**errands.WORK, "count": count}
    settings = Settings(
        url, StorageSettings(url=str(folder)), "k" * 40, "http://localhost:8000", folder, "ERROR", 0
    )
    scheduler.run_for_ever(create_app(settings))


if __name__ == "__main__":
    main()
