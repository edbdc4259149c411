"""The words of news."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """What an article is filed under; ``topics`` are slugs."""

    original_lang: str
    project_id: int | None = None
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDraft:
    """The words of one language as somebody saves them; ``version`` is the article's as opened.

    ``lead_photo`` and ``quotes`` are None where the usual ones are shown. A minor change, of
    spelling, does not leave translations behind.
    """

    headline: str
    standfirst: str
    body: str
    lead_photo: int | None = None
    quotes: tuple[str, ...] | None = None
    state: TextState = TextState.READY
    is_minor: bool = False
    version: int = 0


# As many mails of ours have come back for good; then the address is not written to any more.
MOST_BOUNCES = 3
