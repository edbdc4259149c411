"""The contract of a channel: one module a way in which news leaves, and withdrawals follow it.

A ``PullChannel`` is fetched by whoever reads it. A ``PushChannel`` is told of each article by the
ledger of deliveries, which repeats until it is done, so both of its acts have to bear that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PubStatus(StrEnum):
    """IPTC's words for whether a news item may be used."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class Site:
    """Who speaks, in which language, and where; addresses are whole."""

    title: str
    publisher: str
    lang: str
    home: str
    itself: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The photo an article begins with; ``url`` is whole."""

    url: str
    alt: str
    credit: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as a channel hands it on. ``key`` never changes; ``urls`` and
    ``headlines`` are by language.

    Text, author, picture and ``version`` (the number of what was published) are
    empty for channels that carry addresses only.
    """

    key: str
    url: str
    urls: Mapping[str, str]
    headlines: Mapping[str, str]
    lang: str
    headline: str
    standfirst: str
    html: str
    author: str
    dated: date
    published: datetime
    changed: datetime
    version: int = 0
    correction: str = ""
    located: str = ""
    countries: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    picture: Picture | None = None
    status: PubStatus = PubStatus.USABLE
    embargoed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    key: str
    at: datetime
    reason: str
    lang: str


Draw = Callable[[Site, Sequence[Item], Sequence[Withdrawal], datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What all channels have; a module offers one of the kinds below."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PullChannel(Channel):
    """``key`` is its endpoint, ``file`` its address below ``/news/``; ``most`` items are given.

    ``draw`` writes what can be read now and what was withdrawn, as of a moment. A feed
    (``is_feed``) carries whole articles, and can be had for one country, project, topic or
    language; others carry addresses only.
    """

    file: str
    media_type: str
    most: int
    draw: Draw
    is_feed: bool = True
