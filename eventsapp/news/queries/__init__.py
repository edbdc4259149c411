"""Reads of news."""

from eventsapp.news.queries.desk import find_of_workshop, is_taken, public_editions
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

__all__ = [
    "WITH_PARTS",
    "NewsFilter",
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
    "recent_articles",
    "withdrawn_articles",
]
