"""Tables of news."""

from eventsapp.news.models.articles import Article, ArticleTag, ArticleVersion, SlugRedirect
from eventsapp.news.models.deliveries import ChannelTarget, Delivery
from eventsapp.news.models.past import PastNewsImport
from eventsapp.news.models.subscribers import Subscriber, SubscriberMail
from eventsapp.news.models.writing import (
    ArticleComment,
    ArticlePhoto,
    ArticleText,
    UnsavedArticleText,
)

__all__ = [
    "Article",
    "ArticleComment",
    "ArticlePhoto",
    "ArticleTag",
    "ArticleText",
    "ArticleVersion",
    "ChannelTarget",
    "Delivery",
    "PastNewsImport",
    "SlugRedirect",
    "Subscriber",
    "SubscriberMail",
    "UnsavedArticleText",
]
