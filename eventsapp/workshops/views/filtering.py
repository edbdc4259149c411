"""What a list of workshops is narrowed to, as the address says it."""

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from eventsapp.core.texts import LANGUAGES
from eventsapp.projects import queries as projects
from eventsapp.web.countries import country_name
from eventsapp.web.locale import OWN_NAMES, current_language
from eventsapp.workshops import queries
from eventsapp.workshops.forms import FORMAT_LABELS
from eventsapp.workshops.offers import topic_from_address
from eventsapp.workshops.queries import WorkshopFilter
from eventsapp.workshops.types import Format

WHEN = (("", _l("Any time")), ("upcoming", _l("Upcoming")), ("past", _l("Past")))
LONGEST_WORDS = 100
LARGEST_ID = 2**31 - 1


def filter_from_address(**more: Any) -> WorkshopFilter:
    """Whatever is wrong in an address narrows nothing."""
    args = request.args
    language, series = args.get("language", ""), args.get("series", 0, type=int)
    return WorkshopFilter(
        words=args.get("q", "")[:LONGEST_WORDS],
        country=args.get("country", ""),
        project=args.get("project", ""),
        format=args.get("format", ""),
        when=args.get("when", ""),
        topic=topic_from_address(),
        language=language if language in LANGUAGES else "",
        series=series if 0 < series <= LARGEST_ID else None,
        since=args.get("since", type=date.fromisoformat),
        until=args.get("until", type=date.fromisoformat),
        **more,
    )


def kept_args(*without: str) -> dict[str, Any]:
    """The address's filters, for links that lead to the same list in another shape."""
    left_out = {"page", "lang", *without}
    return {key: text for key, text in request.args.items() if text and key not in left_out}


def is_narrowed(*also: str) -> bool:
    return bool(kept_args(*also))


def filter_choices() -> dict[str, Any]:
    lang = current_language()
    anything = ("", _("All"))
    countries = [(code, country_name(code)) for code in queries.list_countries()]
    topics = [(topic.slug, topic.name.text(lang)) for topic in queries.list_topics()]
    return {
        "countries": [anything, *countries],
        "projects": [anything, *projects.project_slugs(lang)],
        "formats": [anything, *((kind.value, FORMAT_LABELS[kind]) for kind in Format)],
        "topics": [anything, *topics] if topics else [],
        "working_languages": [anything, *OWN_NAMES.items()],
        "whens": WHEN,
    }
