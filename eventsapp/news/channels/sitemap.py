"""The addresses of all news for search engines; the last two days also as news."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

from eventsapp.news.channel import Channel, Item, Site, Withdrawal

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
FRESH = timedelta(days=2)


def draw(site: Site, items: Sequence[Item], _withdrawn: Sequence[Withdrawal], now: datetime) -> str:
    root = ET.Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS, "xmlns:xhtml": XHTML})
    for item in items:
        for lang in item.urls:
            _add(root, site, item, lang, is_fresh=now - item.published < FRESH)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _add(root: ET.Element, site: Site, item: Item, lang: str, *, is_fresh: bool) -> None:
    """One address a language, each naming all of them."""
    url = ET.SubElement(root, "url")
    ET.SubElement(url, "loc").text = item.urls[lang]
    ET.SubElement(url, "lastmod").text = item.changed.isoformat()
    for other, address in item.urls.items():
        link = {"rel": "alternate", "hreflang": other, "href": address}
        ET.SubElement(url, "xhtml:link", link)
    if is_fresh and lang == item.lang:
        news = ET.SubElement(url, "news:news")
        publication = ET.SubElement(news, "news:publication")
        ET.SubElement(publication, "news:name").text = site.title
        ET.SubElement(publication, "news:language").text = item.lang
        ET.SubElement(news, "news:publication_date").text = item.published.isoformat()
        ET.SubElement(news, "news:title").text = item.headline


SITE_MAP = Channel(
    key="sitemap", file="sitemap.xml", media_type="application/xml", most=20_000, draw=draw
)
