"""How the built app is handed out: in the smallest form that is asked for, and kept as long as it may be."""

import gzip
import os
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

PLAIN = b"export const words = 'words words words'\n" * 20
SMALLER = gzip.compress(PLAIN, mtime=0)  # the same bytes in every process that collects these tests


@pytest.fixture
def client(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An app of three files, of which some have smaller copies."""
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "sw.js", "assets/a-12345678.js"):
        (tmp_path / name).write_bytes(PLAIN)
    (tmp_path / "assets" / "a-12345678.js.gz").write_bytes(SMALLER)
    (tmp_path / "assets" / "a-12345678.js.br").write_bytes(b"brotli")
    (tmp_path / "index.html.gz").write_bytes(SMALLER)
    (tmp_path / "manifest.webmanifest").write_text("{}")
    monkeypatch.setitem(app.config, "PWA_FOLDER", tmp_path)
    return app.test_client()


@pytest.mark.parametrize(
    ("asked", "given", "body"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("br;q=0, gzip", "gzip", SMALLER),
        ("gzip", "gzip", SMALLER),
        ("identity", None, PLAIN),
        ("", None, PLAIN),
        ("gzip;q=0", None, PLAIN),
    ],
)
def test_the_smallest_form_that_is_read_over_there(
    client: FlaskClient, asked: str, given: str | None, body: bytes
) -> None:
    answer = client.get("/assets/a-12345678.js", headers={"Accept-Encoding": asked})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == given
    content = answer.data
    assert (gzip.decompress(content) == PLAIN) if given == "gzip" else (content == body)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_each_form_has_a_mark_of_its_own_and_is_not_sent_twice(client: FlaskClient) -> None:
    marks = set()
    for asked in ("br", "gzip", "identity"):
        headers = {"Accept-Encoding": asked}
        mark = client.get("/assets/a-12345678.js", headers=headers).headers["ETag"]
        again = client.get("/assets/a-12345678.js", headers=headers | {"If-None-Match": mark})
        assert (again.status_code, again.data) == (304, b"")
        marks.add(mark)
    assert len(marks) == 3


def test_a_copy_of_an_older_build_is_left_alone(client: FlaskClient, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_bytes(b"newer")
    later = (tmp_path / "index.html.gz").stat().st_mtime + 1
    os.utime(page, (later, later))
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert (answer.data, answer.headers.get("Content-Encoding")) == (b"newer", None)


@pytest.mark.parametrize("path", ["/", "/today", "/tasks/0199", "/index.html"])
def test_the_page_is_asked_for_again_each_time(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(answer.data) == PLAIN
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sw.js", "text/javascript; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
    ],
)
def test_what_has_no_smaller_copy_goes_as_it_is(client: FlaskClient, path: str, kind: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Type"] == kind
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/assets/gone.js", "/gone.js", "/api/v1/gone", "/assets/../../secret"])
def test_what_is_not_there_is_404_and_never_the_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert PLAIN not in answer.data
