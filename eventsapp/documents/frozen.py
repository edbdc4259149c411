"""Documents as JSON and back, in one canonical form: a snapshot's hash is taken over it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from eventsapp.documents.blocks import KINDS, Block, Document, kind_of

KIND = "block"  # the name under which a block says its kind; a chart has a kind of its own
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class NotADocument(ValueError):
    """The JSON is not a document that this version can read."""


def to_json(document: Document) -> dict[str, Json]:
    return {
        field.name: [_block_to_json(block) for block in document.blocks]
        if field.name == "blocks"
        else _plain(getattr(document, field.name))
        for field in fields(document)
    }


def from_json(data: Mapping[str, Json]) -> Document:
    """Raises NotADocument for anything that ``to_json`` would not have written."""
    try:
        return cast("Document", _build(Document, data))
    except (KeyError, TypeError, ValueError) as error:
        raise NotADocument(str(error)) from error


def canonical(document: Document) -> str:
    """The one spelling of a document: equal documents give equal text, and the reverse."""
    return json.dumps(to_json(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _block_to_json(block: Block) -> dict[str, Json]:
    content = {field.name: _plain(getattr(block, field.name)) for field in fields(block)}
    return {KIND: kind_of(block), **content}


def _plain(value: object) -> Json:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a document")


def _build(cls: type[Any], data: object) -> object:
    if not isinstance(data, Mapping):
        raise TypeError(f"{cls.__name__} must be an object")
    hints = _hints(cls)  # type: ignore[arg-type]  # every class can be hashed
    unknown = sorted(set(data) - set(hints))
    if unknown:
        raise TypeError(f"{cls.__name__} has no {', '.join(unknown)}")
    return cls(**{name: _value(hints[name], value) for name, value in data.items()})


@cache
def _hints(cls: Callable[..., Any]) -> dict[str, Any]:
    return get_type_hints(cls)


def _value(hint: Any, value: object) -> object:
    origin = get_origin(hint)
    if hint == Block:
        return _build_block(value)
    if origin in (Union, UnionType):  # a mapping or its pairs: JSON always holds the pairs
        return _value(get_args(hint)[-1], value)
    if origin is tuple:
        return _tuple(get_args(hint), value)
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, value)
    return _scalar(hint, value)


def _build_block(data: object) -> object:
    if not isinstance(data, Mapping):
        raise TypeError("a block must be an object")
    content = dict(data)
    kind = content.pop(KIND)
    if kind not in KINDS:
        raise ValueError(f"no block is a {kind!r}")
    return _build(KINDS[kind], content)


def _tuple(hints: tuple[Any, ...], value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise TypeError("a sequence must be a list")
    if hints[-1] is Ellipsis:
        return tuple(_value(hints[0], item) for item in value)
    return tuple(_value(hint, item) for hint, item in zip(hints, value, strict=True))


def _scalar(hint: Any, value: object) -> object:
    if hint is datetime and isinstance(value, str):
        return datetime.fromisoformat(value)
    if get_args(hint):  # Literal
        if value not in get_args(hint):
            raise ValueError(f"{value!r} is none of {get_args(hint)}")
        return value
    if hint is float and isinstance(value, int | float):
        return float(value)
    if not isinstance(hint, type) or not isinstance(value, hint):
        raise TypeError(f"{value!r} is not a {hint}")
    return value
