import json
import uuid
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from flask import Flask

from tests.support.company import PASSWORD, Company, call


def test_bearer_works_and_says_who_and_what(company: Company) -> None:
    status, me = company.supervisor.get("/me")
    assert status == 200
    assert me["role"] == "supervisor"
    assert [s["id"] for s in me["stores"]] == [str(company.store)]
    assert "inspections.submit" in me["permissions"]
    assert "users.write" not in me["permissions"]


@pytest.mark.parametrize("who", ["supervisor", "nobody"])
def test_a_wrong_password_or_name_is_the_same_401(company: Company, who: str) -> None:
    body = {"username": f"{who}-{company.mark}", "password": "wrong", "transport": "bearer"}
    status, problem = call(company.app, "POST", "/auth/login", body)
    assert (status, problem["type"]) == (401, "/problems/bad-credentials")


def test_guessing_is_slowed_down_and_the_right_password_waits_too(company: Company) -> None:
    username = f"clerk-{company.mark}"
    for _ in range(5):
        body = {"username": username, "password": "wrong"}
        assert call(company.app, "POST", "/auth/login", body)[0] == 401
    answer = company.app.test_client().post(
        "/api/v1/auth/login", json={"username": username, "password": PASSWORD}
    )
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def _token(app: Flask, person: uuid.UUID, **changes: object) -> str:
    now = datetime.now(UTC)
    claims = {
        "iss": "rounds",
        "aud": "rounds-api",
        "exp": now + timedelta(minutes=5),
        "nbf": now,
        "iat": now,
        "jti": str(uuid.uuid4()),
        "sub": str(person),
        "sid": str(uuid.uuid4()),
        "type": "access",
        "fresh": False,
    } | changes
    key = "another key that is long enough to be one" if changes.get("iss") == "other" else "k" * 40
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, key, algorithm="HS256")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"exp": datetime(2020, 1, 1, tzinfo=UTC)}, "token-expired"),
        ({"sid": None}, "token-invalid"),
        ({"exp": None}, "token-invalid"),
        ({"aud": "else"}, "token-invalid"),
        ({"iss": "other"}, "token-invalid"),
        ({"type": "refresh"}, "token-invalid"),
        ({"sub": 7}, "token-invalid"),
        ({}, "session-revoked"),
    ],
)
def test_a_bad_token_is_a_401_and_never_a_422(
    company: Company, changes: dict[str, object], kind: str
) -> None:
    token = _token(company.app, company.people["supervisor"].id, **changes)
    status, problem = call(company.app, "GET", "/me", headers={"Authorization": f"Bearer {token}"})
    assert (status, problem["type"]) == (401, f"/problems/{kind}")


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer a.b.c", "Basic abc", "nonsense", "Bearer " + "x" * 3000]
)
def test_nonsense_in_the_header_is_a_401(app: Flask, header: str) -> None:
    assert call(app, "GET", "/me", headers={"Authorization": header})[0] == 401


def test_cookies_work_with_their_csrf_header_alone(company: Company) -> None:
    client = company.app.test_client()
    body = {"username": f"supervisor-{company.mark}", "password": PASSWORD, "transport": "cookie"}
    answer = client.post("/api/v1/auth/login", json=body)
    assert answer.status_code == 200
    assert "access_token" not in answer.json
    access = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("rounds_access="))
    assert "HttpOnly" in access and "SameSite=Strict" in access
    assert client.get("/api/v1/me").status_code == 200
    refused = client.post("/api/v1/auth/logout")
    assert (refused.status_code, refused.json["type"]) == (403, "/problems/csrf")
    assert (
        client.post("/api/v1/auth/logout", headers={"X-CSRF-TOKEN": answer.json["csrf_token"]}).status_code
        == 204
    )
    assert client.get("/api/v1/me").status_code == 401


def test_cookie_and_bearer_together_are_refused(company: Company) -> None:
    client = company.app.test_client()
    body = {"username": f"supervisor-{company.mark}", "password": PASSWORD, "transport": "cookie"}
    client.post("/api/v1/auth/login", json=body)
    answer = client.get("/api/v1/me", headers={"Authorization": f"Bearer {company.supervisor.token}"})
    assert (answer.status_code, answer.json["type"]) == (400, "/problems/two-credentials")


def _refresh(company: Company, token: str) -> tuple[int, dict[str, str]]:
    return call(company.app, "POST", "/auth/refresh", {"refresh_token": token})


def test_a_lost_refresh_may_be_retried_until_its_successor_was_used(company: Company) -> None:
    first = company.sign_in(f"supervisor-{company.mark}")["refresh_token"]
    _, lost = _refresh(company, first)
    status, again = _refresh(company, first)
    assert status == 200
    ids = [jwt.decode(t["refresh_token"], options={"verify_signature": False})["jti"] for t in (lost, again)]
    assert ids[0] == ids[1]
    assert _refresh(company, again["refresh_token"])[0] == 200
    status, problem = _refresh(company, first)
    assert (status, problem["type"]) == (401, "/problems/session-revoked")
    headers = {"Authorization": f"Bearer {again['access_token']}"}
    assert call(company.app, "GET", "/me", headers=headers)[1]["type"] == "/problems/session-revoked"


def test_an_access_token_does_not_refresh(company: Company) -> None:
    assert _refresh(company, company.supervisor.token)[0] == 401


def test_deactivation_works_on_the_next_request(company: Company) -> None:
    clerk = company.clerk
    assert clerk.get("/me")[0] == 200
    assert company.admin.call("PATCH", f"/users/{clerk.id}", {"is_active": False})[0] == 200
    assert clerk.get("/me")[0] == 401
    body = {"username": clerk.username, "password": PASSWORD}
    assert call(company.app, "POST", "/auth/login", body)[0] == 401


def test_devices_are_listed_and_signed_out_from_afar(company: Company) -> None:
    other = company.sign_in(f"supervisor-{company.mark}")
    sessions = company.supervisor.get("/auth/sessions")[1]["items"]
    mine = [s for s in sessions if not s["current"]]
    assert len(mine) == 1
    assert company.stranger.call("DELETE", f"/auth/sessions/{mine[0]['id']}")[0] == 404
    assert company.supervisor.call("DELETE", f"/auth/sessions/{mine[0]['id']}")[0] == 204
    assert (
        call(company.app, "GET", "/me", headers={"Authorization": f"Bearer {other['access_token']}"})[0]
        == 401
    )


@pytest.mark.parametrize(
    "body", [b"{", b'{"a":1,"a":2}', b"\xff", b'{"username":NaN}', b"[" * 60 + b"]" * 60]
)
def test_a_body_that_is_no_json_is_a_400(app: Flask, body: bytes) -> None:
    status, problem = call(app, "POST", "/auth/login", body)
    assert status in (400, 422), problem
    assert problem["type"] in ("/problems/malformed-json", "/problems/validation")


def test_unknown_fields_are_named(app: Flask) -> None:
    status, problem = call(app, "POST", "/auth/login", {"username": "a", "password": "b", "admin": True})
    assert status == 422
    assert problem["errors"] == [{"pointer": "/admin", "code": "unknown_field", "message": "Unknown field."}]
    assert json.dumps(problem).count("request_id") == 1
