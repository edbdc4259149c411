"""The words of photos."""

from dataclasses import dataclass
from enum import StrEnum

from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.edge.pictures import WHOLE, Box


class Recognisable(StrEnum):
    """Who can be recognised in a photo; nothing is published while nobody has said it."""

    UNKNOWN = "unknown"
    NOBODY = "nobody"
    AGREED = "agreed"


class Obstacle(StrEnum):
    """What keeps a photo from being published."""

    ALTERNATIVE = "alternative"
    CONSENT = "consent"
    WITHDRAWN = "withdrawn"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class PhotoFiles:
    """``master_key`` is the file as it was normalised, ``file_key`` what is left after the crop,
    with its size in pixels."""

    master_key: str
    file_key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PhotoDraft:
    """What people say about a photo. ``person_ids`` are those who can be recognised in it."""

    alternative: Texts = NO_TEXT
    caption: Texts = NO_TEXT
    credit: str = ""
    recognisable: Recognisable = Recognisable.UNKNOWN
    person_ids: frozenset[int] = frozenset()
    box: Box = WHOLE
    is_shown: bool = True
    version: int = 0
