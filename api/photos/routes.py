"""Photos over HTTP: raw bytes in, checked to the last one; the right copy out."""

import hashlib
import re
from typing import Any

from flask import Response, current_app, request, send_file

from api.accounts.auth import current_actor, signed_in
from api.core.bodies import whole_body
from api.core.clock import now
from api.core.errors import NotFound, UnsupportedMedia
from api.core.shapes import Blueprint
from api.core.transaction import end_reading, in_transaction
from api.photos import queries, services, watermarks
from api.photos.models import Photo
from api.photos.schemas import PhotoReceiptSchema, SizeQuery
from storage.blobs import BlobMissing, Blobs
from storage.pictures import CONTENT_TYPES, MAX_BYTES

blp = Blueprint("photos", __name__, url_prefix="/api/v1/photos", description="Photos")
_A_YEAR = "private, max-age=31536000, immutable"
_ASK_AGAIN = "private, max-age=60"  # the report that says what is written on it may come any moment


def blobs() -> Blobs:
    """The store of this app."""
    store: Blobs = current_app.extensions["rounds_blobs"]
    return store


@blp.route("/<sha256>", methods=["PUT"])
@signed_in("photos.write")
@blp.response(201, PhotoReceiptSchema)
@blp.alt_response(200, schema=PhotoReceiptSchema)
def put(sha256: str) -> Any:
    """Keeps a photo: 201 when it is durable, 200 when this person sent it before."""
    _check_address(sha256)
    if request.mimetype not in CONTENT_TYPES.values():
        raise UnsupportedMedia(f"Send {', '.join(CONTENT_TYPES.values())}.")
    actor = current_actor()
    body = whole_body(MAX_BYTES)
    services.check_hash(sha256, hashlib.sha256(body).hexdigest())
    before = queries.upload(sha256, actor.id)
    photo = queries.photo(sha256)
    end_reading()
    if before is not None and photo is not None:
        return _receipt(photo, before.received_at), 200
    facts = services.keep_bytes(blobs(), sha256, body)
    photo, received_at, is_new = in_transaction(services.note, actor, sha256, len(body), facts, now())
    return _receipt(photo, received_at), 201 if is_new else 200


@blp.route("/<sha256>")
@signed_in()
@blp.arguments(SizeQuery, location="query")
@blp.alt_response(200, content_type="image/jpeg")
def get(query: dict[str, Any], sha256: str) -> Response:
    """A photo, to its sender and to those who may see what shows it."""
    _check_address(sha256)
    actor, size = current_actor(), query["size"]
    photo = queries.photo_for(actor, sha256)
    words = watermarks.words_for(actor, sha256, query["shown_by"]) if photo and size == "display" else []
    end_reading()
    if photo is None:
        raise NotFound()
    try:
        file = services.opened(blobs(), sha256, size, words)
    except BlobMissing:
        raise NotFound("The bytes of this photo are gone from the store.") from None
    kind = photo.content_type if size == "original" else "image/jpeg"
    response = send_file(file, mimetype=kind, etag=False, conditional=True)
    response.headers["Cache-Control"] = _ASK_AGAIN if size == "display" else _A_YEAR
    response.set_etag(f"{sha256}-{size}-{watermarks.sign(words)[:16]}" if words else f"{sha256}-{size}")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if size == "original":
        response.headers["Content-Disposition"] = f'attachment; filename="{sha256[:12]}"'
    response.make_conditional(request)
    return response


def _check_address(sha256: str) -> None:
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise NotFound()


def _receipt(photo: Photo, received_at: Any) -> dict[str, Any]:
    return {
        "sha256": photo.sha256,
        "bytes": photo.bytes,
        "width": photo.width,
        "height": photo.height,
        "received_at": received_at,
    }
