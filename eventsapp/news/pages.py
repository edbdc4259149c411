"""What an article's page and its channels say about it beside its text: addresses and facts."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from eventsapp.core.texts import LANGUAGES
from eventsapp.documents.blocks import Document
from eventsapp.documents.render import article_html
from eventsapp.edge.settings import current_settings
from eventsapp.news import queries
from eventsapp.news.channel import Item, Site, Withdrawal
from eventsapp.news.compose import lead_of
from eventsapp.news.models import Article
from eventsapp.photos.links import media_url
from eventsapp.projects.queries import shown_donors
from eventsapp.web.countries import country_name
from eventsapp.web.locale import current_language
from eventsapp.workshops.types import Format

ATTENDANCE = {
    Format.HYBRID: "MixedEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.IN_PERSON: "OfflineEventAttendanceMode",
}


def absolute(endpoint: str, **values: Any) -> str:
    """A whole address under our own name, never under the one a request claims."""
    return current_settings().base_url + url_for(endpoint, **values)


def language_of(article: Article) -> str:
    """The reader's language if the article has it, else its first one."""
    wanted = current_language()
    return wanted if wanted in article.languages else article.languages[0]


def urls_of(article: Article) -> dict[str, str]:
    return {
        lang: absolute("news.show", slug=article.slug, lang=lang)
        for lang in LANGUAGES
        if lang in article.languages
    }


def kicker_of(article: Article) -> list[str]:
    return [country_name(code) for code in article.country_codes]


def whole_media_url(key: str) -> str:
    return current_settings().base_url + media_url(key)


def site(itself: str) -> Site:
    return Site(
        title=_("%(organisation)s – News", organisation=current_settings().organisation),
        lang=current_language(),
        home=absolute("news.index"),
        itself=itself,
    )


def key_of(article: Article) -> str:
    """A name for feeds that outlives every change of address (RFC 4151)."""
    host = current_settings().base_url.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"tag:{host},{article.created_at:%Y-%m-%d}:news/{article.id}"


def item_of(article: Article) -> Item:
    lang = language_of(article)
    document = queries.document_of(article.versions[-1], lang)
    urls = urls_of(article)
    return Item(
        key=key_of(article),
        url=urls[lang],
        urls=urls,
        lang=lang,
        headline=document.title,
        standfirst=document.subject,
        html=article_html(document.blocks, lang=lang, media_url=whole_media_url),
        author=document.author,
        dated=article.dated,
        published=article.published_at or article.created_at,
        changed=article.changed_at,
        tags=(*kicker_of(article), article.workshop.project.acronym),
    )


def withdrawal_of(article: Article) -> Withdrawal:
    return Withdrawal(
        key=key_of(article),
        at=article.withdrawn_at or article.changed_at,
        reason=article.withdrawal_reason.text(current_language()),
    )


def json_ld(article: Article, document: Document) -> dict[str, Any]:
    """The article for machines (schema.org); the private way to join is not among it."""
    lang = document.lang
    project = article.workshop.project
    organiser = {"@type": "Organization", "name": project.organisation.name.text(lang)}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": document.title,
        "description": document.subject,
        "inLanguage": lang,
        "datePublished": article.dated.isoformat(),
        "dateModified": article.changed_at.isoformat(),
        "mainEntityOfPage": urls_of(article)[lang],
        "author": organiser,
        "publisher": organiser,
        "funder": [
            {"@type": "Organization", "name": donor.name.text(lang)}
            for donor in shown_donors(project)
        ],
        "about": _event(article, lang, organiser),
    }
    lead, _rest = lead_of(document)
    if lead is not None:
        found["image"] = whole_media_url(lead.key)
    if article.workshop.city:
        found["dateline"] = article.workshop.city.text(lang)
    if article.correction:
        found["correction"] = article.correction.text(lang)
    return found


def _event(article: Article, lang: str, organiser: dict[str, str]) -> dict[str, Any]:
    workshop = article.workshop
    page = absolute("workshops.show", ref=workshop.ref)
    place = {
        "@type": "Place",
        "name": workshop.venue or workshop.city.text(lang),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": workshop.city.text(lang),
            "addressCountry": workshop.country_code,
        },
    }
    online = {"@type": "VirtualLocation", "url": page}
    kind = Format(workshop.format)
    where = {Format.ONLINE: [online], Format.IN_PERSON: [place], Format.HYBRID: [place, online]}
    return {
        "@type": "Event",
        "name": workshop.title.text(lang),
        "url": page,
        "startDate": workshop.starts_at.isoformat(),
        "endDate": workshop.ends_at.isoformat(),
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[kind]}",
        "location": where[kind],
        "organizer": organiser,
    }
