"""Articles as channels hand them on, in the language being written."""

from dataclasses import replace

from flask_babel import force_locale
from flask_babel import gettext as _

from eventsapp.core.texts import LANGUAGES
from eventsapp.documents.blocks import Document
from eventsapp.documents.render import article_html
from eventsapp.edge.mail import absolute_url
from eventsapp.edge.settings import current_settings
from eventsapp.news import queries
from eventsapp.news.channel import Item, Picture, Site, Withdrawal
from eventsapp.news.compose import lead_of
from eventsapp.news.models import Article, ArticleVersion
from eventsapp.photos.links import whole_media_url
from eventsapp.web.countries import country_name
from eventsapp.web.locale import current_language


def site(itself: str, *, home: str, about: str = "") -> Site:
    """Who speaks; ``about`` says what a feed is narrowed to."""
    organisation = current_settings().organisation
    title = _("%(organisation)s – News", organisation=organisation)
    return Site(
        title=f"{title} – {about}" if about else title,
        publisher=organisation,
        lang=current_language(),
        home=home,
        itself=itself,
    )


def key_of(article: Article) -> str:
    """A name for feeds that outlives every change of address (RFC 4151)."""
    host = current_settings().base_url.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"tag:{host},{article.created_at:%Y-%m-%d}:news/{article.id}"


def urls_of(article: Article) -> dict[str, str]:
    return {
        lang: absolute_url("news.show", slug=article.slug, lang=lang)
        for lang in LANGUAGES
        if lang in article.languages
    }


def tags_of(article: Article) -> tuple[str, ...]:
    countries = [country_name(code) for code in article.country_codes]
    return (*countries, article.project.acronym) if article.project else tuple(countries)


def language_of(article: Article) -> str:
    """The language being written if the article has it, else its first one."""
    wanted = current_language()
    return wanted if wanted in article.languages else article.languages[0]


def item_in(article: Article, version: ArticleVersion, lang: str) -> Item:
    """The whole article in one of its languages, whoever asks; needs no request's language."""
    with force_locale(lang):
        _lead, below = lead_of(queries.document_of(version, lang))
        return replace(
            item_of(article, version),
            html_below_picture=article_html(below, lang=lang, media_url=whole_media_url),
        )


def item_of(article: Article, version: ArticleVersion) -> Item:
    """The whole article, its text as this version has it."""
    lang = language_of(article)
    document = queries.document_of(version, lang)
    return replace(
        address_of(article),
        version=version.number,
        html=article_html(document.blocks, lang=lang, media_url=whole_media_url),
        author=document.author,
        picture=_picture_of(document),
    )


def _picture_of(document: Document) -> Picture | None:
    lead, _rest = lead_of(document)
    if lead is None:
        return None
    return Picture(
        lead.key, whole_media_url(lead.key), lead.alt, lead.credit, lead.width, lead.height
    )


def address_of(article: Article) -> Item:
    """Where an article is and since when, without its text: as quick for thousands as for one."""
    lang, urls = language_of(article), urls_of(article)
    return Item(
        key=key_of(article),
        url=urls[lang],
        urls=urls,
        headlines={code: article.headline.text(code) for code in urls},
        lang=lang,
        headline=article.headline.text(lang),
        standfirst=article.standfirst.text(lang),
        html="",
        author="",
        dated=article.dated,
        published=article.published_at or article.created_at,
        changed=article.changed_at,
        correction=article.correction.text(lang) if article.correction else "",
        embargoed=article.embargoed_until,
        located=article.workshop.city.text(lang) if article.workshop else "",
        countries=tuple(article.country_codes),
        tags=tags_of(article),
    )


def withdrawal_of(article: Article) -> Withdrawal:
    lang = current_language()
    return Withdrawal(
        key=key_of(article),
        at=article.withdrawn_at or article.changed_at,
        reason=article.withdrawal_reason.text(lang),
        lang=article.withdrawal_reason.choose(lang)[1],
    )


def withdrawal_in(article: Article, lang: str) -> Withdrawal:
    with force_locale(lang):
        return withdrawal_of(article)
