"""Which column of a table holds what."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_SPACE = re.compile(r"[\s\ufeff]+")
# A head stands within the first lines: behind a summary, a title, an empty line.
FURTHEST_HEAD = 40


class Role(StrEnum):
    """What a column can tell."""

    NAME = "name"
    SURNAME = "surname"
    EMAIL = "email"
    DATE = "date"
    JOIN = "join"
    LEAVE = "leave"
    MINUTES = "minutes"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table begins and which column is which, both from 0; no ``head`` is -1."""

    head: int
    at: Mapping[Role, int] = field(default_factory=dict)

    def cell(self, row: list[str], role: Role) -> str:
        """The cell of a column; empty where the column or the cell is not there."""
        column = self.at.get(role, -1)
        return row[column].strip() if 0 <= column < len(row) else ""

    def name(self, row: list[str]) -> str:
        """The whole name on one line, whether it stands in one column or in two."""
        first = self.cell(row, Role.NAME)
        if Role.SURNAME in self.at:
            first = f"{first} {self.cell(row, Role.SURNAME)}".strip()
        return first if first.isprintable() else " ".join(_printable(first).split())

    @property
    def is_complete(self) -> bool:
        """Whether rows tell who was there, and when or how long."""
        has_name = Role.NAME in self.at or Role.EMAIL in self.at
        return has_name and (Role.JOIN in self.at or Role.MINUTES in self.at)

    def to_json(self) -> dict[str, Any]:
        return {"head": self.head, **{str(role): column for role, column in self.at.items()}}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Columns":
        at = {role: int(kept[role]) for role in Role if isinstance(kept.get(role), int)}
        return cls(head=int(kept.get("head", -1)), at=at)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def heads_of(row: list[str]) -> list[str]:
    """Heads as they are compared: whatever their letter case and spacing."""
    return [_SPACE.sub(" ", cell).strip().casefold() for cell in row]


def shape_of(row: list[str]) -> str:
    """What two heads of one layout have in common, short enough to look it up."""
    heads = "\x1f".join(heads_of(row))
    return hashlib.sha256(heads.encode()).hexdigest()


def find_head(
    sheet: list[list[str]],
    names: Mapping[Any, frozenset[str]],
    *,
    needed: frozenset[Any],
    since: int = 0,
) -> tuple[int, dict[Any, int]] | None:
    """The first line that has all the ``needed`` columns, and where each stands.

    ``names`` gives the spellings of each.
    """
    for number, row in enumerate(sheet[since : since + FURTHEST_HEAD], start=since):
        written = heads_of(row)
        columns = {
            name: next(index for index, cell in enumerate(written) if cell in spellings)
            for name, spellings in names.items()
            if spellings & set(written)
        }
        if needed <= set(columns):
            return number, columns
    return None
