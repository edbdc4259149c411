"""The addresses of all news for search engines, one a language, each naming all of them."""

from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from eventsapp.news.channel import Item, Part, PullChannel, Site, Withdrawal
from eventsapp.news.channels import _maps


def draw(
    _site: Site, items: Sequence[Item], _withdrawn: Sequence[Withdrawal], _now: datetime
) -> str:
    root = _maps.make_root(xhtml=_maps.XHTML)
    for item, lang in _maps.every(items):
        _maps.add_languages(_maps.add_address(root, item, lang), item)
    return _maps.write(root)


def draw_index(parts: Sequence[Part]) -> str:
    root = _maps.make_root("sitemapindex")
    for part in parts:
        entry = ET.SubElement(root, "sitemap")
        ET.SubElement(entry, "loc").text = part.url
        ET.SubElement(entry, "lastmod").text = part.changed.isoformat()
    return _maps.write(root)


SITE_MAP = PullChannel(
    key="sitemap",
    label="Sitemap",
    file="sitemap.xml",
    media_type="application/xml",
    # A sitemap holds 50,000 addresses and 50 MB; an article has an address in each of three
    # languages, and each names all of them, which is a kilobyte.
    most=5_000,
    draw=draw,
    draw_index=draw_index,
    is_feed=False,
)
