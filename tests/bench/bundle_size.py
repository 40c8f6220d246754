"""How much comes over the network until a first screen shows: JS and CSS, gzipped, as a browser asks for them.

Run it as `.venv/bin/python -m tests.bench.bundle_size URL` against a running instance with the demo data. Each screen
is opened in a browser that has nothing yet, without the service worker; what is fetched after it shows is not counted.
"""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlparse

from playwright.sync_api import Browser, Page, sync_playwright

LIMIT = 150_000
PASSWORD = "rounds-demo-2026"
# Who opens what, and by what it is seen that the screen is there.
SCREENS = (
    ("", "/sign-in", "input[name=password]"),
    ("supervisor", "/today", "a[href^='/visits/']"),
    ("store", "/tasks", "main a[href^='/tasks/']"),
    ("manager", "/overview", "main h1"),
)


@contextmanager
def opened(browser: Browser, url: str, who: str, locale: str) -> Iterator[Page]:
    """A page in an empty browser, of somebody who is signed in."""
    context = browser.new_context(
        base_url=url, locale=locale, viewport={"width": 360, "height": 780}, service_workers="block"
    )
    page = context.new_page()
    if who:
        page.goto("/sign-in")
        page.locator("input[name=username]").fill(who)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").click()
        page.wait_for_url(lambda at: "/sign-in" not in at)
        page.wait_for_load_state("networkidle")
    yield page
    context.close()


def fetched(page: Page, path: str, sign: str) -> dict[str, int]:
    """Gzipped bytes of each script and style until the sign is there."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlparse(request.url).path))
    page.goto(path, wait_until="commit")
    page.locator(sign).first.wait_for()
    names = {name for name in list(asked) if name.endswith((".js", ".css"))}
    return {name: len(gzip.compress(page.context.request.get(name).body(), 6)) for name in names}


def main() -> None:
    """Prints a table in KB of 1,000 bytes; ends with 1 when the sign-in screen weighs more than the limit."""
    url, heavy = sys.argv[1], False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for locale in ("zh-CN", "en-GB"):
            for who, path, sign in SCREENS:
                with opened(browser, url, who, locale) as page:
                    sizes = fetched(page, path, sign)
                total = sum(sizes.values())
                heavy |= total > LIMIT and not who
                print(f"{locale} {path:12} {total / 1000:6.1f} KB in {len(sizes)} files")
                for name, size in sorted(sizes.items(), key=lambda pair: -pair[1])[:5]:
                    print(f"    {name:44} {size / 1000:6.1f}")
        browser.close()
    sys.exit(1 if heavy else 0)


if __name__ == "__main__":
    main()
