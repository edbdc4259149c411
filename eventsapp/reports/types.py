"""The words of a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eventsapp.core.texts import NO_TEXT, Texts


class ReportStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ISSUED = "issued"


# Its snapshot is what counts, whatever its rows have become since.
FROZEN = frozenset({ReportStatus.APPROVED, ReportStatus.ISSUED})

# What somebody typed and did not save is kept this long after they last typed.


class EditionKind(StrEnum):
    """``donor`` may name participants; ``public`` has aggregates only."""

    PUBLIC = "public"
    DONOR = "donor"


class EditionStatus(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, date or name that a report may state, in no language yet.

    ``value`` is plain JSON of the shape its ``kind`` asks for (kinds.py). A fact that is not
    ``public`` stays out of the public edition; a ``withheld`` one exists but may not be printed,
    because too few people stand behind it, and has no value.
    """

    key: str
    kind: str
    value: Any
    label: Texts
    public: bool = True
    withheld: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "kind": self.kind,
            "value": self.value,
            "label": self.label.to_json(),
            "public": self.public,
            "withheld": self.withheld,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Fact":
        return cls(**{**data, "label": Texts.from_json(data["label"])})


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows a fact was counted from.

    ``endpoint`` is the page on which they are kept and can be corrected; ``note`` is a msgid
    that says what was left out, and why.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    endpoint: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextDraft:
    """Prose of one section as somebody saves it; ``version`` 0 means it had drafted itself."""

    section: str
    prose: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A section's place; ``title`` has the languages in which it is not called as usual."""

    key: str
    is_shown: bool = True
    title: Texts = NO_TEXT

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "shown": self.is_shown, "title": self.title.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Place":
        return cls(str(data["key"]), bool(data["shown"]), Texts.from_json(data["title"]))


Outline = tuple[Place, ...]
