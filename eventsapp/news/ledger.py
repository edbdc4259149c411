"""What each target should have, and when to try again: decisions only, on plain facts."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden

FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=6)
# A site that asks for more is asked again after a day all the same.
LONGEST_WAIT = timedelta(days=1)
# Longer than all requests that one delivery may take, each at its slowest.
LEASE = timedelta(minutes=3)
NOTHING = 0

Place = tuple[int, str]


class MayNotSetUp(Forbidden):
    message = N_("Only administrators may say where news is sent.")


class MayNotLookAfter(Forbidden):
    message = N_("Only editors may look after where news is sent.")


def check_may_set_up(*, by: Actor) -> None:
    if not by.has(Role.ADMIN):
        raise MayNotSetUp


def may_look_after(*, by: Actor) -> bool:
    return by.has(Role.EDITOR)


def check_may_look_after(*, by: Actor) -> None:
    if not may_look_after(by=by):
        raise MayNotLookAfter


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What is asked of a target; ``takes_all`` also sends what was published before it was set up.

    Lists that are empty narrow nothing; ``projects`` holds ids.
    """

    name: str
    settings: Mapping[str, str]
    languages: Sequence[str]
    countries: Sequence[str]
    projects: Sequence[int]
    takes_all: bool = False

    def columns(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "settings": dict(self.settings),
            "languages": list(self.languages),
            "countries": list(self.countries),
            "projects": list(self.projects),
        }


@dataclass(frozen=True, slots=True)
class Published:
    """An article that is or was live; ``version`` numbers what was published last."""

    article_id: int
    slug: str
    is_live: bool
    version: int
    languages: Sequence[str]
    countries: Sequence[str]
    project_id: int | None
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which articles a target takes; what is empty narrows nothing."""

    languages: Sequence[str]
    countries: Sequence[str]
    projects: Sequence[int]
    since: datetime | None


def wanted_of(coverage: Coverage, articles: Iterable[Published]) -> dict[Place, int]:
    """The version that the target should have, by article and language."""
    return {
        (article.article_id, lang): article.version
        for article in articles
        if article.is_live and takes(coverage, article)
        for lang in article.languages
        if not coverage.languages or lang in coverage.languages
    }


def takes(coverage: Coverage, article: Published) -> bool:
    if coverage.since is not None and article.published_at < coverage.since:
        return False
    if coverage.projects and article.project_id not in coverage.projects:
        return False
    return not coverage.countries or bool(set(coverage.countries) & set(article.countries))


def changes_of(wanted: Mapping[Place, int], had: Mapping[Place, int]) -> dict[Place, int]:
    """What to write down, given what was written down as wanted before."""
    changed = {place: version for place, version in wanted.items() if had.get(place) != version}
    gone = {place: NOTHING for place in had if place not in wanted and had[place] != NOTHING}
    return changed | gone


def delay_after(attempts: int, *, asked: int | None = None) -> timedelta:
    """A minute, then twice as long each time, up to six hours; longer where the site asks for it.

    Spread, so that deliveries that failed together do not come back together.
    """
    doubled = FIRST_DELAY * (1 << min(max(attempts - 1, 0), 12))
    spread = min(LONGEST_DELAY, doubled) * random.uniform(0.8, 1.0)  # noqa: S311 - no secrecy
    wait = timedelta(seconds=asked or 0)
    return max(spread, min(wait, LONGEST_WAIT))
