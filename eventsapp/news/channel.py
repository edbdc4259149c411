"""The contract of a channel: one module a way in which news leaves, and withdrawals follow it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Site:
    """Who speaks, in which language, and where; addresses are whole."""

    title: str
    lang: str
    home: str
    itself: str


@dataclass(frozen=True, slots=True)
class Item:
    """An article as a channel hands it on. ``key`` never changes; ``urls`` are by language."""

    key: str
    url: str
    urls: Mapping[str, str]
    lang: str
    headline: str
    standfirst: str
    html: str
    author: str
    dated: date
    published: datetime
    changed: datetime
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    key: str
    at: datetime
    reason: str


Draw = Callable[[Site, Sequence[Item], Sequence[Withdrawal], datetime], str]


@dataclass(frozen=True, slots=True)
class Channel:
    """``key`` is its endpoint, ``file`` its address below ``/news/``; ``most`` items are given.

    ``draw`` writes what can be read now and what was withdrawn, as of a moment.
    """

    key: str
    file: str
    media_type: str
    most: int
    draw: Draw
