"""The contract of a channel: one module a way in which news leaves, and withdrawals follow it.

A ``PullChannel`` is fetched by whoever reads it. A ``PushChannel`` is told of each article by the
ledger of deliveries, which repeats until it is done, so both of its acts have to bear that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from eventsapp.core.errors import N_


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
    """The photo an article begins with; ``url`` is whole, ``key`` is its stored file."""

    key: str
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
    empty for channels that carry addresses only; ``html_below_picture`` is for channels that are
    told of each article, and show its photo themselves.
    """

    key: str
    url: str
    urls: Mapping[str, str]
    headlines: Mapping[str, str]
    lang: str
    headline: str
    standfirst: str
    html: str
    html_below_picture: str = ""
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


@dataclass(frozen=True, slots=True)
class Part:
    """One of the files that a map is too big for; ``changed`` is its last change."""

    url: str
    changed: datetime


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
    language; others carry addresses only. One with ``draw_index`` leaves nothing out: beyond
    ``most`` its address names its parts, each at that address with ``part`` in the query.
    """

    file: str
    media_type: str
    most: int
    draw: Draw
    draw_index: Callable[[Sequence[Part]], str] | None = None
    is_feed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Something that whoever sets a target up has to say; label and hint are msgids.

    At most one setting of a channel is secret: it is sealed at rest and never shown again.
    """

    name: str
    label: str
    hint: str = ""
    is_address: bool = False
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A place where news goes, with the secret to get in."""

    name: str
    settings: Mapping[str, str]
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What a target should have now: the article in one language or, where ``item`` is None, not.

    ``key`` names this very state of the article, so that a receiver can tell a repeat. ``handle``
    names the article in this language at this target for ever. ``remote_id`` is what the target
    called it, empty where we do not know.
    """

    key: str
    handle: str
    lang: str
    article_id: int
    version: int
    item: Item | None
    withdrawal: Withdrawal
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the target calls the article now, and where it shows it; both may be unknown."""

    remote_id: str = ""
    url: str = ""


class Failed(Exception):
    """It did not get there. The message is a msgid, in words for whoever looks after the site."""

    def __init__(self, message: str = "", **values: str) -> None:
        super().__init__(message)
        self.message = message or N_("The site cannot be reached.")
        self.values = values


class TryLater(Failed):
    """It may work later; ``after`` is how many seconds the target asked us to wait."""

    def __init__(self, message: str = "", *, after: int | None = None, **values: str) -> None:
        super().__init__(message, **values)
        self.after = after


class NotAllowed(Failed):
    """The target does not let us in: nothing is tried again until its settings change."""


class Impossible(Failed):
    """Sending the same again would not help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushChannel(Channel):
    """A way to targets that are told of news.

    ``send`` brings a target to what the sending says and may be called again for the same; it
    raises a ``Failed``. ``check`` asks a target whether we may send, and says so in a msgid.
    ``makes_secret`` makes the secret where it is ours to give. A built-in channel has one target,
    which is nobody's to set up.
    """

    about: str
    settings: tuple[Setting, ...]
    send: Callable[[Target, Sending], Receipt]
    check: Callable[[Target, Sending], str] | None = None
    makes_secret: Callable[[], str] | None = None
    is_built_in: bool = False
