"""Offsets behind a time: +02:00, GMT+2, UTC, or a zone by its short name."""

import re
from datetime import UTC, timedelta, timezone

OFFSET = (
    r"(?:\s?\(?(?P<offset>z|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?|[a-z]{2,5})\.?\)?"
    r"(?:\s?\([^()]{1,40}\))?)?"
)
_IN_NUMBERS = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?")
# Short names that mean one offset wherever they are used; IST, CST and AST do not.
_HOURS = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "mez", "west", "bst", "wat"), 1),
    **dict.fromkeys(("eet", "cest", "mesz", "cat", "sast"), 2),
    **dict.fromkeys(("eest", "msk", "trt", "eat"), 3),
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("mst", "pdt"), -7),
    "gst": 4,
    "pkt": 5,
    "edt": -4,
    "mdt": -6,
    "pst": -8,
}


def read_offset(text: str) -> timezone | None:
    """The offset of a text that ``OFFSET`` found; None for a word that says none, such as Uhr."""
    if text in _HOURS:
        hours = _HOURS[text]
        return timezone(timedelta(hours=hours)) if hours else UTC
    found = _IN_NUMBERS.fullmatch(text)
    if found is None:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-length if found[1] == "-" else length) if length < timedelta(days=1) else None
