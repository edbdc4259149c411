"""An article's own photo: which articles have one, and what keeps it from being published."""

from collections.abc import Sequence

from eventsapp.core.errors import N_, NotFound, Refused
from eventsapp.news.models import Article, ArticlePhoto
from eventsapp.news.types import Origin
from eventsapp.photos.rules import lacks
from eventsapp.photos.types import Obstacle


class PhotoUndescribed(Refused):
    message = N_("Say what the photo shows, in each language of the article.")


class PhotoUnchecked(Refused):
    message = N_("Say who can be recognised in the photo, and that they agreed to it.")


REFUSALS = {Obstacle.ALTERNATIVE: PhotoUndescribed, Obstacle.CONSENT: PhotoUnchecked}


def takes_photo(article: Article) -> bool:
    """News made of a report shows the photos of its workshop."""
    return article.origin != Origin.REPORT


def check_takes_photo(article: Article) -> None:
    if not takes_photo(article):
        raise NotFound


def check_photo(photo: ArticlePhoto | None, languages: Sequence[str]) -> None:
    """Raise what is to be said of the photo before the article is published in these languages."""
    for obstacle in lacks(photo, languages) if photo else ():
        raise REFUSALS[obstacle]
