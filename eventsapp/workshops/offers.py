"""The details step of the story, and how a workshop introduces itself on every page about it."""

from typing import Any
from urllib.parse import urlencode
from zoneinfo import available_timezones

from babel import Locale
from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventsapp.core.actor import Actor
from eventsapp.projects.queries import list_contracts
from eventsapp.web.countries import country_name
from eventsapp.web.filters import period, text
from eventsapp.web.locale import current_language
from eventsapp.web.registry import Part, Registry, StoryStep
from eventsapp.workshops import queries, rules
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.rules import STATUS_WORDS
from eventsapp.workshops.types import PUBLIC_STATUSES, Format, Status

STATUS_LABELS = {status: _l(word) for status, word in STATUS_WORDS.items()}
FORMAT_WORDS = {
    Format.IN_PERSON: _l("in person"),
    Format.HYBRID: _l("hybrid"),
    Format.ONLINE: _l("online"),
}
PART_WORDS = {
    "purpose": _l("purpose"),
    "agenda": _l("agenda"),
    "teams": _l("presenting teams"),
}
LONGEST_SLUG = 200
TONES = {
    Status.OPEN: "good",
    Status.CANCELLED: "bad",
    Status.DRAFT: "wait",
    Status.REPORTED: "accent",
}


def offer(registry: Registry) -> None:
    registry.story["workshops"] = details_step
    registry.workshop_parts.append(contracts_part)
    registry.template_filters["language_name"] = language_name
    registry.template_globals.update(
        workshop_heading=heading,
        workshop_place=place,
        workshop_status=lambda workshop: STATUS_LABELS[Status(workshop.status)],
        workshop_format=lambda workshop: FORMAT_WORDS[Format(workshop.format)],
        map_url=map_url,
        topic_name=topic_name,
        time_zones=lambda: sorted(available_timezones()),
        workshop_tone=lambda workshop: TONES.get(Status(workshop.status), "quiet"),
    )


def details_step(workshop: Workshop) -> StoryStep:
    missing = rules.missing_parts(workshop)
    if missing:
        state = _("missing: %(what)s", what=PART_WORDS[missing[0]])
    elif workshop.status == Status.DRAFT:
        state = _("ready to open")
    else:
        state = str(STATUS_LABELS[Status(workshop.status)])
    return StoryStep(
        key="workshops",
        label=_("Details"),
        url=url_for("workshops.manage", workshop_id=workshop.id),
        state=state,
        is_done=not missing and workshop.status != Status.DRAFT,
    )


def contracts_part(workshop: Workshop, actor: Actor) -> Part | None:
    """Only where the project has further contracts to choose from."""
    if not rules.may_manage(workshop, by=actor) or not list_contracts(workshop.project_id):
        return None
    return Part(
        label=_("Contracts"),
        url=url_for("workshops.contracts", workshop_id=workshop.id),
        state=", ".join(row.number for row in workshop.contracts) or _("the project’s own"),
        order=40,
    )


def heading(workshop: Workshop) -> dict[str, Any]:
    """What stands on top of every management page of a workshop."""
    status = Status(workshop.status)
    return {
        "title": text(workshop.title),
        "ref": workshop.ref,
        "url": url_for("workshops.show", ref=workshop.ref) if status in PUBLIC_STATUSES else "",
        "dates": period(workshop.starts_at, workshop.ends_at, workshop.timezone),
        "place": place(workshop),
        "status": STATUS_LABELS[status],
        "tone": TONES.get(status, "quiet"),
    }


def language_name(code: str) -> str:
    """``fr`` is French, français or الفرنسية."""
    return str(Locale(current_language()).languages.get(code, code))


def topic_name(slug: str) -> str:
    """A topic in the language being written; its slug where there is no such topic any more."""
    topic = queries.find_topic(slug)
    return text(topic.name) if topic else slug


def topic_from_address() -> str:
    """The topic that an address narrows to; one that is called otherwise by now leads there."""
    asked = request.args.get("topic", "")[:LONGEST_SLUG]
    present = queries.find_renamed_topic(asked) if asked else ""
    if not present:
        return asked
    kept = [(name, text) for name, text in request.args.items(multi=True) if name != "topic"]
    query = urlencode([*kept, ("topic", present)])
    return abort(redirect(f"{request.script_root}{request.path}?{query}", 301))


def map_url(workshop: Workshop) -> str:
    """A link to a public map; nothing is called until a reader follows it."""
    words = [workshop.venue, workshop.address, text(workshop.city)]
    where = ", ".join([*filter(None, words), country_name(workshop.country_code)])
    return f"https://www.openstreetmap.org/search?{urlencode({'query': where})}"


def place(workshop: Workshop) -> str:
    """``Tripoli, Libya (hybrid)``, or ``Online``."""
    if workshop.format == Format.ONLINE:
        return str(_("Online"))
    where = _(
        "%(city)s, %(country)s",
        city=text(workshop.city),
        country=country_name(workshop.country_code),
    )
    if workshop.format == Format.HYBRID:
        return str(_("%(place)s and online", place=where))
    return str(where)
