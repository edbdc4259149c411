"""The words of news."""

from enum import StrEnum


class ArticleStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


# What readers see, a withdrawn article as the reason why it went.
LIVE = frozenset({ArticleStatus.PUBLISHED, ArticleStatus.CORRECTED})


class Origin(StrEnum):
    """What an article was made of: a report, nothing but its author's words, a former site."""

    REPORT = "report"
    PLAIN = "plain"
    IMPORTED = "imported"


class TagKind(StrEnum):
    """``country`` has codes (ISO 3166-1 alpha-2), ``topic`` the slugs of the topics there are."""

    COUNTRY = "country"
    TOPIC = "topic"


class TextState(StrEnum):
    """Whether a language's text is published with the article or still being written."""

    DRAFT = "draft"
    READY = "ready"
