"""Starts the product: database at its newest tables, demo data when it is empty, web server, jobs.

Ends both processes on Ctrl-C or SIGTERM, and the other one when one of them dies.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
START_SECONDS = 60
SIGN_INS = ("admin", "manager", "supervisor", "store")


def main() -> int:
    """Runs until told to stop; the exit code of whichever process ended by itself."""
    port = os.environ.get("PORT", "8000")
    if not port.isdecimal() or taken(int(port)):
        print(f"Port {port} is in use or is no port; try PORT=8001 make run", file=sys.stderr)
        return 1
    env = settings(port)
    flask = [str(BIN / "flask"), "--app", "wsgi"]
    subprocess.run([*flask, "migrate", "--demo"], cwd=ROOT, env=env, check=True, stdout=2)
    web = subprocess.Popen([BIN / "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"], cwd=ROOT, env=env)
    jobs = subprocess.Popen([*flask, "jobs", "run"], cwd=ROOT, env=env, stdout=2)
    return watch(web, jobs, port)


def settings(port: str) -> dict[str, str]:
    """The environment with what was not set filled in; everything is kept under var/."""
    var = ROOT / "var"
    var.mkdir(exist_ok=True)
    env = dict(os.environ)
    if "ROUNDS_SECRET_KEY" not in env and "ROUNDS_SECRET_KEY_FILE" not in env:
        key = var / "secret_key"
        if not key.exists():
            key.touch(mode=0o600)
            key.write_text(secrets.token_hex(32))
        env["ROUNDS_SECRET_KEY_FILE"] = str(key)
    env.setdefault("ROUNDS_PUBLIC_URL", f"http://localhost:{port}")
    env["PORT"] = port
    return env


def taken(port: int) -> bool:
    """True when somebody listens there already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ready(port: str) -> bool:
    """True when the server can serve."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def watch(web: subprocess.Popen[bytes], jobs: subprocess.Popen[bytes], port: str) -> int:
    """Says when it is ready, then waits; ends both when one ends."""
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    told = False
    deadline = time.monotonic() + START_SECONDS
    while not stopping and web.poll() is None and jobs.poll() is None:
        if not told and ready(port):
            told = True
            greet(port)
        if not told and time.monotonic() > deadline:
            print("The server did not become ready.", file=sys.stderr)
            break
        time.sleep(0.3)
    for process in (web, jobs):
        if process.poll() is None:
            process.terminate()
    for process in (web, jobs):
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if stopping else 1


def greet(port: str) -> None:
    """Where it is and how to get in."""
    print(f"\nRounds 巡店 is ready at http://localhost:{port}")
    print(f"Demo sign-ins: {', '.join(SIGN_INS)} · password rounds-demo-2026")
    print(f"The API is described at http://localhost:{port}/api/docs · Ctrl-C stops\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
