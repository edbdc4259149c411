"""The data for search engines, read as JSON-LD by a library of its own: nothing is fetched."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyld import jsonld

from eventsapp.core import db
from eventsapp.core.texts import LANGUAGES
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Format
from tests.factories.news import make_article, workshop_of

SCHEMA = "https://schema.org/"
# schema.org's own context says the same of the names used here.
CONTEXT = {"@context": {"@vocab": SCHEMA, "type": "@type", "id": "@id"}}
ARTICLE = {
    "headline", "description", "inLanguage", "datePublished", "dateModified", "author",
    "publisher", "funder", "about", "dateline", "mainEntityOfPage",
}  # fmt: skip
EVENT = {
    "name", "startDate", "endDate", "eventAttendanceMode", "location", "organizer", "url",
}  # fmt: skip
Node = dict[str, Any]


def _local(url: str, _options: object) -> Node:
    assert url.rstrip("/") in {"https://schema.org", "http://schema.org"}, url
    return {"contentType": "application/json", "contextUrl": None, "documentUrl": url,
            "document": CONTEXT}  # fmt: skip


def expanded(page: str) -> Node:
    """The one thing that the page describes, all names written out."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    (node,) = jsonld.expand(json.loads(found[1]), {"documentLoader": _local})
    assert isinstance(node, dict)
    return node


def names(node: Node) -> set[str]:
    return {key.removeprefix(SCHEMA) for key in node if not key.startswith("@")}


def kinds(nodes: list[Node]) -> list[str]:
    return [node["@type"][0].removeprefix(SCHEMA) for node in nodes]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_article_is_a_news_article_about_an_event(client: FlaskClient, lang: str) -> None:
    article = make_article()
    node = expanded(client.get(f"/news/{article.slug}?lang={lang}").text)
    assert node["@type"] == [f"{SCHEMA}NewsArticle"]
    assert names(node) >= ARTICLE
    assert node[f"{SCHEMA}inLanguage"] == [{"@value": lang}]
    (event,) = node[f"{SCHEMA}about"]
    assert names(event) >= EVENT
    assert kinds(event[f"{SCHEMA}location"]) == ["Place", "VirtualLocation"]


@pytest.mark.parametrize(
    ("form", "mode", "places"),
    [
        (Format.HYBRID, "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
        (Format.ONLINE, "OnlineEventAttendanceMode", ["VirtualLocation"]),
        (Format.IN_PERSON, "OfflineEventAttendanceMode", ["Place"]),
    ],
)
def test_a_workshop_says_how_it_is_attended_and_never_the_way_in(
    client: FlaskClient, form: Format, mode: str, places: list[str]
) -> None:
    article = make_article()
    workshop = _make_it(workshop_of(article), form)
    page = client.get(f"/workshops/{workshop.ref}?lang=en").text
    event = expanded(page)
    assert event["@type"] == [f"{SCHEMA}EducationEvent"]
    assert names(event) >= EVENT | {"description", "eventStatus", "identifier"}
    assert event[f"{SCHEMA}eventAttendanceMode"] == [{"@value": f"{SCHEMA}{mode}"}]
    assert kinds(event[f"{SCHEMA}location"]) == places
    assert workshop.join_link
    for text in (page, client.get(f"/news/{article.slug}?lang=en").text):
        assert workshop.join_link not in text


def test_a_name_that_schema_org_lacks_would_be_lost_not_kept() -> None:
    """Without a vocabulary nothing is kept: what the tests above see, the library understood."""
    assert jsonld.expand({"headline": "News"}) == []


@db.transaction
def _make_it(workshop: Workshop, form: Format) -> Workshop:
    found = db.get(Workshop, workshop.id)
    found.format = form
    found.join_link = "https://calls.example/secret-room"
    return found
