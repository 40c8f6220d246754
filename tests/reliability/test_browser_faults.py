"""The app itself, in a real Chromium, behind the network with sixteen faults."""

import os
import secrets
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.reliability.conftest import House
from tests.reliability.fault_proxy import GOOD, fault_proxy
from tests.reliability.finished_work import check_arrived, fill
from tests.reliability.handset import Handset
from tests.reliability.serving import serving

REPORTS, ROUNDS = 10, 12


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_ten_reports_leave_the_phone_within_a_minute_after_the_faults_stop(
    house: House, playwright: Playwright, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("SEED", secrets.randbelow(1 << 32)))
    with serving(house.env) as port, fault_proxy(port, seed, good_only=True) as proxy:
        handset = Handset(playwright, tmp_path / "phone", f"http://localhost:{proxy.port}")
        try:
            handset.sign_in(house.company.people["supervisor"].username)
            proxy.good_only = False
            hashes, pictures = fill(house, handset, REPORTS)
            for _ in range(ROUNDS):
                handset.nudge()
                handset.page.wait_for_timeout(1_500)
                if not handset.rows("outbox"):
                    break
            left: Any = len(handset.rows("outbox"))
            faults = sum(proxy.drawn.values()) - proxy.drawn[GOOD]
            proxy.clear()
            took = handset.until(lambda: not handset.rows("outbox"), "an empty outbox")
            sent = {row["id"]: row["sha256"] for row in handset.rows("sent")}
            handset.page.goto("/outbox")
            handset.page.get_by_text("Nothing is waiting").wait_for()
        finally:
            handset.close()
    with capsys.disabled():
        print(
            f"\nseed {seed}: {faults} faults, {left} of {REPORTS} left when they stopped, empty after {took:.0f} s"
        )
    assert faults >= 10
    assert sent == hashes
    check_arrived(house, hashes, pictures)
    assert handset.errors == []
