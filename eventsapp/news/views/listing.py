"""The list of news, narrowed by its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from eventsapp.core.texts import LANGUAGES
from eventsapp.edge.mail import absolute_url
from eventsapp.news import queries
from eventsapp.news.queries import NewsFilter
from eventsapp.news.views.blueprint import pages
from eventsapp.news.views.keeping import kept
from eventsapp.projects import queries as projects
from eventsapp.web.access import public
from eventsapp.web.countries import country_name
from eventsapp.web.locale import OWN_NAMES, current_language
from eventsapp.web.reading import reading
from eventsapp.workshops import queries as workshops
from eventsapp.workshops.offers import topic_from_address

ON_A_PAGE = 20
MOST_CHOICES = 12
FILTERS = ("year", "country", "project", "topic", "in")
KNOWN = frozenset({*FILTERS, "page"})
OLDEST, NEWEST = 1900, 2200


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list: the words, how many would be left, where it leads."""

    label: str
    count: int
    url: str
    is_chosen: bool
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind of choices; ``chosen`` is the one that is made."""

    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.is_chosen), None)


@pages.get("/news/")
@public
@reading
def index() -> Answer:
    return kept(_page, known=KNOWN)


def _page() -> str:
    wanted = filter_of(request.args)
    facets = _facets(wanted)
    return render_template(
        "news/index.html",
        wanted=wanted,
        narrowed=_narrowed(wanted),
        page=queries.list_articles(
            wanted, page=min(request.args.get("page", 1, type=int), 100_000), size=ON_A_PAGE
        ),
        facets=[facet for facet in facets if facet.chosen or len(facet.choices) > 1],
        chosen=[facet.chosen for facet in facets if facet.chosen],
        is_narrowed=bool(_kept(wanted)),
        without_words=url_of(wanted, q=""),
        canonical=absolute_url("news.index", **_named(wanted), lang=current_language()),
        page_url=lambda number: url_of(wanted, page=str(number) if number > 1 else ""),
        hidden={**_named(wanted), "lang": _explicit_language()},
    )


def filter_of(args: Mapping[str, str]) -> NewsFilter:
    """Whatever is wrong in an address narrows nothing."""
    year, lang = args.get("year", ""), args.get("in", "")
    is_year = year.isascii() and year.isdigit() and OLDEST <= int(year[:9]) <= NEWEST
    return NewsFilter(
        words=args.get("q", "").strip()[:100],
        country=args.get("country", "")[:2].upper(),
        project=args.get("project", "")[:100],
        topic=topic_from_address(),
        lang=lang if lang in LANGUAGES else "",
        year=int(year) if is_year else None,
    )


def _kept(wanted: NewsFilter) -> dict[str, str]:
    """What of the filter an address names: only what narrows, always in one order."""
    named = {
        "q": wanted.words,
        "year": str(wanted.year or ""),
        "country": wanted.country,
        "project": wanted.project,
        "topic": wanted.topic,
        "in": wanted.lang,
    }
    return {name: value for name, value in named.items() if value}


def url_of(wanted: NewsFilter, **changed: str) -> str:
    """The list with this filter, ``changed`` in some of its parts; an empty part is left out."""
    named = {name: value for name, value in {**_kept(wanted), **changed}.items() if value}
    # Not by url_for, which would put them in the order of the alphabet.
    base = url_for("news.index")
    return f"{base}{'&' if '?' in base else '?'}{urlencode(named)}" if named else base


def _explicit_language() -> str:
    """The language that the address names, for the form to name it again."""
    lang = request.args.get("lang", "")
    return lang if lang in LANGUAGES else ""


def _named(wanted: NewsFilter) -> dict[str, str]:
    return {name: value for name, value in _kept(wanted).items() if name != "q"}


def _narrowed(wanted: NewsFilter) -> dict[str, str]:
    """What feeds can be narrowed to alike."""
    return {
        "country": wanted.country,
        "project": wanted.project,
        "topic": wanted.topic,
        "lang": wanted.lang,
    }


def _facets(wanted: NewsFilter) -> list[Facet]:
    found, lang = queries.count_facets(wanted), current_language()
    acronyms = {row.slug: row.acronym for row in projects.list_projects()}
    topics = {topic.slug: topic.name.text(lang) for topic in workshops.list_topics()}
    now = _kept(wanted)

    def facet(label: str, name: str, counts: Mapping[str, int], names: Any) -> Facet:
        return Facet(label, tuple(_choices(wanted, name, now.get(name, ""), counts, names)))

    return [
        facet(_("Year"), "year", found.years, lambda year: year),
        facet(_("Country"), "country", found.countries, country_name),
        facet(_("Project"), "project", found.projects, lambda slug: acronyms.get(slug, slug)),
        facet(_("Topic"), "topic", found.topics, lambda slug: topics.get(slug, slug)),
        facet(_("Language"), "in", found.languages, lambda code: OWN_NAMES[code]),
    ]


def _choices(
    wanted: NewsFilter, name: str, chosen: str, counts: Mapping[str, int], label_of: Any
) -> Iterable[Choice]:
    """The most frequent ones, in the order they came in; the chosen one always."""
    often = sorted(counts, key=lambda value: -counts[value])[:MOST_CHOICES]
    shown = [value for value in counts if value in often or value == chosen]
    if chosen and chosen not in counts:
        shown.append(chosen)
    for value in shown:
        is_chosen = value == chosen
        yield Choice(
            label=str(label_of(value)),
            count=counts.get(value, 0),
            url=url_of(wanted, **{name: "" if is_chosen else value}),
            is_chosen=is_chosen,
            lang=value if name == "in" else "",
        )
