"""marshmallow pieces that every room shares."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask_smorest.blueprint import Blueprint as SmorestBlueprint
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser

from api.core.errors import Validation
from api.core.pagination import DEFAULT_LIMIT, MAX_LIMIT
from api.core.problems import field_errors


class _StrictParser(FlaskParser):
    """Unknown fields are refused wherever they stand."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE, "form": RAISE}


class Blueprint(SmorestBlueprint):
    """flask-smorest's Blueprint with the strict parser."""

    ARGUMENTS_PARSER = _StrictParser()


class Moment(fields.DateTime):
    """RFC 3339 in UTC with milliseconds; a time without a zone is refused."""

    default_error_messages = {"naive": "A time needs its zone, as in 2026-11-25T01:02:03Z."}

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return moment_text(value) if isinstance(value, datetime) else value

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        moment = super()._deserialize(value, attr, data, **kwargs)
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            raise self.make_error("naive")
        if not 1990 <= moment.year <= 2200:
            raise self.make_error("invalid", input=value, obj_type="datetime")
        return moment.astimezone(UTC)


class Number(fields.Float):
    """An exact decimal shown as a JSON number."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else plain_number(value)


def moment_text(moment: datetime, *, micro: bool = False) -> str:
    """2026-11-25T01:02:03.123Z, or with all six digits for cursors."""
    precision = "microseconds" if micro else "milliseconds"
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")


def load_strictly(schema: type[Schema], document: Any) -> Any:
    """The document in its shape. Raises Validation with a pointer to each fault."""
    try:
        return schema(unknown=RAISE).load(document)
    except ValidationError as error:
        raise Validation(errors=field_errors(error.messages)) from None


def plain_number(value: Decimal | int | float) -> int | float:
    """A decimal as the JSON number that reads the same."""
    return int(value) if value == int(value) else float(value)


def text(limit: int, **kwargs: Any) -> fields.String:
    """A text of at most `limit` characters."""
    return fields.String(validate=validate.Length(max=limit), **kwargs)


class BilingualSchema(Schema):
    """The same words in Chinese and English; one of them may be empty."""

    zh = fields.String(required=True, validate=validate.Length(max=2000))
    en = fields.String(required=True, validate=validate.Length(max=2000))


class PersonSchema(Schema):
    """Who, as far as a colleague may see."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)


class PageQuery(Schema):
    """Which page."""

    cursor = fields.String(load_default=None, validate=validate.Length(max=600))
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=MAX_LIMIT))


def page_of(inner: type[Schema]) -> Schema:
    """The shape of a list: its items and the cursor of the next page."""
    name = inner.__name__.removesuffix("Schema") + "Page"
    return Schema.from_dict(
        {"items": fields.List(fields.Nested(inner), required=True), "next": fields.String(allow_none=True)},
        name=name,
    )()
