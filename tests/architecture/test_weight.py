"""What a phone has to fetch before the first screen can be used: JavaScript, styles and words, as gzip sends them."""

import gzip
import json
import re
from typing import Any

import pytest

from api.core.config import ROOT

DIST = ROOT / "pwa" / "dist"
ROOMS = ROOT / "pwa" / "src" / "i18n" / "rooms.ts"
MOST = 150_000
# Where somebody may begin: the parts of the screen, and the room whose words it speaks.
FIRST = {
    "sign-in": (["screens/auth/SignIn.vue"], "auth"),
    "today, supervisor": (["screens/today/Today.vue", "screens/today/FieldToday.vue"], "today"),
    "today, store": (["screens/today/Today.vue", "screens/today/StoreToday.vue"], "today"),
    "overview": (["screens/overview/Overview.vue"], "overview"),
    "tasks": (["screens/tasks/TaskList.vue"], "tasks"),
}
OF_A_STORE = ["explained", "selfcheck", "tasks"]


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """What the build says of its files: each with what it imports and which styles it brings."""
    found: dict[str, Any] = json.loads((DIST / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    return found


def needed(manifest: dict[str, Any], sources: list[str]) -> set[str]:
    """All files that have to be there before these sources run."""
    seen: set[str] = set()
    files: set[str] = set()
    queue = list(sources)
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        chunk = manifest[name]
        files |= {chunk["file"], *chunk.get("css", [])}
        queue += chunk.get("imports", [])
    return files


def spoken_in(room: str) -> list[str]:
    line = re.search(rf"^  {room}: \[(.*)\],$", ROOMS.read_text(encoding="utf-8"), re.M)
    assert line, f"{room} stands in no line of {ROOMS.name}"
    return re.findall(r"'(\w+)'", line[1])


def weight(files: set[str]) -> int:
    return sum(len(gzip.compress((DIST / name).read_bytes(), 9)) for name in files)


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("screen", FIRST)
def test_the_first_screen_is_light(
    manifest: dict[str, Any], screen: str, locale: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parts, room = FIRST[screen]
    areas = ["common", *spoken_in(room), *(OF_A_STORE if screen == "today, store" else [])]
    words = [f"i18n/{locale}/{area}.ts" for area in areas]
    files = needed(manifest, ["index.html", *(f"src/{part}" for part in [*parts, *words])])
    total = weight(files)
    kinds = {end: weight({name for name in files if name.endswith(end)}) for end in (".js", ".css")}
    with capsys.disabled():
        print(f"\n{screen}, {locale}: {total:,} bytes in {len(files)} files ({kinds})", end="")
    assert len(files) > 5
    assert total <= MOST, sorted(((weight({name}), name) for name in files), reverse=True)
