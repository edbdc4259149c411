"""What both maps of addresses are made of (sitemaps.org)."""

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

from eventsapp.news.channel import Item

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def make_root(name: str = "urlset", **namespaces: str) -> Any:
    spaces = {f"xmlns:{prefix}": address for prefix, address in namespaces.items()}
    return ET.Element(name, {"xmlns": SITEMAP, **spaces})


def add_address(root: Any, item: Item, lang: str) -> Any:
    """The article's address in a language, and when it last changed."""
    url = ET.SubElement(root, "url")
    ET.SubElement(url, "loc").text = item.urls[lang]
    ET.SubElement(url, "lastmod").text = item.changed.isoformat()
    return url


def add_languages(url: Any, item: Item) -> None:
    """All addresses of the article, this one too: search engines want each to name the others."""
    for other, address in item.urls.items():
        link = {"rel": "alternate", "hreflang": other, "href": address}
        ET.SubElement(url, "xhtml:link", link)


def write(root: Any) -> str:
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def every(items: Sequence[Item]) -> list[tuple[Item, str]]:
    return [(item, lang) for item in items for lang in item.urls]
