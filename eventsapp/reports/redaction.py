"""Taking somebody's words out of what was kept: of JSON of any shape, and of prose."""

from collections.abc import Collection
from typing import Any

GAP = "[…]"


def without(value: Any, words: Collection[str]) -> Any:
    """The same value without these quotes, and with a gap where they stand within other text."""
    if isinstance(value, str):
        return prose_without(value, words)
    if isinstance(value, dict):
        return {key: without(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [without(item, words) for item in value if not _is_quote(item, words)]
    return value


def prose_without(prose: str, words: Collection[str]) -> str:
    for one in words:
        prose = prose.replace(one, GAP)
    return prose


def _is_quote(item: Any, words: Collection[str]) -> bool:
    return isinstance(item, dict) and "attribution" in item and item.get("text") in words
