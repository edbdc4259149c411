"""A map of more addresses than one file may hold: an index, and parts that leave nothing out."""

from dataclasses import replace
from datetime import timedelta
from urllib.robotparser import RobotFileParser

import pytest
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.news import feeds
from eventsapp.news.models import Article
from tests.factories.archive import fill_archive
from tests.factories.news import PUBLISHED
from tests.news.documented import SITEMAP, check_sitemap

BASE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _two_in_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = feeds.PULLED["sitemap"]
    monkeypatch.setitem(feeds.PULLED, "sitemap", replace(channel, most=2))


def locations(client: FlaskClient, path: str = "/news/sitemap.xml") -> tuple[str, list[str]]:
    """The kind of map and what it names."""
    found = check_sitemap(client.get(path).data)
    kind = found.tag.removeprefix(f"{{{SITEMAP}}}")
    return kind, [one.text for one in found.iter(f"{{{SITEMAP}}}loc")]


def test_up_to_the_limit_one_map_has_all(client: FlaskClient) -> None:
    fill_archive(2)
    kind, found = locations(client)
    assert (kind, {url.partition("?")[0].rpartition("/")[2] for url in found}) == (
        "urlset",
        {"introductory-workshop", "article-1"},
    )


def test_beyond_the_limit_the_map_names_its_parts_which_leave_nothing_out(
    client: FlaskClient,
) -> None:
    slugs = fill_archive(5)
    kind, parts = locations(client)
    assert (kind, parts) == (
        "sitemapindex",
        [f"{BASE}/news/sitemap.xml?part={number}" for number in (1, 2, 3)],
    )
    maps = [locations(client, part.removeprefix(BASE)) for part in parts]
    assert {kind for kind, _ in maps} == {"urlset"}
    named = [{url.partition("?")[0].rpartition("/")[2] for url in found} for _, found in maps]
    assert set.union(*named) == set(slugs)
    assert [len(part) for part in named] == [2, 2, 1]
    assert client.get("/news/sitemap.xml?part=4").status_code == 404
    assert client.get("/news/sitemap.xml?part=-1").status_code == 404


def test_an_embargoed_article_adds_no_part_and_no_later_change(client: FlaskClient) -> None:
    fill_archive(3)
    before = client.get("/news/sitemap.xml").text
    assert "sitemapindex" in before
    hidden = db.session().query(Article).order_by(Article.id.desc()).first()
    assert hidden is not None
    hidden.embargoed_until = PUBLISHED + timedelta(days=40_000)
    hidden.changed_at = PUBLISHED + timedelta(days=1)
    db.session().commit()
    kind, found = locations(client)
    assert (kind, any(hidden.slug in url for url in found)) == ("urlset", False)
    assert "2022-02-11" not in client.get("/news/sitemap.xml").text


def test_robots_are_told_of_the_map_that_names_the_others(client: FlaskClient) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    assert robots.site_maps() == [f"{BASE}/news/sitemap.xml"]
