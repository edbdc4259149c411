"""Use cases of news: the only place that writes it."""

from eventsapp.news.service.consents import withdraw_quotes
from eventsapp.news.service.correcting import correct_article
from eventsapp.news.service.publishing import publish_report
from eventsapp.news.service.withdrawing import withdraw_article

__all__ = ["correct_article", "publish_report", "withdraw_article", "withdraw_quotes"]
