"""What people write in their own words, made fit to be kept."""

import unicodedata
from typing import Any

from eventsapp.core.errors import N_
from eventsapp.questions.types import AnswerRefused


def clean_text(raw: Any, *, max_length: int, lines: bool) -> str | None:
    """What somebody wrote, without surrounding space and without what no database can hold.

    Control characters come from broken keyboards and copied files; a person cannot see them, so
    they are dropped rather than refused. Raises AnswerRefused for what is too long or no text.
    """
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise AnswerRefused
    kept = "".join(_clean(char, lines=lines) for char in raw.replace("\r\n", "\n")).strip()
    if len(kept) > max_length:
        raise AnswerRefused(
            N_("Use at most %(max)d characters; these are %(count)d."),
            max=max_length,
            count=len(kept),
        )
    return kept or None


def _clean(char: str, *, lines: bool) -> str:
    if char in "\n\t":
        return char if lines else " "
    return "" if unicodedata.category(char) in {"Cc", "Cs"} else char


def latin_digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(
        str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char
        for char in text
    )
