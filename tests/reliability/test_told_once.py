"""Any number of job processes, killed at any moment, tell everything once; what goes out arrives, and shows once."""

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import sqlalchemy as sa

from api.core.config import ROOT
from api.core.db import db
from api.events import services as events
from api.events.models import FeedPosition
from api.notifications.models import Delivery, Message
from tests.reliability.conftest import House
from tests.support.company import photo_facts, picture
from tests.support.messages import TestBrowser, choose

REPORTS, PROCESSES, KILLS, FAILING = 60, 3, 10, 0.3


class Service:
    """A push service: of three pushes one fails, some of them after it was taken."""

    def __init__(self) -> None:
        self.got: Counter[tuple[str, str]] = Counter()
        self.browsers: dict[str, TestBrowser] = {}
        self.titles: dict[tuple[str, str], str] = {}
        self.dice = random.Random(10)
        self.lock = threading.Lock()

    def take(self, path: str, body: bytes) -> int:
        with self.lock:
            fate = self.dice.random()
            if fate < FAILING / 2:
                return 503
            told = self.browsers[path].read(body)
            self.got[path, told["tag"]] += 1
            self.titles[path, told["tag"]] = told["title"]
            return 500 if fate < FAILING else 201

    def tags(self, browser: TestBrowser) -> dict[str, int]:
        path = "/" + browser.endpoint.rsplit("/", 1)[1]
        return {tag: times for (where, tag), times in self.got.items() if where == path}


@contextmanager
def push_service() -> Iterator[tuple[Service, int]]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(service.take(self.path, body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service, server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def settled(house: House) -> bool:
    """Nothing is left to tell or to send."""
    with house.app.app_context():
        db.session.rollback()
        position = db.session.execute(sa.select(FeedPosition.seq).where(FeedPosition.name == "messages"))
        waiting = sa.select(sa.func.count()).select_from(Delivery).where(Delivery.state == "waiting")
        return position.scalar_one() == events.last_seq() and not db.session.execute(waiting).scalar_one()


def test_three_processes_and_ten_kills_tell_everything_once(house: House, tmp_path: Path) -> None:
    company = house.company
    dice = random.Random(2026)
    now = datetime.now(UTC)
    tells, looks = now - timedelta(hours=3), now
    clock = tmp_path / "clock"
    clock.write_text(f"{tells.isoformat()} {tells.isoformat()}")
    with push_service() as (service, port):
        env = house.env | {"ROUNDS_OUTBOUND_ALLOW": f"127.0.0.1:{port}"}
        fixer, reviewer = (TestBrowser(f"http://127.0.0.1:{port}/{name}") for name in ("fixer", "reviewer"))
        house.app.extensions["rounds_outside"] = _trusting(port)
        for browser, person in ((fixer, company.keeper), (reviewer, company.supervisor)):
            service.browsers["/" + browser.endpoint.rsplit("/", 1)[1]] = browser
            choose(person, timezone="UTC", digest_at=f"{now - timedelta(hours=1):%H:%M}")
            browser.subscribe(person)

        def begin() -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "tests.reliability.teller", str(clock)]
            return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE)

        processes = [begin() for _ in range(PROCESSES)]

        def kill_one() -> None:
            time.sleep(dice.uniform(0.05, 0.7))
            victim = dice.randrange(PROCESSES)
            processes[victim].kill()
            processes[victim].wait()
            processes[victim] = begin()

        try:
            for process in processes:
                assert process.stdout is not None and process.stdout.readline() == b"ready\n"
            for number in range(REPORTS):
                task = company.task()
                company.step("keeper", task, "submit", note="mended", photos=[photo_facts(picture())])
                if number % 10 == 9:
                    kill_one()
            _wait(house, "telling")
            clock.write_text(f"{tells.isoformat()} {looks.isoformat()}")
            for _ in range(KILLS - REPORTS // 10):
                kill_one()
            deadline = time.monotonic() + 60
            while not service.tags(reviewer) and time.monotonic() < deadline:
                time.sleep(0.1)
            _wait(house, "digests")
            time.sleep(1)  # a second digest would come now
            clock.write_text("stop")
            for process in processes:
                assert process.wait(60) == 0
        finally:
            for process in processes:
                process.kill()
    _check(house, service, fixer, reviewer)


def _trusting(port: int) -> object:
    from api.core.outside import Outside

    return Outside(frozenset({f"127.0.0.1:{port}"}))


def _wait(house: House, what: str) -> None:
    deadline = time.monotonic() + 90
    while not settled(house):
        assert time.monotonic() < deadline, f"{what} does not come to an end"
        time.sleep(0.2)


def _check(house: House, service: Service, fixer: TestBrowser, reviewer: TestBrowser) -> None:
    company = house.company
    with house.app.app_context():
        told = db.session.execute(sa.select(Message.user_id, Message.kind, Message.matter)).all()
        counts = Counter((row.user_id, row.kind) for row in told)
        keeper, supervisor = company.people["keeper"].id, company.people["supervisor"].id
        assert counts[keeper, "report.submitted"] == REPORTS
        assert counts[supervisor, "task.submitted"] == REPORTS
        assert len({(row.user_id, row.matter) for row in told}) == len(told)
        rows = db.session.execute(sa.select(Delivery)).scalars().all()
        assert {(row.state, row.last_error) for row in rows} == {("sent", "")}
        digested = [row for row in rows if row.digest_day is not None]
        assert [row.user_id for row in digested] == [supervisor]
        assert len([row for row in rows if row.user_id == keeper]) == REPORTS
    pushed = service.tags(fixer)
    assert len(pushed) == REPORTS
    assert list(service.tags(reviewer)) == [f"digest:{digested[0].digest_day}"]
    assert service.titles["/reviewer", f"digest:{digested[0].digest_day}"] == f"{REPORTS} things today"
    again = sum(pushed.values()) - REPORTS
    print(
        f"{house.kind}: {len(told)} messages, {REPORTS} pushes ({again} came again and replaced themselves), 1 digest"
    )
