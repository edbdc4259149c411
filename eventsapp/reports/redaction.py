"""Taking somebody's words or photo out of what was kept: of JSON of any shape, and of prose."""

from collections.abc import Collection
from typing import Any

GAP = "[…]"


def without(value: Any, words: Collection[str] = (), photos: Collection[str] = ()) -> Any:
    """The same value without these quotes, with a gap where they stand within other text, and
    without the photos of these files."""
    if isinstance(value, str):
        return prose_without(value, words)
    if isinstance(value, dict):
        return {key: without(item, words, photos) for key, item in value.items()}
    if isinstance(value, list):
        return [
            without(item, words, photos)
            for item in value
            if not _is_quote(item, words) and not _is_photo(item, photos)
        ]
    return value


def prose_without(prose: str, words: Collection[str]) -> str:
    for one in words:
        prose = prose.replace(one, GAP)
    return prose


def _is_photo(item: Any, photos: Collection[str]) -> bool:
    """A photo itself, or a block that shows no other."""
    if not isinstance(item, dict):
        return False
    shown = item.get("items")
    if item.get("block") == "photos" and isinstance(shown, list):
        return all(_is_photo(one, photos) for one in shown)
    return item.get("key") in photos and bool({"alt", "alternative"} & item.keys())


def _is_quote(item: Any, words: Collection[str]) -> bool:
    return isinstance(item, dict) and "attribution" in item and item.get("text") in words
