"""Bodies that break off on their way, over a real socket: web servers pass them on as if whole."""

import json
import socket
from typing import Any

import pytest

from api.core.ids import new_id
from tests.support.company import Company, digest_header, picture, sha256


def send(
    port: int, path: str, token: str, body: bytes, announced: int, headers: dict[str, str]
) -> tuple[int, Any]:
    lines = [f"PUT /api/v1{path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {token}"]
    lines += [f"Content-Length: {announced}", "Connection: close", *(f"{k}: {v}" for k, v in headers.items())]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    head, _, rest = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(rest)


@pytest.mark.parametrize("missing", [1, 100, 500])
def test_a_truncated_photo_is_refused_and_nothing_is_kept(
    company: Company, server: int, missing: int
) -> None:
    body = picture()
    path = f"/photos/{sha256(body)}"
    status, problem = send(
        server, path, company.supervisor.token, body[:-missing], len(body), {"Content-Type": "image/jpeg"}
    )
    assert (status, problem["type"]) == (400, "/problems/incomplete-body")
    assert company.supervisor.get(path)[0] == 404
    status, receipt = send(
        server, path, company.supervisor.token, body, len(body), {"Content-Type": "image/jpeg"}
    )
    assert (status, receipt["sha256"]) == (201, sha256(body))


def test_a_truncated_report_is_refused_and_nothing_is_kept(company: Company, server: int) -> None:
    raw = json.dumps(company.document()).encode()
    path = f"/inspections/{new_id()}"
    headers = {"Content-Type": "application/json"} | digest_header(raw)
    status, problem = send(server, path, company.supervisor.token, raw[:-20], len(raw), headers)
    assert (status, problem["type"]) == (400, "/problems/incomplete-body")
    assert company.supervisor.get(path)[0] == 404
    assert company.supervisor.get(f"/tasks?store_id={company.store}")[1]["items"] == []
