"""How places, deliveries and their troubles introduce themselves on pages."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from eventsapp.edge.settings import current_settings
from eventsapp.news import feeds
from eventsapp.news.ledger import NOTHING, may_look_after
from eventsapp.news.models import Article, ChannelTarget, Delivery
from eventsapp.news.queries.deliveries import DONE, STOPPED, deliveries_of
from eventsapp.news.queries.subscribers import count_mails
from eventsapp.news.service.mailing import MAIL
from eventsapp.news.types import LIVE, ArticleStatus
from eventsapp.web.locale import OWN_NAMES

Mark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One place of an article: what it is called, how it stands there, and since when."""

    name: str
    mark: Mark
    lang: str = ""
    url: str = ""
    at: datetime | None = None
    trouble: str = ""


def target_name(target: ChannelTarget) -> str:
    return target.name or channel_label(target)


def channel_label(target: ChannelTarget) -> str:
    channel = feeds.PUSHED.get(target.kind)
    return str(_(channel.label)) if channel else target.kind


def trouble_of(row: ChannelTarget | Delivery) -> str:
    """What went wrong last, in the reader's language; empty where nothing did."""
    return str(_(row.error, **row.error_values)) if row.error else ""


def target_mark(target: ChannelTarget, counts: dict[str, int]) -> Mark:
    if not target.is_active:
        return _("switched off"), "quiet"
    if target.is_shut:
        return _("does not let us in"), "bad"
    if counts.get(STOPPED):
        return _("something was refused"), "bad"
    if counts.get("waiting"):
        return _("something waits"), "wait"
    return _("in order"), "good"


def delivery_mark(delivery: Delivery) -> Mark:
    is_wanted = delivery.wanted_version != NOTHING
    if delivery.state == DONE:
        return (_("there"), "good") if is_wanted else (_("not there"), "quiet")
    if delivery.state == STOPPED:
        return _("refused"), "bad"
    if delivery.target.is_shut:
        return _("held back"), "bad"
    if not is_wanted:
        return _("being taken away"), "wait"
    return (
        (_("being sent"), "wait") if delivery.sent_version is None else (_("being changed"), "wait")
    )


def whereabouts_of(article: Article) -> list[Whereabouts]:
    """Where an article is, our own site first; nothing before it was published once."""
    if article.published_at is None:
        return []
    is_live = article.status in LIVE
    own = Whereabouts(
        _("This site: page, feeds and sitemaps"),
        (_("there"), "good") if is_live else (_("not there"), "quiet"),
        at=article.changed_at,
    )
    found = deliveries_of(article.id)
    others = [_whereabouts(one) for one in found if one.target.kind != MAIL]
    return [own, *others, *_mailed(article)]


def _whereabouts(delivery: Delivery) -> Whereabouts:
    trouble = trouble_of(delivery)
    if delivery.target.is_shut:
        trouble = trouble_of(delivery.target)
    return Whereabouts(
        target_name(delivery.target),
        delivery_mark(delivery),
        lang=delivery.lang,
        url=delivery.remote_url,
        at=delivery.sent_at,
        trouble=trouble,
    )


def _mailed(article: Article) -> list[Whereabouts]:
    rows = []
    for correction, (made, sent) in sorted(count_mails(article.id).items()):
        name = _("Mail of the correction") if correction else _("Mail to subscribers")
        told = ngettext("%(num)d subscriber told", "%(num)d subscribers told", sent)
        rows.append(Whereabouts(name, (told, "good" if sent == made else "wait")))
    return rows


def can_mail_correction(article: Article) -> bool:
    """Whether there is a correction that those who were mailed the article do not know of."""
    mailed = count_mails(article.id)
    newest = max((version.number for version in article.versions), default=0)
    is_corrected = article.status == ArticleStatus.CORRECTED
    return is_corrected and NOTHING in mailed and newest not in mailed


def own_name(lang: str) -> str:
    """A language by its own name; nothing where a place has none."""
    return OWN_NAMES.get(lang, "")


def organisation_zone() -> str:
    return current_settings().timezone


TEMPLATE_FILTERS = {"own_name": own_name}
TEMPLATE_GLOBALS = {
    "can_mail_correction": can_mail_correction,
    "channel_label": channel_label,
    "delivery_mark": delivery_mark,
    "may_look_after_channels": lambda actor: may_look_after(by=actor),
    "organisation_zone": organisation_zone,
    "target_mark": target_mark,
    "target_name": target_name,
    "trouble_of": trouble_of,
    "whereabouts_of": whereabouts_of,
}
