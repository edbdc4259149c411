"""Reads of news."""

from eventsapp.news.queries.desk import find_of_workshop, is_taken, public_editions
from eventsapp.news.queries.facets import Facets, count_facets, related_articles
from eventsapp.news.queries.public import (
    WITH_PARTS,
    NewsFilter,
    document_of,
    files_of,
    get_by_slug,
    is_filed_under,
    is_known,
    is_public,
    latest_articles,
    list_articles,
    list_countries,
    list_topics,
    newest_versions,
    recent_articles,
    withdrawn_articles,
)
from eventsapp.news.queries.state import public_state

__all__ = [
    "WITH_PARTS",
    "Facets",
    "NewsFilter",
    "count_facets",
    "document_of",
    "files_of",
    "find_of_workshop",
    "get_by_slug",
    "is_filed_under",
    "is_known",
    "is_public",
    "is_taken",
    "latest_articles",
    "list_articles",
    "list_countries",
    "list_topics",
    "newest_versions",
    "public_editions",
    "public_state",
    "recent_articles",
    "related_articles",
    "withdrawn_articles",
]
