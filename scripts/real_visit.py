"""The visit of real_visit.sh: see there. Everything goes over HTTP, as phones and integrations do it."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from api.core.config import ROOT
from api.core.ids import new_id
from api.core.shapes import moment_text
from tests.support import real_parts

BIN = Path(sys.executable).parent
PASSWORD = "a password for one run"
WRONG = {"item-3", "item-18", "item-33"}
Form = dict[str, Any]


class Caller:
    """Somebody who calls the API and writes down how each call went."""

    def __init__(self, base: str, token: str = "") -> None:
        self.base = base
        self.token = token

    def call(self, said: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1{path}", data=raw, method=method)
        if raw is not None:
            request.add_header("Content-Type", headers.pop("kind", "application/json"))
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        if headers.pop("signed", ""):
            digest = base64.b64encode(hashlib.sha256(raw or b"").digest()).decode()
            request.add_header("Content-Digest", f"sha-256=:{digest}:")
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        print(f"  {said:<44}{status:>5}{1000 * (time.perf_counter() - began):>10.0f} ms", flush=True)
        if status >= 400:
            raise SystemExit(f"{said} failed: {text.decode(errors='replace')[:2000]}")
        return json.loads(text) if text else None

    def signed_in(self, username: str) -> "Caller":
        body = {
            "username": username,
            "password": PASSWORD,
            "device_name": "real visit",
            "transport": "bearer",
        }
        return Caller(
            self.base, self.call(f"sign in: {username}", "POST", "/auth/login", body)["access_token"]
        )


@contextmanager
def instance(parts: str, folder: Path) -> Iterator[str]:
    """An empty product on the asked-for parts; its address."""
    with ExitStack() as stack:
        (port,) = real_parts.free_ports(1)
        env = os.environ | {
            "ROUNDS_SECRET_KEY": "r" * 40,
            "ROUNDS_LOG_LEVEL": "ERROR",
            "BIND": f"127.0.0.1:{port}",
        }
        if parts == "postgresql":
            s3 = stack.enter_context(real_parts.seaweed())
            env |= {
                "ROUNDS_DATABASE_URL": stack.enter_context(real_parts.postgres()),
                "ROUNDS_STORAGE_URL": f"s3://{s3.bucket}",
                "ROUNDS_S3_ENDPOINT_URL": s3.endpoint,
                "ROUNDS_S3_ACCESS_KEY": s3.access_key,
                "ROUNDS_S3_SECRET_KEY": s3.secret_key,
                "ROUNDS_S3_ADDRESSING_STYLE": "path",
            }
        else:
            env |= {
                "ROUNDS_DATABASE_URL": f"sqlite:///{folder / 'rounds.sqlite3'}",
                "ROUNDS_STORAGE_URL": str(folder / "photos"),
            }
        flask = [str(BIN / "flask"), "--app", "wsgi"]
        subprocess.run([*flask, "migrate"], cwd=ROOT, env=env, check=True, capture_output=True)
        admin = ["user", "create-admin", "hq", "--password", PASSWORD]
        subprocess.run([*flask, *admin], cwd=ROOT, env=env, check=True, capture_output=True)
        server = subprocess.Popen([BIN / "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"], cwd=ROOT, env=env)
        stack.callback(server.wait, 40)
        stack.callback(server.terminate)
        until_ready(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"


def until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 40
    while True:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):
                return
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("the server did not start") from None
            time.sleep(0.1)


def run(data: Path, parts: str) -> None:
    print(f"\n{'SQLite and a folder' if parts == 'sqlite' else 'PostgreSQL and SeaweedFS'}")
    with tempfile.TemporaryDirectory(prefix="rounds-") as folder, instance(parts, Path(folder)) as url:
        visit(data, url)


def visit(data: Path, url: str) -> None:
    hq = Caller(url).signed_in("hq")
    form = (data / "chicago" / "form.csv").read_bytes()
    name = urllib.parse.urlencode({"code": "FOOD", "name_en": "Food inspection"})
    checklist = hq.call("import the form", "POST", f"/imports/checklists?{name}", form, kind="text/csv")[
        "ids"
    ][0]
    table = (data / "chicago" / "stores.csv").read_bytes()
    imports = "/imports/stores?timezone=America/Chicago"
    report = hq.call("import the stores", "POST", imports, table, kind="text/csv")
    again = hq.call("import them again", "POST", imports, table, kind="text/csv")
    print(
        f"  → {report['created']:,} stores in {report['regions_created']} regions; again: {again['unchanged']:,} unchanged"
    )
    store = next(s for s in hq.call("find a store", "GET", "/stores?search=XANDO")["items"] if s["latitude"])
    people = staff(hq, store)
    supervisor, keeper = Caller(url).signed_in("supervisor"), Caller(url).signed_in("keeper")
    now = datetime.now(UTC)
    planned = hq.call(
        "plan the visit",
        "POST",
        "/visits",
        {
            "store_id": store["id"],
            "checklist_id": checklist,
            "assignee_id": people["supervisor"],
            "opens_at": moment_text(now - timedelta(hours=1)),
            "due_at": moment_text(now + timedelta(hours=8)),
        },
    )
    changes = supervisor.call("the phone's first pull", "GET", "/sync/changes?limit=200")
    version = supervisor.call("the checklist", "GET", f"/checklists/{checklist}/versions/1")
    photos = [described(path) for path in phone_photos(data)]
    receipt = submitted(supervisor, planned, store, version["content"], photos)
    for path, photo in zip(phone_photos(data), photos, strict=True):
        kept = supervisor.call(
            f"photo {path.name}", "PUT", f"/photos/{photo['sha256']}", path.read_bytes(), kind="image/jpeg"
        )
        assert kept["sha256"] == photo["sha256"]
    close_tasks(supervisor, keeper, receipt["task_ids"], phone_photos(data)[0])
    shown = supervisor.call("the report", "GET", f"/inspections/{receipt['id']}")
    today = now.date().isoformat()
    scores = hq.call("the scores", "GET", f"/reports/scores?from={today}&to={today}")
    print(
        f"  → score {receipt['score']} (raw {receipt['raw_score']}), band {receipt['band']}, {receipt['outcome']}"
    )
    print(
        f"  → {len(shown['answers'])} answers, evidence {shown['evidence']}, missing {len(shown['missing_photos'])}"
    )
    print(f"  → tasks {len(receipt['task_ids'])}, all closed; mean of the day {scores['overall']['mean']}")
    print(f"  → first page of the feed: {len(changes['items'])} rows")
    print("  → receipt " + json.dumps(receipt))


def staff(hq: Caller, store: Form) -> dict[str, str]:
    """A supervisor and the store's manager."""
    found = {}
    for username, role in (("supervisor", "supervisor"), ("keeper", "store_manager")):
        body = {"username": username, "name": username, "role": role, "locale": "en", "password": PASSWORD}
        found[username] = hq.call(f"add {username}", "POST", "/users", body | {"store_ids": [store["id"]]})[
            "id"
        ]
    return found


