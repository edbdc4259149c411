"""A former site's news out of a file: looked at, taken in once, undone."""

import io
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, VISITOR, Role
from eventsapp.core.texts import Texts
from eventsapp.news import service
from eventsapp.news.models import Article, Delivery, PastNewsImport
from eventsapp.news.past import preview_past_news
from eventsapp.news.rules import MayNotPublish
from eventsapp.news.rules.past import NoPastNews, PastNewsChanged, PastNewsDone, to_prose
from tests.factories.workshops import sign_in
from tests.pages import hidden_fields, text_of

NOW = clock.now()
SHEET = (
    "Title,Date,Content,Link,Country\n"
    '"Focal points met",2019-05-03,"<p>Two {days} of <b>talks</b>.</p>'
    '<script>alert(1)</script><ul><li>First</li><li>Second</li></ul>",https://old.example/1,LY\n'
    '"Second news",10.02.2020,"Words alone.",https://old.example/2,"LY;TN"\n'
    '"No day",soon,"Text",https://old.example/3,\n'
    '"Second news",2020-02-10,"The same again.",,\n'
    '"Far away",2020-03-01,"Text",,XX\n'
)
FEED = """<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Old</title>
<item><title>From a feed</title><link>https://old.example/9</link>
<pubDate>Thu, 10 Feb 2022 09:00:00 +0100</pubDate><description>Short.</description>
<content:encoded>&lt;p&gt;The whole text.&lt;/p&gt;</content:encoded></item></channel></rss>"""


def take_in(data: str = SHEET) -> PastNewsImport:
    kept = service.keep_past_news(data.encode(), name="old.csv", lang="en", by=SYSTEM, now=NOW)
    return service.take_in_past_news(kept.id, by=SYSTEM, now=NOW)


def test_a_look_says_what_is_wrong_and_writes_nothing(app: Flask) -> None:
    found = preview_past_news(SHEET.encode(), lang="en", today=NOW.date())
    assert [line.number for line in found.good] == [2, 3]
    assert [(line.number, line.problem and line.problem.field) for line in found.bad] == [
        (4, "date"), (6, "countries"),
    ]  # fmt: skip
    assert [line.number for line in found.there] == [5]
    assert db.session().query(Article).count() == 0


def test_articles_keep_their_day_and_their_words_lose_what_could_harm(
    client: FlaskClient,
) -> None:
    take_in()
    page = client.get("/news/focal-points-met?lang=en").text
    assert "Two {days} of talks." in text_of(page)
    assert "alert(1)" not in page
    assert re.search(r"<li>\s*(<p>)?First", page)
    assert "3 May 2019" in page
    listed = client.get("/news/?lang=en&country=TN").text
    assert "Second news" in listed
    assert "Focal points met" not in listed
    assert "focal-points-met" not in client.get("/news/news-sitemap.xml").text
    assert "focal-points-met" in client.get("/news/sitemap.xml").text


def test_the_same_file_or_another_with_the_same_news_publishes_nothing_twice(app: Flask) -> None:
    take_in()
    with pytest.raises(PastNewsDone):
        take_in()
    other = SHEET.replace("Focal points met", "A new headline")
    found = preview_past_news(other.encode(), lang="en", today=NOW.date())
    assert found.good == []


def test_undoing_takes_everything_away_and_it_can_be_taken_in_again(client: FlaskClient) -> None:
    kept = take_in()
    service.undo_past_news(kept.id, by=SYSTEM, now=NOW)
    assert db.session().query(Article).count() == 0
    assert client.get("/news/focal-points-met").status_code == 404
    take_in()
    assert client.get("/news/focal-points-met").status_code == 200


def test_what_was_changed_since_is_not_taken_away(app: Flask) -> None:
    kept = take_in()
    service.withdraw_article(kept.articles[0][0], Texts.of(en="Wrong."), by=SYSTEM, now=NOW)
    with pytest.raises(PastNewsChanged):
        service.undo_past_news(kept.id, by=SYSTEM, now=NOW)
    assert db.session().query(Article).count() == 2


def test_a_feed_is_read_whole_and_one_with_entities_not_at_all(app: Flask) -> None:
    (line,) = preview_past_news(FEED.encode(), lang="en", today=NOW.date()).good
    assert line.article is not None
    assert (line.article.body, line.article.dated.isoformat()) == ("The whole text.", "2022-02-10")
    hostile = FEED.replace("<rss", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')
    for wrong in (hostile, "a,b\n1,2\n", "<?xml version='1.0'?><rss><broken"):
        with pytest.raises(NoPastNews):
            preview_past_news(wrong.encode(), lang="en", today=NOW.date())


def test_only_who_publishes_may(app: Flask) -> None:
    with pytest.raises(MayNotPublish):
        service.keep_past_news(SHEET.encode(), name="x", lang="en", by=VISITOR, now=NOW)


def test_marks_in_words_stay_letters() -> None:
    assert to_prose("1. *one* [x](y)\n\n- two") == "1\\. \\*one\\* \\[x\\](y)\n\n\\- two"


def test_the_pages_lead_from_the_file_to_the_news(client: FlaskClient) -> None:
    sign_in(client, Role.STAFF)
    form = client.get("/manage/news/import?lang=en").text
    sent = hidden_fields(form) | {"lang": "en"}
    upload = {**sent, "file": (io.BytesIO(SHEET.encode()), "old.csv")}
    answer = client.post("/manage/news/import", data=upload)
    assert answer.status_code == 302
    look = client.get(answer.location).text
    assert "2 can be published, 2 cannot, 1 are there already." in text_of(look)
    assert db.session().query(Article).count() == 0
    client.post(f"{answer.location}/confirm", data=hidden_fields(look))
    assert client.get("/news/second-news").status_code == 200
    done = client.get(answer.location).text
    client.post(f"{answer.location}/undo", data=hidden_fields(done))
    assert db.session().query(Article).count() == 0


def test_channels_are_not_told_of_it(app: Flask) -> None:
    take_in()
    assert db.session().query(Delivery).count() == 0


def test_the_command_says_what_it_did_and_how_to_undo_it(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text(SHEET)
    run = app.test_cli_runner()
    look = run.invoke(args=["news", "import", "--preview", str(file)])
    assert "2 good, 2 bad, 1 there already" in look.output
    assert db.session().query(Article).count() == 0
    done = run.invoke(args=["news", "import", str(file)])
    number = done.output.strip().rpartition(" ")[2]
    assert db.session().query(Article).count() == 2
    assert "undone" in run.invoke(args=["news", "undo-import", number]).output
