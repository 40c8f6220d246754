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

    def __init_subclass__(cls) -> None:
        cls.type = "".join(f"-{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("-")


class Unauthorized(Problem):
    """Please sign in."""

    status = 401
    title = "Please sign in"


class TokenExpired(Problem):
    """The sign-in has expired."""

    status = 401
    title = "The sign-in has expired"


class TokenInvalid(Problem):
    """The sign-in is not valid."""

    status = 401
    title = "The sign-in is not valid"


class SessionRevoked(Problem):
    """This device was signed out."""

    status = 401
    title = "This device was signed out"


class BadCredentials(Problem):
    """User name or password is wrong."""

    status = 401
    title = "User name or password is wrong"


class TwoCredentials(Problem):
    """Send the cookie or the bearer token, not both."""

    status = 400
    title = "Send the cookie or the bearer token, not both"


class Csrf(Problem):
    """The request did not come from the app."""

    status = 403
    title = "The request did not come from the app"


class Forbidden(Problem):
    """Your role may not do this."""

    status = 403
    title = "Your role may not do this"


class NotFound(Problem):
    """There is nothing here."""

    status = 404
    title = "There is nothing here"


class Validation(Problem):
    """Some of what was sent is not right."""

    status = 422
    title = "Some of what was sent is not right"


class IncompleteAnswers(Problem):
    """Some answers are missing or not complete."""

    status = 422
    title = "Some answers are missing or not complete"


class MalformedJson(Problem):
    """The body is not proper JSON."""

    status = 400
    title = "The body is not proper JSON"


class StaleVersion(Problem):
    """Somebody was faster; look at the present state."""

    status = 409
    title = "Somebody was faster; look at the present state"


class IdReused(Problem):
    """Another record already has this id."""

    status = 409
    title = "Another record already has this id"


class WrongState(Problem):
    """This cannot be done in the present state."""

    status = 409
    title = "This cannot be done in the present state"


class EmptySelection(Problem):
    """No open store fits this selection."""

    status = 409
    title = "No open store fits this selection"


class AlreadyExists(Problem):
    """There is one already."""

    status = 409
    title = "There is one already"


class IncompleteBody(Problem):
    """The body arrived shorter than announced; send it again."""

    status = 400
    title = "The body arrived shorter than announced; send it again"


class DigestMismatch(Problem):
    """The body does not match its hash; send it again."""

    status = 400
    title = "The body does not match its hash; send it again"


class DigestRequired(Problem):
    """The header Content-Digest with sha-256 is required."""

    status = 400
    title = "The header Content-Digest with sha-256 is required"


class LengthRequired(Problem):
    """The header Content-Length is required."""

    status = 411
    title = "The header Content-Length is required"


class TooLarge(Problem):
    """This is too large."""

    status = 413
    title = "This is too large"


class TooManyPixels(Problem):
    """The picture has too many pixels."""

    status = 413
    title = "The picture has too many pixels"


class UnsupportedMedia(Problem):
    """This content type is not accepted here."""

    status = 415
    title = "This content type is not accepted here"


class NotAPicture(Problem):
    """This is not a JPEG, PNG or WebP picture."""

    status = 415
    title = "This is not a JPEG, PNG or WebP picture"


class TooManyRequests(Problem):
    """Too many tries; wait a moment."""

    status = 429
    title = "Too many tries; wait a moment"


class Unavailable(Problem):
    """The server cannot take this now; try again soon."""

    status = 503
    title = "The server cannot take this now; try again soon"


class GaveUp(Problem):
    """It was tried three times and never came to an end."""

    status = 500
    title = "It was tried three times and never came to an end"
