"""The news of the last two days for search engines' news pages (Google's sitemap-news 0.9)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

from eventsapp.news.channel import Item, PullChannel, Site, Withdrawal
from eventsapp.news.channels import _maps

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
FRESH = timedelta(days=2)


def draw(site: Site, items: Sequence[Item], _withdrawn: Sequence[Withdrawal], now: datetime) -> str:
    root = _maps.make_root(news=NEWS)
    fresh = [item for item in items if now - item.published < FRESH]
    for item, lang in _maps.every(fresh):
        news = ET.SubElement(_maps.add_address(root, item, lang), "news:news")
        publication = ET.SubElement(news, "news:publication")
        ET.SubElement(publication, "news:name").text = site.publisher
        ET.SubElement(publication, "news:language").text = lang
        ET.SubElement(news, "news:publication_date").text = item.published.isoformat()
        ET.SubElement(news, "news:title").text = item.headlines[lang]
    return _maps.write(root)


NEWS_SITE_MAP = PullChannel(
    key="news_sitemap",
    label="News sitemap",
    file="news-sitemap.xml",
    media_type="application/xml",
    # As many as such a map may hold, in three languages each.
    most=333,
    draw=draw,
    is_feed=False,
)
