"""What the formats' documents ask for, in our words: sitemaps, Google's news, IPTC's ninjs."""

import re
from datetime import datetime
from typing import Any

from lxml import etree

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
XSD = "http://www.w3.org/2001/XMLSchema"

# sitemaps.org: loc is needed and shorter than 2,048 characters, lastmod is a W3C date; what others
# add to an address has to be known, too: alternates by language, and Google's news.
_ADDRESSES = f"""
<xs:schema xmlns:xs="{XSD}" targetNamespace="{SITEMAP}" xmlns="{SITEMAP}"
    xmlns:n="{NEWS}" xmlns:h="{XHTML}" elementFormDefault="qualified">
  <xs:import namespace="{NEWS}"/><xs:import namespace="{XHTML}"/>
  <xs:element name="urlset"><xs:complexType><xs:sequence>
    <xs:element name="url" minOccurs="0" maxOccurs="50000"><xs:complexType><xs:sequence>
      <xs:element name="loc"><xs:simpleType><xs:restriction base="xs:anyURI">
        <xs:minLength value="12"/><xs:maxLength value="2048"/>
      </xs:restriction></xs:simpleType></xs:element>
      <xs:element name="lastmod" minOccurs="0"><xs:simpleType>
        <xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType></xs:element>
      <xs:any namespace="##other" processContents="strict" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="sitemapindex"><xs:complexType><xs:sequence>
    <xs:element name="sitemap" maxOccurs="50000"><xs:complexType><xs:sequence>
      <xs:element name="loc"><xs:simpleType><xs:restriction base="xs:anyURI">
        <xs:minLength value="12"/><xs:maxLength value="2048"/>
      </xs:restriction></xs:simpleType></xs:element>
      <xs:element name="lastmod" minOccurs="0"><xs:simpleType>
        <xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
# Google's news: publication, date and title are needed, the language is ISO 639.
_NEWS = f"""
<xs:schema xmlns:xs="{XSD}" targetNamespace="{NEWS}" xmlns="{NEWS}" elementFormDefault="qualified">
  <xs:element name="news"><xs:complexType><xs:all>
    <xs:element name="publication"><xs:complexType><xs:all>
      <xs:element name="name" type="xs:string"/>
      <xs:element name="language"><xs:simpleType><xs:restriction base="xs:string">
        <xs:pattern value="zh-cn|zh-tw|[a-z]{{2,3}}"/></xs:restriction></xs:simpleType></xs:element>
    </xs:all></xs:complexType></xs:element>
    <xs:element name="publication_date"><xs:simpleType>
      <xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType></xs:element>
    <xs:element name="title"><xs:simpleType><xs:restriction base="xs:string">
      <xs:minLength value="1"/></xs:restriction></xs:simpleType></xs:element>
  </xs:all></xs:complexType></xs:element>
</xs:schema>"""
_LINKS = f"""
<xs:schema xmlns:xs="{XSD}" targetNamespace="{XHTML}" xmlns="{XHTML}">
  <xs:element name="link"><xs:complexType>
    <xs:attribute name="rel" use="required" fixed="alternate"/>
    <xs:attribute name="hreflang" type="xs:language" use="required"/>
    <xs:attribute name="href" type="xs:anyURI" use="required"/>
  </xs:complexType></xs:element>
</xs:schema>"""


class _Parts(etree.Resolver):  # type: ignore[misc] # the library ships no types
    def resolve(self, url: str, _id: Any, context: Any) -> Any:
        return self.resolve_string({"news": _NEWS, "links": _LINKS}[url], context)


def _schema() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_Parts())
    whole = _ADDRESSES.replace(
        f'namespace="{NEWS}"/>', f'namespace="{NEWS}" schemaLocation="news"/>'
    )
    whole = whole.replace(f'namespace="{XHTML}"/>', f'namespace="{XHTML}" schemaLocation="links"/>')
    return etree.XMLSchema(etree.fromstring(whole, parser))


def check_sitemap(text: bytes) -> Any:
    """The map, read; fails with what is wrong about it."""
    found = etree.fromstring(text)
    _schema().assertValid(found)
    return found


# ninjs 2.1: what each property may hold; a list's item says its own properties, needed ones marked.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_TYPES = {"text", "audio", "video", "picture", "graphic", "composite", "component"}
_STATUSES = {"usable", "withheld", "canceled"}
_MOMENTS = {"firstcreated", "versioncreated", "contentcreated", "embargoed", "expires"}
_STRINGS = {
    "profile", "version", "copyrightholder", "copyrightnotice", "usageterms", "ednote", "language",
    "title", "by", "slugline", "located", "representationtype", "uri", "type", "pubstatus",
}  # fmt: skip
_NAMED = {"name", "rel", "uri", "literal", "contactinfo"}
_LISTS = {
    "descriptions": ({"role", "contenttype", "value"}, {"value"}),
    "bodies": ({"role", "contenttype", "charcount", "wordcount", "value"}, {"value"}),
    "headlines": ({"role", "contenttype", "value"}, {"value"}),
    "people": (_NAMED, set()),
    "organisations": (_NAMED | {"symbols"}, set()),
    "places": (_NAMED | {"geojson"}, set()),
    "subjects": (_NAMED - {"contactinfo"} | {"creator", "relevance", "confidence"}, set()),
    "infosources": (_NAMED - {"rel"} | {"role"}, set()),
    "altids": ({"role", "value"}, set()),
    "renditions": (
        {"name", "href", "contenttype", "title", "height", "width", "sizeinbytes", "duration"}
        | {"format"},
        {"name"},
    ),
}  # fmt: skip


def check_ninjs(item: dict[str, Any], *, is_associated: bool = False) -> dict[str, Any]:
    """The item as it is; fails where ninjs 2.1 would not have it."""
    assert _URI.fullmatch(item["uri"])
    known = _STRINGS | _MOMENTS | set(_LISTS) | {"standard", "associations", "urgency"}
    assert set(item) - known - ({"name"} if is_associated else set()) == set()
    assert item.get("type", "text") in _TYPES
    assert item.get("pubstatus", "usable") in _STATUSES
    assert item.get("representationtype", "full") in {"full", "partial"}
    assert [name for name in _STRINGS & set(item) if not isinstance(item[name], str)] == []
    for name in _MOMENTS & set(item):
        assert _MOMENT.fullmatch(item[name]), name
        datetime.fromisoformat(item[name])
    for name, (allowed, needed) in _LISTS.items():
        for entry in item.get(name, []):
            assert needed <= set(entry) <= allowed, name
    assert set(item.get("standard", {})) <= {"name", "version", "schema"}
    for inner in item.get("associations", []):
        assert inner["name"]
        check_ninjs(inner, is_associated=True)
    return item
