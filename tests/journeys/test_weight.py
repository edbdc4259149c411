"""What an article weighs on a phone, whom the browser asks for it, and that nothing moves."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from eventsapp.core import db
from eventsapp.news.models import Article

MOST_BYTES = 150_000
# Of the window's area times the way, summed up; below 0.1 counts as calm (web.dev/cls).
MOST_MOVED = 0.05
SHIFTS = """() => new Promise(done => {
  const moved = [];
  new PerformanceObserver(list => list.getEntries().forEach(one => moved.push(
    [one.value, ...one.sources.map(source => source.node?.outerHTML?.slice(0, 80) ?? '')]
  ))).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(moved), 300);
})"""

pytestmark = pytest.mark.xdist_group("accessibility")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_an_article_with_a_photo_is_light_and_asks_nobody_else(
    sample: tuple[Flask, str], chromium: Browser, lang: str
) -> None:
    app, address = sample
    with app.app_context():
        slug = db.session().query(Article.slug).limit(1).scalar()
        db.db.session.remove()
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale=lang)
    page = context.new_page()
    asked: list[Any] = []
    page.on("requestfinished", lambda one: asked.append(one))  # noqa: PLW0108 - it marks what it is given
    page.goto(f"{address}/news/{slug}?lang={lang}")
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    moved = page.evaluate(SHIFTS)
    sizes = {one.url: one.sizes() for one in asked}
    heavy = {url: size["responseBodySize"] for url, size in sizes.items()}
    cookies = context.cookies()
    context.close()
    assert {url.partition("?")[0] for url in heavy if not url.startswith(address)} == set()
    assert any("/photos/" in url for url in heavy)
    assert sum(heavy.values()) < MOST_BYTES, heavy
    assert cookies == []
    assert sum(one[0] for one in moved) < MOST_MOVED, moved
