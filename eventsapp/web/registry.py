"""What lower floors show of higher ones, filled by the capabilities themselves.

The story bar of a workshop and the panels of its public page belong to `workshops`, yet speak of
attendance, feedback, reports and news. Each capability offers its part in its ``offers.py``
(found by discovery); the page asks here and imports none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale
from markupsafe import Markup

from eventsapp.core.actor import Actor
from eventsapp.web.access import current_actor

# The order of the story; a step's key is the capability that offers it.
STORY = ("workshops", "attendance", "feedback", "reports", "news")


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One step of a workshop's story, as its bar shows it."""

    key: str
    label: str
    url: str
    # In words: "done", "3 waiting", "opens in 2 days", "missing: venue".
    state: str
    is_done: bool
    is_current: bool = False
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a workshop's public page, or of its overview, rendered by its owner."""

    key: str
    html: Markup
    order: int = 50


@dataclass(frozen=True, slots=True)
class Part:
    """Something that belongs to a workshop or a project and is kept on a page of its own."""

    label: str
    url: str
    # In words: "none yet", "3 of 5 ready".
    state: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class FeedbackWay:
    """How somebody who took part is asked for feedback: words and, where there is one, a link."""

    text: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PhotoKeeper:
    """Who answers for a stored photo: a capability that shows files of its own."""

    # Whether everybody may see the file of this key.
    is_public: Callable[[str], bool]
    # Whether this person may, as one of those who prepare what shows it.
    may_see: Callable[[str, Actor], bool]


FeedbackOffer = Callable[[Any], FeedbackWay | None]
StoryOffer = Callable[[Any], StoryStep]
PanelOffer = Callable[[Any, Actor], Panel | None]
PartOffer = Callable[[Any, Actor], Part | None]


@dataclass(slots=True)
class Registry:
    story: dict[str, StoryOffer]
    public_panels: list[PanelOffer]
    workshop_parts: list[PartOffer]
    project_parts: list[PartOffer]
    # At most one: feedback's own.
    feedback_ways: list[FeedbackOffer]
    photo_keepers: list[PhotoKeeper]
    # Functions every template may call: how a thing introduces itself.
    template_globals: dict[str, Any]
    template_filters: dict[str, Any]


def init_app(app: Flask) -> Registry:
    registry = Registry(
        story={},
        public_panels=[],
        workshop_parts=[],
        project_parts=[],
        feedback_ways=[],
        photo_keepers=[],
        template_globals=app.jinja_env.globals,
        template_filters=app.jinja_env.filters,
    )
    app.extensions["registry"] = registry
    registry.template_globals.update(workshop_parts=workshop_parts, project_parts=project_parts)
    return registry


def registry_of(app: Flask) -> Registry:
    found: Registry = app.extensions["registry"]
    return found


def story_of(workshop: Any, current: str) -> list[StoryStep]:
    """The steps in order; the first that is not done is the next one."""
    offers = registry_of(current_app).story
    steps = [offers[key](workshop) for key in STORY if key in offers]
    upcoming = next((step.key for step in steps if not step.is_done), None)
    return [
        StoryStep(
            key=step.key,
            label=step.label,
            url=step.url,
            state=step.state,
            is_done=step.is_done,
            is_current=step.key == current,
            is_next=step.key == upcoming,
        )
        for step in steps
    ]


def public_panels(workshop: Any, actor: Actor) -> Iterable[Panel]:
    offered = (offer(workshop, actor) for offer in registry_of(current_app).public_panels)
    return sorted((panel for panel in offered if panel), key=lambda panel: panel.order)


def workshop_parts(workshop: Any) -> list[Part]:
    """What belongs to the workshop and the reader may keep, for templates."""
    return _parts(registry_of(current_app).workshop_parts, workshop)


def project_parts(project: Any) -> list[Part]:
    """What belongs to the project and the reader may keep, for templates."""
    return _parts(registry_of(current_app).project_parts, project)


def _parts(offers: Iterable[PartOffer], owner: Any) -> list[Part]:
    offered = (offer(owner, current_actor()) for offer in offers)
    return sorted((part for part in offered if part), key=lambda part: part.order)


def photo_keepers() -> list[PhotoKeeper]:
    return registry_of(current_app).photo_keepers


def feedback_way(workshop: Any, lang: str) -> FeedbackWay | None:
    """How to give feedback on the workshop, in a language; None while nobody may."""
    with force_locale(lang):
        ways = (offer(workshop) for offer in registry_of(current_app).feedback_ways)
        return next((way for way in ways if way), None)
