"""What news does in the background: deliveries to every channel, and mails to subscribers."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _

from eventsapp.core import clock, db
from eventsapp.core.errors import N_
from eventsapp.edge.jobs import Run, job
from eventsapp.edge.sealing import SealBroken, unseal
from eventsapp.edge.settings import current_settings
from eventsapp.news import feeds, items
from eventsapp.news.channel import (
    Impossible,
    NotAllowed,
    PushChannel,
    Receipt,
    Sending,
    Target,
    TryLater,
    Withdrawal,
)
from eventsapp.news.ledger import NOTHING
from eventsapp.news.models import Article, ArticleVersion, ChannelTarget
from eventsapp.news.service import deliveries
from eventsapp.news.service.deliveries import Work
from eventsapp.news.service.targets import KEY
from eventsapp.web.locale import current_language

OUR_FAULT = N_("Something went wrong here. Whoever looks after this server finds it in its log.")


@job("news.see_to_channels", every=timedelta(minutes=1))
def see_to_channels(_payload: dict[str, Any], _run: Run) -> None:
    """Bring the ledger up to what is public now, and start what is due."""
    deliveries.see_to_channels(now=clock.now())


@job("news.deliver")
def deliver_article(payload: dict[str, Any], run: Run) -> None:
    """Send what one target should have of one article; again where it changed meanwhile."""
    is_more = True
    while is_more:
        work = deliveries.claim_delivery(payload["delivery"], run.owner, now=clock.now())
        is_more = work is not None and _deliver(work)


def _deliver(work: Work) -> bool:
    """Whether there is more to send at once. What the target says is a state, not an error."""
    try:
        receipt = _send(work)
    except TryLater as failed:
        deliveries.note_later(
            work, failed.message, failed.values, asked=failed.after, now=clock.now()
        )
    except NotAllowed as failed:
        deliveries.note_shut(work, failed.message, failed.values, now=clock.now())
    except Impossible as failed:
        deliveries.note_stopped(work, failed.message, failed.values, now=clock.now())
    except Exception:
        # A fault of ours: the log has it, and whoever looks after the channel sees that it is one.
        deliveries.note_later(work, OUR_FAULT, {}, asked=None, now=clock.now())
        raise
    else:
        return deliveries.note_sent(work, receipt.remote_id, receipt.url, now=clock.now())
    return False


def _send(work: Work) -> Receipt:
    target = db.get(ChannelTarget, work.target_id)
    channel, place = push_channel(target), opened(target)
    sending = sending_of(work)
    # Nothing may stay open while another site takes its time.
    db.session().rollback()
    return channel.send(place, sending)


def push_channel(target: ChannelTarget) -> PushChannel:
    channel = feeds.PUSHED.get(target.kind)
    if channel is None:
        raise Impossible(N_("There is no such channel any more."))
    return channel


def opened(target: ChannelTarget) -> Target:
    try:
        secret = unseal(KEY, target.secret) if target.secret else ""
    except SealBroken:
        raise NotAllowed(
            N_("The key to this channel’s secret is lost. Enter the secret again.")
        ) from None
    return Target(name=target.name, settings=target.settings, secret=secret)


def sending_of(work: Work) -> Sending:
    article = db.get(Article, work.article_id)
    version = _version(article, work.version) if work.version != NOTHING else None
    return Sending(
        key=f"{work.delivery_id}.{work.version or f'gone-{article.changed_at:%Y%m%dT%H%M%S}'}",
        handle=work.handle,
        lang=work.lang,
        article_id=article.id,
        version=work.version,
        item=items.item_in(article, version, work.lang) if version else None,
        withdrawal=items.withdrawal_in(article, work.lang),
        remote_id=work.remote_id,
    )


def _version(article: Article, number: int) -> ArticleVersion:
    return next(version for version in article.versions if version.number == number)


def trial_of(target: ChannelTarget) -> Sending:
    """What a test sends: the withdrawal of something that never was."""
    now = clock.now()
    host = urlsplit(current_settings().base_url).hostname
    gone = Withdrawal(
        key=f"tag:{host},{now:%Y-%m-%d}:test",
        at=now,
        reason=str(_("This is a test.")),
        lang=current_language(),
    )
    return Sending(
        key=f"test-{target.id}-{now:%Y%m%dT%H%M%S}",
        handle="test",
        lang=gone.lang,
        article_id=0,
        version=NOTHING,
        item=None,
        withdrawal=gone,
    )
