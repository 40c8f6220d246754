"""Every screen, in both languages and themes: readable by everybody, and nothing sticks out at 360 pixels."""

from typing import Any

import pytest
from playwright.sync_api import Page

from api.core.config import ROOT

AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = {
    "supervisor": [
        "/today",
        "/today?view=week",
        "/today?view=calendar",
        "/me/absences",
        "/tasks",
        "/stores",
        "/outbox",
        "/me",
        "a.visit",
        "main a[href^='/tasks/']",
        "main a[href^='/stores/']",
    ],
    "store": ["/today", "/tasks", "/me", "main a[href^='/tasks/']"],
    "manager": [
        "/overview",
        "/tasks?tab=closed",
        "main a[href^='/inspections/']",
        "/visits/new",
        "/plans",
        "/plans/new",
        "/desk",
        "/desk?tab=unassigned",
        "/absences",
    ],
    "admin": [
        "/more",
        "/checklists",
        "/checklists?show=retired",
        "/checklists/library",
        "/checklists/import",
        "main a[href^='/checklists/']",
        "a checklist?tab=versions",
        "a checklist?tab=rehearsal",
        "/overview",
    ],
}
WHERE = {
    "a.visit": "/today",
    "/tasks/": "/tasks?tab=todo",
    "/stores/": "/stores",
    "/checklists/": "/checklists",
}


def visit(page: Page, screen: str) -> None:
    if screen.startswith("/"):
        page.goto(screen)
    elif "inspections" in screen:
        page.goto("/stores")
        page.locator("main a[href^='/stores/']").first.click()
        page.locator(screen).first.click()
    elif screen.startswith("a checklist"):
        page.goto("/checklists")
        path = page.locator("main a[href^='/checklists/']").first.get_attribute("href")
        page.goto(f"{path}{screen.removeprefix('a checklist')}")
    else:
        page.goto(next(path for part, path in WHERE.items() if part in screen))
        page.locator(screen).first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)


def faults(page: Page) -> list[str]:
    """What axe finds, and what is wider than the screen."""
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = page.evaluate(
        "axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 160)))"
    )
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *([f"{wide} pixels too wide"] if wide > 0 else [])]


@pytest.mark.parametrize(("locale", "theme"), [("zh-CN", "light"), ("en-GB", "dark")])
@pytest.mark.parametrize("who", SCREENS)
def test_screens(phone: Any, who: str, locale: str, theme: str) -> None:
    device = phone(locale, color_scheme=theme)
    device.page.goto("/sign-in")
    device.page.locator("input[name=password]").wait_for()
    found = {"/sign-in": faults(device.page)}
    device.sign_in(who)
    device.page.wait_for_timeout(1500)
    for screen in SCREENS[who]:
        visit(device.page, screen)
        found[screen] = faults(device.page)
    assert {screen: words for screen, words in found.items() if words} == {}


def test_a_laptop_has_a_rail_and_no_bar(phone: Any) -> None:
    device = phone("en-GB", viewport={"width": 1280, "height": 800}, has_touch=False)
    device.sign_in("manager")
    device.page.get_by_text("Stores, lowest first").wait_for()
    assert faults(device.page) == []
    assert device.page.locator("nav.rail a").count() >= 4
    assert device.page.locator("nav.bar").count() == 0
    device.page.keyboard.press("Tab")
    assert device.page.evaluate("document.activeElement.matches('a, button, input')")
