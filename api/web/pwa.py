"""The built app: hashed files may be kept for ever, pages and the service worker never unasked."""

import mimetypes
from pathlib import Path

from flask import Blueprint, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound as HttpNotFound

from api.accounts.auth import public
from api.core.errors import NotFound

blp = Blueprint("pwa", __name__)
_FOR_EVER = "public, max-age=31536000, immutable"
_MISSING = "<!doctype html><meta charset=utf-8><title>Rounds</title><p>The app is not built: run <code>make build</code>."
# Copies that the build wrote, the smallest first.
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
_TYPES = {
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


def _folder() -> Path:
    folder: Path = current_app.config["PWA_FOLDER"]
    return folder


@blp.route("/", defaults={"path": ""})
@blp.route("/<path:path>")
@public
def app_file(path: str) -> Response:
    """A file of the app, or its page for every address that the app itself knows."""
    if path == "api" or path.startswith("api/"):
        raise NotFound()
    folder = _folder()
    if path and (folder / path).is_file():
        return _file(folder, path, _FOR_EVER if path.startswith("assets/") else "no-cache")
    if path.startswith("assets/") or "." in path.rsplit("/", 1)[-1]:
        raise NotFound()
    if not (folder / "index.html").is_file():
        return Response(_MISSING, status=503, content_type="text/html; charset=utf-8")
    return _file(folder, "index.html", "no-cache")


def _file(folder: Path, path: str, keep: str) -> Response:
    """The file, in the smallest form that is there and that the other side reads."""
    there = {
        name: end for name, end in _ENCODINGS.items() if _is_copy(folder / f"{path}{end}", folder / path)
    }
    encoding = next((name for name in there if request.accept_encodings.quality(name) > 0), None)
    try:
        response = send_from_directory(folder, path + there.get(encoding or "", ""), max_age=None)
    except HttpNotFound:
        raise NotFound() from None
    response.content_type = _type_of(path)
    del response.headers["Content-Disposition"]
    response.headers["Cache-Control"] = keep
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if there:
        response.vary.add("Accept-Encoding")
    return response


def _is_copy(small: Path, plain: Path) -> bool:
    """Whether it is there and no older than what it was made from, which somebody may have put in its place."""
    return small.is_file() and small.stat().st_mtime_ns >= plain.stat().st_mtime_ns


def _type_of(path: str) -> str:
    suffix = Path(path).suffix
    guessed = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed in ("text/html", "text/css") else guessed
