"""What somebody types into an article is kept before they save it, for themselves alone.

No audit event is written: nothing of the article changes, and a pause in typing is no act.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from eventsapp.core import db, unsaved
from eventsapp.core.actor import Actor
from eventsapp.core.db import transaction
from eventsapp.news import queries, rules
from eventsapp.news.models import Article, UnsavedArticleText
from eventsapp.reports import merging
from eventsapp.reports.rules import WrittenElsewhere


@transaction
def keep_typing(
    article_id: int,
    lang: str,
    texts: Mapping[str, str],
    *,
    opened: Mapping[str, str],
    version: int,
    revision: int,
    by: Actor,
    now: datetime,
) -> int:
    """Keep what was typed and give its new revision; ``revision`` is the last one seen (0: none).

    Raises WrittenElsewhere where another window of the same person kept something else since.
    """
    rules.check_may_publish(by=by)
    article = db.get(Article, article_id)
    typed = merging.changed(texts, opened)
    values = {
        "texts": typed,
        "opened": {key: opened[key] for key in typed if key in opened},
        "article_version": version,
        "saved_at": now,
    }
    owner = {"article_id": article.id, "user_id": by.id, "lang": lang}
    kept = unsaved.keep(UnsavedArticleText, owner, values, seen=revision)
    if kept is None:
        raise WrittenElsewhere
    return kept


@transaction
def discard_typing(article_id: int, lang: str, *, by: Actor) -> None:
    """Forget what was typed and not saved; the article stays as it was saved."""
    rules.check_may_publish(by=by)
    drop_typing(article_id, lang, by=by)


def drop_typing(article_id: int, lang: str, *, by: Actor) -> None:
    row = queries.find_typing(article_id, lang, by=by)
    if row is not None:
        db.session().delete(row)


@transaction
def sweep_typing(*, now: datetime) -> int:
    """Forget what nobody went on with; gives how many texts that were."""
    return unsaved.forget_before(UnsavedArticleText, now - timedelta(days=unsaved.DAYS))
