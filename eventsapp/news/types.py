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
