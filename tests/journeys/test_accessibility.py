"""Every kind of page passes axe, in English on a laptop and in Arabic on a phone.

Pages are found as people find them, by following links from where each account lands.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException

from tests.journeys.conftest import Visitor

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What each sees first, from where the links are followed; "" is a reader.
STARTS = {
    "": ("/", "/news/", "/workshops/"),
    "organiser": ("/manage/", "/manage/workshops/1"),
    "staff": ("/manage/workshops/1/report",),
    "admin": ("/manage/users", "/manage/projects"),
}
# What is no page but a paper or a letter, shown in a frame; those have checks of their own.
PAPERS = {"reports.preview", "attendance.mail_preview"}
VIEWS = {"en": (1440, 900), "ar": (390, 844)}

pytestmark = pytest.mark.xdist_group("accessibility")


class Pages:
    """Addresses still to be looked at, one for each kind of page."""

    def __init__(self, app: Flask) -> None:
        self._routes = app.url_map.bind("localhost")
        self._seen: set[str] = set()
        self.waiting: list[str] = []

    def kind(self, path: str) -> str:
        """The endpoint of an address; empty for files and what is no page of ours."""
        try:
            endpoint, _arguments = self._routes.match(path, method="GET")
        except HTTPException:
            return ""
        return "" if endpoint in {"static", *PAPERS} else str(endpoint)

    def take(self) -> str | None:
        while self.waiting:
            path = self.waiting.pop(0)
            kind = self.kind(path)
            if kind and kind not in self._seen:
                self._seen.add(kind)
                return path
        return None


def links_of(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(one => one.href)"
    )
    here = urlsplit(page.url).netloc
    return [urlsplit(href).path for href in found if urlsplit(href).netloc == here]


def faults_of(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong, each with its first place, and a page wider than its window."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    faults = [
        {"rule": fault["id"], "at": fault["nodes"][0]["html"][:160]}
        for fault in found["violations"]
    ]
    if page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1"):
        faults.append({"rule": "scrolls sideways", "at": page.url})
    return faults


def look_around(visitor: Visitor, pages: Pages, lang: str) -> dict[str, list[dict[str, Any]]]:
    """The faults by address, of one page of each kind."""
    wrong = {}
    while (path := pages.take()) is not None:
        page, address = visitor.page, f"{visitor.address}{path}?lang={lang}"
        answer = page.request.head(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page.goto(address)
        pages.waiting += links_of(page)
        if faults := faults_of(page):
            wrong[path] = faults
    return wrong


@pytest.mark.parametrize("lang", VIEWS)
def test_every_kind_of_page_can_be_used_by_everybody(
    sample: tuple[Flask, str], chromium: Browser, lang: str
) -> None:
    app, address = sample
    width, height = VIEWS[lang]
    pages = Pages(app)
    wrong: dict[str, list[dict[str, Any]]] = {}
    for account, starts in STARTS.items():
        context = chromium.new_context(viewport={"width": width, "height": height}, locale=lang)
        visitor = Visitor(context.new_page(), address)
        if account:
            visitor.sign_in(account)
        pages.waiting = list(starts)
        wrong |= look_around(visitor, pages, lang)
        context.close()
    assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)


def test_a_page_that_shuts_people_out_is_noticed(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.set_content(
        '<html lang="en"><title>t</title><main><h1>Hi</h1><input>'
        '<p style="color:#999;width:900px">Faint and wide</p></main>'
    )
    rules = {fault["rule"] for fault in faults_of(page)}
    page.close()
    assert {"label", "color-contrast", "scrolls sideways"} <= rules