def phone_photos(data: Path) -> list[Path]:
    """Three original photos of phones."""
    return sorted(p for p in (data / "photos" / "phone").iterdir() if p.suffix.lower() in (".jpg", ".jpeg"))[
        :3
    ]


def described(path: Path) -> Form:
    body = path.read_bytes()
    with Image.open(path) as image:
        width, height = image.size
    return {
        "id": str(new_id()),
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        "width": width,
        "height": height,
        "taken_at": moment_text(datetime.now(UTC)),
        "source": "camera",
    }


def submitted(supervisor: Caller, planned: Form, store: Form, content: Form, photos: list[Form]) -> Form:
    """45 answers, three of them wrong, each with one original photo."""
    started = datetime.now(UTC) - timedelta(minutes=40)
    items = [item for section in content["sections"] for item in section["items"]]
    shown = iter(photos)
    answers = []
    for number, item in enumerate(items):
        at = moment_text(started + timedelta(seconds=45 * number))
        answer: Form = {"item_key": item["key"], "result": "pass", "answered_at": at, "changed_at": at}
        if item["key"] in WRONG:
            answer |= {"result": "fail", "note": "seen on site", "photos": [next(shown)]}
        answers.append(answer)
    document = {
        "visit_id": planned["id"],
        "store_id": store["id"],
        "checklist_id": planned["checklist_id"],
        "checklist_version": planned["checklist_version"],
        "started_at": moment_text(started),
        "submitted_at": moment_text(datetime.now(UTC)),
        "on_date": datetime.now(UTC).date().isoformat(),
        "device": {"id": "script", "app_version": "script"},
        "check_in": {
            "at": moment_text(started),
            "latitude": store["latitude"],
            "longitude": store["longitude"],
            "accuracy": 12,
            "source": "gps",
            "reason": "",
        },
        "answers": answers,
    }
    path = f"/inspections/{new_id()}"
    body = json.dumps(document).encode()
    receipt: Form = supervisor.call(f"submit {len(answers)} answers", "PUT", path, body, signed="yes")
    again = supervisor.call("the same again", "PUT", path, body, signed="yes")
    assert receipt == again and receipt["missing_photos"] == [p["sha256"] for p in photos]
    return receipt


def close_tasks(supervisor: Caller, keeper: Caller, ids: list[str], after: Path) -> None:
    """Each task mended by the store with a photo, and closed by the supervisor."""
    photo = described(after)
    keeper.call(
        "the store's photo", "PUT", f"/photos/{photo['sha256']}", after.read_bytes(), kind="image/jpeg"
    )
    for number, task_id in enumerate(ids, 1):
        step = {
            "action": "submit",
            "version": 1,
            "note": "put right",
            "photos": [photo],
            "device_at": moment_text(datetime.now(UTC)),
        }
        path = f"/tasks/{task_id}/transitions/"
        mended = keeper.call(
            f"mend task {number}", "PUT", path + str(new_id()), json.dumps(step).encode(), signed="yes"
        )
        step = {
            "action": "approve",
            "version": mended["version"],
            "device_at": moment_text(datetime.now(UTC)),
        }
        closed = supervisor.call(
            f"close task {number}", "PUT", path + str(new_id()), json.dumps(step).encode(), signed="yes"
        )
        assert closed["status"] == "closed"


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
