"""The contract of those who follow a workshop's description: one ``followers.py`` a capability.

People, evidence and answers hang on a workshop, but live on floors that workshops may not know.
A higher capability says here which of its columns point at parts of a workshop, and what it does
when the description changes, inside the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import InstrumentedAttribute

from eventsapp.core.actor import Actor
from eventsapp.core.errors import Refused
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Aspect, Mode


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that points at a part of a workshop, and the refusal to remove such a part.

    The refusal is given the part's ``name`` and the ``count`` of rows that would be lost.
    """

    column: InstrumentedAttribute[int | None]
    refusal: type[Refused]


class Follow(Protocol):
    def __call__(
        self,
        workshop: Workshop,
        changed: frozenset[Aspect],
        *,
        tell: bool,
        by: Actor,
        now: datetime,
    ) -> int: ...


class Copy(Protocol):
    def __call__(
        self, source: Workshop, workshop: Workshop, *, by: Actor, now: datetime
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Follower:
    """``follow`` is called after each change, with what of it concerns people; where ``tell``,
    it writes to them, and answers how many. ``reach`` says how many that could be, by mode.
    ``copy`` gives a copied workshop what its source had, people aside. ``move_topic`` is told that
    a topic is called otherwise in addresses from now on, or became part of another."""

    key: str
    references: tuple[Reference, ...] = ()
    follow: Follow | None = None
    reach: Callable[[Workshop], dict[Mode, int]] | None = None
    copy: Copy | None = None
    move_topic: Callable[[str, str], None] | None = None


FOLLOWERS: dict[str, Follower] = {}


def add_follower(follower: Follower) -> None:
    FOLLOWERS[follower.key] = follower


def reach_of(workshop: Workshop) -> dict[Mode, int]:
    """How many people a change could be told to by mail, by how they take part."""
    found = [one.reach(workshop) for one in FOLLOWERS.values() if one.reach is not None]
    return {mode: sum(reach.get(mode, 0) for reach in found) for mode in Mode}


def move_topic(old: str, new: str) -> None:
    """Let everybody follow who filed something under a topic by its slug."""
    for follower in FOLLOWERS.values():
        if follower.move_topic is not None:
            follower.move_topic(old, new)


def references_to(table: str) -> list[Reference]:
    """Every column of a higher floor that points at the parts kept in ``table``."""
    return [
        reference
        for follower in FOLLOWERS.values()
        for reference in follower.references
        if any(
            key.column.table.name == table
            for key in reference.column.property.columns[0].foreign_keys
        )
    ]
