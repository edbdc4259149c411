"""What an article's page says about it beside its text: addresses and facts."""

from typing import Any
from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _

from eventsapp.documents.blocks import Document
from eventsapp.edge.settings import current_settings
from eventsapp.news.compose import funding_of_article, lead_of
from eventsapp.news.items import urls_of
from eventsapp.news.models import Article
from eventsapp.photos.links import whole_media_url
from eventsapp.web.countries import country_name
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Format

ATTENDANCE = {
    Format.HYBRID: "MixedEventAttendanceMode",
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.IN_PERSON: "OfflineEventAttendanceMode",
}


def absolute(endpoint: str, **values: Any) -> str:
    """A whole address under our own name, never under the one a request claims."""
    return current_settings().base_url + url_for(endpoint, **values)


def kicker_of(article: Article) -> list[str]:
    return [country_name(code) for code in article.country_codes]


def share_links(url: str, headline: str) -> list[tuple[str, str]]:
    """Ways to hand an article on, as plain addresses: nobody hears of it before one is followed."""
    both, alone = quote(f"{headline}\n{url}", safe=""), quote(url, safe="")
    subject = quote(headline, safe="")
    return [
        (_("Mail"), f"mailto:?subject={subject}&body={both}"),
        ("WhatsApp", f"https://wa.me/?text={both}"),
        ("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={alone}"),
        ("X", f"https://x.com/intent/post?text={subject}&url={alone}"),
    ]


def json_ld(article: Article, document: Document) -> dict[str, Any]:
    """The article for machines (schema.org); the private way to join is not among it."""
    lang = document.lang
    organiser = {"@type": "Organization", "name": _organisation_of(article, lang)}
    funding = funding_of_article(article)
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
            for donor in (funding.donors if funding else ())
        ],
    }
    lead, _rest = lead_of(document)
    if lead is not None:
        found["image"] = whole_media_url(lead.key)
    if article.workshop:
        found["about"] = _event(article.workshop, lang, organiser)
    if article.workshop and article.workshop.city:
        found["dateline"] = article.workshop.city.text(lang)
    if article.correction:
        found["correction"] = article.correction.text(lang)
    return found


def _organisation_of(article: Article, lang: str) -> str:
    """Who carries out the project; the organisation itself where there is none."""
    if article.project is None:
        return current_settings().organisation
    return article.project.organisation.name.text(lang)


def _event(workshop: Workshop, lang: str, organiser: dict[str, str]) -> dict[str, Any]:
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
