"""How much must come over the network before a first screen shows: JS and CSS of a built app, gzipped.

Run it as `.venv/bin/python -m tests.bench.bundle_size [FOLDER]`; the folder is `pwa/dist` when none is named.
Counted are what the page itself names, one language, and the chunk of the screen with all it needs.
"""

import gzip
import re
import sys
from pathlib import Path

from api.core.config import ROOT

SCREENS = ("SignIn", "Today", "Checklist", "TaskDetail", "Overview")
LATER = ("Camera", "MarkUp", "PhotoViewerBody")
WORDS = ("zh", "en")


def packed(file: Path) -> int:
    """Bytes of a file as servers send it."""
    return len(gzip.compress(file.read_bytes(), 9))


def chunk(folder: Path, name: str) -> str:
    """The script of that name."""
    (found,) = [f.name for f in (folder / "assets").glob(f"{name}-*.js")]
    return found


def named_by_page(folder: Path) -> set[str]:
    """What index.html loads at once."""
    page = (folder / "index.html").read_text(encoding="utf-8")
    return {Path(name).name for name in re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', page)}


def needs(folder: Path, file: str) -> set[str]:
    """What loads together with a chunk, by the list that whoever imports it carries."""
    for one in sorted((folder / "assets").glob("*.js")):
        text = one.read_text(encoding="utf-8")
        use = re.search(re.escape(f"./{file}") + r"`?\"?'?\),__vite__mapDeps\(\[([\d,]*)\]", text)
        if use:
            listed = re.search(r"m\.f=\[(.*?)\]", text)
            names = re.findall(r'"([^"]+)"', listed[1]) if listed else []
            return {Path(names[int(i)]).name for i in use[1].split(",") if i}
    return {file}


def weight(folder: Path, files: set[str]) -> int:
    """All of them together."""
    found = [folder / name if (folder / name).exists() else folder / "assets" / name for name in files]
    return sum(packed(file) for file in found)


def main() -> None:
    """Prints a table in KB of 1,000 bytes."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "pwa" / "dist"
    page = named_by_page(folder)
    print(f"named by the page      {weight(folder, page) / 1000:7.1f} KB")
    for name in sorted(page):
        print(f"  {name:32} {weight(folder, {name}) / 1000:7.1f}")
    for language in WORDS:
        words = {chunk(folder, f"messages.{language}")}
        print(f"words, {language}              {weight(folder, words) / 1000:7.1f} KB")
        for screen in SCREENS:
            whole = page | words | needs(folder, chunk(folder, screen))
            print(f"  {screen:20} all {weight(folder, whole) / 1000:7.1f} KB")
    for name in LATER:
        more = needs(folder, chunk(folder, name)) - page
        print(f"only when wanted: {name:16} {weight(folder, more) / 1000:6.1f} KB")


if __name__ == "__main__":
    main()
