"""The spaces that French sets before ``: ; ? ! »`` and after ``«``: narrow, and never broken.

People type ordinary ones, which would let a mark begin a line.
"""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

NARROW = "\u202f"
_BEFORE = re.compile(r"(?<=\S) (?=[:;?!»]+(?:[\s)\]*_]|$))")
_AFTER = re.compile(r"(?<=«) (?=\S)")

T = TypeVar("T")


def set_spaces(value: T, lang: str) -> T:
    """The text, or the block with all its texts, as a printer of the language sets it.

    A quote in another language than its document is set as its own.
    """
    found: Any = value
    if isinstance(found, str):
        found = _AFTER.sub(NARROW, _BEFORE.sub(NARROW, found)) if lang == "fr" else found
    elif isinstance(found, tuple):
        found = tuple(set_spaces(item, lang) for item in found)
    elif is_dataclass(found) and not isinstance(found, type):
        own = getattr(found, "lang", "") or lang
        texts = {field.name: getattr(found, field.name) for field in fields(found)}
        found = replace(found, **{name: set_spaces(text, own) for name, text in texts.items()})
    return found  # type: ignore[no-any-return] # of the type that came in
