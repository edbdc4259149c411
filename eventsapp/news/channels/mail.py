"""Mail to subscribers: each is told of an article once, and of its withdrawal never."""

from eventsapp.core import clock
from eventsapp.core.errors import N_
from eventsapp.news.channel import PushChannel, Receipt, Sending, Target
from eventsapp.news.service import mailing


def send(_target: Target, sending: Sending) -> Receipt:
    """Record a mail for every reader of this language; sending them is the mails' own jobs'.

    A corrected article is mailed to nobody a second time, unless an editor decides so.
    """
    after: int | None = 0
    while sending.item is not None and after is not None:
        after = mailing.tell_readers(sending.article_id, sending.lang, after=after, now=clock.now())
    return Receipt()


SUBSCRIBERS = PushChannel(
    key=mailing.MAIL,
    label=N_("Mail to subscribers"),
    about=N_("Readers who asked for it are told of each article once."),
    settings=(),
    send=send,
    is_built_in=True,
)
