"""The shape of a selection of stores."""

from typing import Any

from marshmallow import Schema, fields, validate


def _ids(most: int) -> fields.List[Any]:
    return fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=most))


def _words(most: int, length: int) -> fields.List[Any]:
    inner = fields.String(validate=validate.Length(min=1, max=length))
    return fields.List(inner, load_default=list, validate=validate.Length(max=most))


class SelectionSchema(Schema):
    """Which stores; lists that are not empty must all be met."""

    region_ids = _ids(1000)
    types = _words(100, 60)
    tags = _words(100, 60)
    levels = _words(100, 20)
    store_ids = _ids(20_000)
    except_ids = _ids(20_000)
