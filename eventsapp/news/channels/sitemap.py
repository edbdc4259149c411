"""The addresses of all news for search engines, one a language, each naming all of them."""

from collections.abc import Sequence
from datetime import datetime

from eventsapp.news.channel import Item, PullChannel, Site, Withdrawal
from eventsapp.news.channels import _maps


def draw(
    _site: Site, items: Sequence[Item], _withdrawn: Sequence[Withdrawal], _now: datetime
) -> str:
    root = _maps.make_root(xhtml=_maps.XHTML)
    for item, lang in _maps.every(items):
        _maps.add_languages(_maps.add_address(root, item, lang), item)
    return _maps.write(root)


SITE_MAP = PullChannel(
    key="sitemap",
    label="Sitemap",
    file="sitemap.xml",
    media_type="application/xml",
    # A sitemap holds 50,000 addresses; an article has one in each of three languages.
    most=16_000,
    draw=draw,
    is_feed=False,
)
