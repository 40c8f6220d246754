"""The one catalogue of what can go wrong, by name.

A deed raises one of these; `problems.py` turns it into problem+json (RFC 9457). The phone decides by
`type` whether to send again, to ask for a sign-in, or to keep the thing and show it, so a type never
changes its meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FieldError:
    """One fault in what was sent: a JSON pointer, a stable code, and words for a person."""

    pointer: str
    code: str
    message: str


@dataclass
class Problem(Exception):
    """Something a caller must be told; subclasses fix the type, the status and the title."""

    detail: str = ""
    errors: Sequence[FieldError] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    retry_after: int | None = None

    type = "internal"
    status = 500
    title = "Something went wrong on our side"

    def __str__(self) -> str:
        return f"{self.type}: {self.detail or self.title}"


def _kind(name: str, status: int, title: str) -> type[Problem]:
    return type(name, (Problem,), {"type": _dashed(name), "status": status, "title": title})


def _dashed(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


Unauthorized = _kind("Unauthorized", 401, "Please sign in")
TokenExpired = _kind("TokenExpired", 401, "The sign-in has expired")
TokenInvalid = _kind("TokenInvalid", 401, "The sign-in is not valid")
SessionRevoked = _kind("SessionRevoked", 401, "This device was signed out")
BadCredentials = _kind("BadCredentials", 401, "User name or password is wrong")
TwoCredentials = _kind("TwoCredentials", 400, "Send the cookie or the bearer token, not both")
Csrf = _kind("Csrf", 403, "The request did not come from the app")
Forbidden = _kind("Forbidden", 403, "Your role may not do this")
NotFound = _kind("NotFound", 404, "There is nothing here")
Validation = _kind("Validation", 422, "Some of what was sent is not right")
IncompleteAnswers = _kind("IncompleteAnswers", 422, "Some answers are missing or not complete")
MalformedJson = _kind("MalformedJson", 400, "The body is not proper JSON")
StaleVersion = _kind("StaleVersion", 409, "Somebody was faster; look at the present state")
IdReused = _kind("IdReused", 409, "Another record already has this id")
WrongState = _kind("WrongState", 409, "This cannot be done in the present state")
AlreadyExists = _kind("AlreadyExists", 409, "There is one already")
IncompleteBody = _kind("IncompleteBody", 400, "The body arrived shorter than announced; send it again")
DigestMismatch = _kind("DigestMismatch", 400, "The body does not match its hash; send it again")
DigestRequired = _kind("DigestRequired", 400, "The header Content-Digest with sha-256 is required")
LengthRequired = _kind("LengthRequired", 411, "The header Content-Length is required")
TooLarge = _kind("TooLarge", 413, "This is too large")
TooManyPixels = _kind("TooManyPixels", 413, "The picture has too many pixels")
UnsupportedMedia = _kind("UnsupportedMedia", 415, "This content type is not accepted here")
NotAPicture = _kind("NotAPicture", 415, "This is not a JPEG, PNG or WebP picture")
TooManyRequests = _kind("TooManyRequests", 429, "Too many tries; wait a moment")
Unavailable = _kind("Unavailable", 503, "The server cannot take this now; try again soon")
