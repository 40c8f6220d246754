"""The built app: hashed files may be kept for ever, pages and the service worker never unasked."""

from pathlib import Path

from flask import Blueprint, Response, current_app, send_from_directory
from werkzeug.exceptions import NotFound as HttpNotFound

from api.accounts.auth import public
from api.core.errors import NotFound

blp = Blueprint("pwa", __name__)
_FOR_EVER = "public, max-age=31536000, immutable"
_MISSING = "<!doctype html><meta charset=utf-8><title>Rounds</title><p>The app is not built: run <code>make build</code>."


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
        try:
            response = send_from_directory(folder, path, max_age=None)
        except HttpNotFound:
            raise NotFound() from None
        hashed = path.startswith("assets/")
        response.headers["Cache-Control"] = _FOR_EVER if hashed else "no-cache"
        if path.endswith(".webmanifest"):
            response.content_type = "application/manifest+json; charset=utf-8"
        return response
    if path.startswith("assets/") or "." in path.rsplit("/", 1)[-1]:
        raise NotFound()
    if not (folder / "index.html").is_file():
        return Response(_MISSING, status=503, content_type="text/html; charset=utf-8")
    page = send_from_directory(folder, "index.html", max_age=None)
    page.headers["Cache-Control"] = "no-cache"
    return page
