"""Use cases of news: the only place that writes it."""

from eventsapp.news.service.consents import withdraw_photos, withdraw_quotes
from eventsapp.news.service.correcting import correct_article
from eventsapp.news.service.drafting import (
    change_slug,
    confirm_translation,
    describe_article,
    discard_draft,
    parts_of,
    save_text,
    write_article,
)
from eventsapp.news.service.past import keep_past_news, take_in_past_news, undo_past_news
from eventsapp.news.service.photo import describe_photo, put_photo, remove_photo, withdraw_photo
from eventsapp.news.service.publishing import open_draft, publish_article, publish_report
from eventsapp.news.service.reviewing import (
    approve_article,
    comment_on,
    send_back,
    submit_article,
)
from eventsapp.news.service.scheduling import (
    PUBLISH_DUE,
    cancel_schedule,
    publish_due,
    schedule_article,
    set_embargo,
)
from eventsapp.news.service.unsaved import discard_typing, keep_typing, sweep_typing
from eventsapp.news.service.withdrawing import (
    confirm_takedown,
    restore_article,
    take_down,
    withdraw_article,
)

__all__ = [
    "PUBLISH_DUE",
    "approve_article",
    "cancel_schedule",
    "change_slug",
    "comment_on",
    "confirm_takedown",
    "confirm_translation",
    "correct_article",
    "describe_article",
    "describe_photo",
    "discard_draft",
    "discard_typing",
    "keep_past_news",
    "keep_typing",
    "open_draft",
    "parts_of",
    "publish_article",
    "publish_due",
    "publish_report",
    "put_photo",
    "remove_photo",
    "restore_article",
    "save_text",
    "schedule_article",
    "send_back",
    "set_embargo",
    "submit_article",
    "sweep_typing",
    "take_down",
    "take_in_past_news",
    "undo_past_news",
    "withdraw_article",
    "withdraw_photo",
    "withdraw_photos",
    "withdraw_quotes",
    "write_article",
]
