"""From draft to published: which step comes next, and who may take it."""

from collections.abc import Iterable

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import N_, Forbidden, Invalid, Refused
from eventsapp.news.models import Article, ArticleText
from eventsapp.news.types import LIVE, ArticleStatus, Origin


class WrongState(Refused):
    message = N_("This is not possible for an article in this state.")


class NotApproved(Refused):
    message = N_("The text was changed from what was composed, so somebody else has to approve it.")


class AuthorCannotApprove(Forbidden):
    message = N_("Somebody else has to approve what you wrote.")


class CommentMissing(Invalid):
    message = N_("Write what you want to say.")
    field = "text"


class TakedownNotReviewed(Refused):
    message = N_("It was taken down, and somebody else has to look at that first.")


def is_unpublished(article: Article) -> bool:
    """Whether no version of it was ever public."""
    return article.status not in {*LIVE, ArticleStatus.WITHDRAWN}


def stage_of(article: Article) -> ArticleStatus | None:
    """How far the next version is; None where nobody works on one."""
    if is_unpublished(article):
        return ArticleStatus(article.status)
    return ArticleStatus(article.revision) if article.revision else None


def check_stage(article: Article, *allowed: ArticleStatus | None) -> None:
    if stage_of(article) not in allowed:
        raise WrongState


def is_rewritten(article: Article) -> bool:
    """Whether somebody put words of their own in the place of what is composed."""
    if article.origin != Origin.REPORT:
        return True
    return any(
        part is not None
        for text in article.texts
        for part in (text.headline, text.standfirst, text.body)
    )


def needs_approval(article: Article) -> bool:
    """Whether what would be published now has words that nobody else has approved.

    The report's approval covers what is composed of it; what is published was approved before.
    """
    unapproved = {ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW}
    return stage_of(article) in unapproved and is_rewritten(article)


def check_approved(article: Article) -> None:
    if needs_approval(article):
        raise NotApproved


def authors_of(article: Article) -> frozenset[int]:
    """Everybody whose words or photo are in it, and who sent it for review."""
    writers = {text.edited_by for text in article.texts} | {article.author_id}
    if article.photo is not None:
        writers |= {article.photo.uploaded_by, article.photo.described_by}
    return frozenset(writer for writer in writers if writer is not None)


def check_may_approve(article: Article, *, by: Actor) -> None:
    """An editor, and nobody who wrote any of it."""
    if not by.has(Role.EDITOR):
        raise Forbidden
    if by.id is not None and by.id in authors_of(article):
        raise AuthorCannotApprove


def check_may_review_takedown(article: Article, *, by: Actor) -> None:
    """An editor other than the one who took it down."""
    if not by.has(Role.EDITOR):
        raise Forbidden
    if article.taken_down_by is None or article.status != ArticleStatus.WITHDRAWN:
        raise WrongState
    if article.taken_down_by == by.id:
        raise AuthorCannotApprove(N_("Somebody else has to look at what you took down."))


def check_words(text: str) -> None:
    if not text.strip():
        raise CommentMissing


def outdated_languages(
    texts: Iterable[ArticleText], original_lang: str, languages: Iterable[str]
) -> frozenset[str]:
    """Translations that are older than their original, among these languages.

    What is composed of a report is as new as the report in every language: only an original in
    somebody's own words can leave its translations behind.
    """
    by_lang = {text.lang: text for text in texts}
    original = by_lang.get(original_lang)
    if original is None or (original.headline, original.standfirst, original.body) == (None,) * 3:
        return frozenset()
    return frozenset(
        lang
        for lang in languages
        if lang != original_lang
        and (lang not in by_lang or by_lang[lang].changed_at < original.changed_at)
    )
