"""How quickly the app starts over a slow network and answers a touch on a slow phone.

`python -m tests.bench.bench_pwa [http://localhost:8000]` against a running product with the demo data. The network is
Lighthouse's slow 4G (150 ms, 1.6 Mbit/s down, 750 kbit/s up), the processor is slowed four times. Other work on the
machine counts as a still slower phone, so the load average stands beside the figures.
"""

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable

from playwright.sync_api import Browser, CDPSession, sync_playwright

from tests.e2e.checklist import choose
from tests.e2e.conftest import Instance, Phone
from tests.e2e.long_checklist import ITEMS, SECTIONS, plan_long_visit

TIMES = 5
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
# The browser's own account of each touch: until the frame after it stood on the screen, in steps of 8 ms. Beside it
# stands when the item was marked as passed; that has to be before, so that the frame is the one that shows it.
WATCH = """
window.touches = []
window.marks = []
new PerformanceObserver(list => {
  for (const one of list.getEntries()) {
    if (one.name === 'click' && one.interactionId) window.touches.push([one.startTime, one.duration])
  }
}).observe({ type: 'event', durationThreshold: 16 })
new MutationObserver(changes => {
  if (changes.some(one => one.target.matches('article.item.pass'))) window.marks.push(performance.now())
}).observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] })
"""


def slowed(phone: Phone, *, network: bool) -> CDPSession:
    session = phone.context.new_cdp_session(phone.page)
    if network:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session


def seconds(deed: Callable[[], object]) -> float:
    began = time.monotonic()
    deed()
    return time.monotonic() - began


def first_start(browser: Browser, instance: Instance) -> float:
    """From the address to the field one can type in, on a phone that was never here."""
    phone = Phone(browser, instance, "zh-CN")
    slowed(phone, network=True)

    def start() -> None:
        phone.page.goto("/sign-in", wait_until="commit")
        phone.page.locator("input[name=username]").wait_for()

    taken = seconds(start)
    phone.context.close()
    return taken


def later_starts(browser: Browser, instance: Instance) -> list[float]:
    """From the address to the first store of the day, on a phone that was here before."""
    phone = Phone(browser, instance, "zh-CN")
    phone.sign_in("supervisor")
    phone.page.locator("ol a.visit").first.wait_for()
    phone.until_offline_ready()
    slowed(phone, network=True)

    def start() -> None:
        phone.page.goto("/today", wait_until="commit")
        phone.page.locator("ol a.visit").first.wait_for()

    found = [seconds(start) for _ in range(TIMES)]
    phone.context.close()
    return found


def touches(browser: Browser, instance: Instance) -> list[float]:
    """From each of 45 touches on "pass" to its paint."""
    phone = Phone(browser, instance, "zh-CN")
    visit = plan_long_visit(phone)
    phone.context.add_init_script(WATCH)
    phone.sign_in("supervisor")
    page = phone.page
    page.goto(f"/visits/{visit}")
    page.get_by_role("button", name="签到并开始").click()
    page.locator("#item-i1").wait_for()
    page.wait_for_timeout(2_000)
    slowed(phone, network=False)
    page.evaluate("window.touches.length = window.marks.length = 0")
    for number in range(1, SECTIONS * ITEMS + 1):
        card = page.locator(f"#item-i{number}")
        choose(card, "合格")
        card.and_(page.locator(".pass")).wait_for()
        page.wait_for_timeout(100)
    page.wait_for_timeout(500)
    found: list[tuple[float, float]] = page.evaluate("window.touches")
    marks: list[float] = page.evaluate("window.marks")
    phone.context.close()
    shown = [took for began, took in found if any(began < mark < began + took for mark in marks)]
    # What took less than 16 ms is not told by the browser; it counts as that.
    quick = SECTIONS * ITEMS - len(found)
    assert len(marks) >= SECTIONS * ITEMS and quick >= 0
    print(f"{len(shown)} of {len(found)} frames showed the answer; {quick} touches took less than 16 ms")
    return [took for _, took in found] + [16.0] * quick


def tell(name: str, found: list[float], unit: str) -> None:
    ordered = sorted(found)
    nine = ordered[int(len(ordered) * 0.9)] if len(ordered) > 1 else ordered[0]
    print(
        f"{name:<34} median {statistics.median(found):.3g} · nine of ten {nine:.3g} · worst {ordered[-1]:.3g} {unit}"
    )


def main() -> None:
    instance = Instance(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
    print("load average", *(f"{load:.1f}" for load in os.getloadavg()))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tell("first start, sign-in", [first_start(browser, instance) for _ in range(TIMES)], "s")
        tell("later start, Today", later_starts(browser, instance), "s")
        tell("touch to paint, 45 items", touches(browser, instance), "ms")
        browser.close()
    print("load average", *(f"{load:.1f}" for load in os.getloadavg()))


if __name__ == "__main__":
    main()
