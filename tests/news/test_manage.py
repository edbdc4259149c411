"""The last step of the story, as staff go it."""

import json
import re

from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core import db
from eventsapp.core.actor import Role
from eventsapp.news import queries
from tests.factories.news import approve, give_file, make_article, workshop_of
from tests.factories.workshops import make_workshop, sign_in

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def _send(client: FlaskClient, path: str, to: str = "", **fields: str) -> tuple[int, str]:
    token = CSRF.search(client.get(path).text)
    assert token
    answer = client.post(to or path, data={"csrf_token": token[1], **fields})
    db.session().rollback()
    return answer.status_code, answer.text


def test_one_button_issues_and_publishes(client: FlaskClient) -> None:
    workshop = make_workshop()
    approve(workshop)
    sign_in(client, Role.EDITOR)
    path = f"/manage/workshops/{workshop.id}/news"
    assert "not published" in client.get(path).text
    assert _send(client, path, dated="2022-02-10")[0] == 302
    article = queries.find_of_workshop(workshop.id)
    assert article is not None
    assert (article.status, str(article.dated)) == ("published", "2022-02-10")
    page = client.get(path).text
    assert "published 10 February 2022" in page
    assert "/manage/jobs/" in page
    assert "Introductory workshop" in client.get("/manage/news/").text


def test_a_future_date_is_refused_beside_its_field(client: FlaskClient) -> None:
    workshop = make_workshop()
    approve(workshop)
    sign_in(client, Role.STAFF)
    path = f"/manage/workshops/{workshop.id}/news"
    status, page = _send(client, path, dated="2999-01-01")
    assert (status, "later than today" in page) == (200, True)
    assert queries.find_of_workshop(workshop.id) is None


def test_correcting_and_withdrawing_ask_for_words(client: FlaskClient) -> None:
    article = make_article()
    sign_in(client, Role.EDITOR)
    path = f"/manage/workshops/{article.workshop_id}/news"
    assert "at least one language" in _send(client, path, f"{path}/correction")[1]
    assert _send(client, path, f"{path}/correction", **{"note-en": "A date."})[0] == 302
    assert "at least one language" in _send(client, path, f"{path}/withdrawal")[1]
    assert _send(client, path, f"{path}/withdrawal", **{"reason-en": "A name."})[0] == 302
    found = queries.find_of_workshop(workshop_of(article).id)
    assert found is not None
    assert (found.status, len(found.versions)) == ("withdrawn", 2)
    assert _send(client, path, dated="2022-02-11")[0] == 302
    assert client.get(f"/news/{article.slug}").status_code == 200


def test_an_organiser_looks_and_does_not_publish(client: FlaskClient) -> None:
    workshop = make_workshop()
    approve(workshop)
    sign_in(client, Role.ORGANISER)
    path = f"/manage/workshops/{workshop.id}/news"
    page = client.get(path)
    assert (page.status_code, "Issue and publish as news" in page.text) == (200, False)
    assert client.get("/manage/news/").status_code == 403


def test_the_pdf_is_offered_once_it_is_there(client: FlaskClient) -> None:
    article = make_article()
    assert client.get(f"/news/{article.slug}.pdf?lang=en").status_code == 404
    assert article.snapshot_id is not None
    give_file(article.snapshot_id, "en", b"%PDF-1.7 test")
    page = client.get(f"/news/{article.slug}?lang=en").text
    assert f"/news/{article.slug}.pdf?lang=en" in page
    answer = client.get(f"/news/{article.slug}.pdf?lang=en")
    assert (answer.status_code, answer.data, answer.mimetype) == (
        200,
        b"%PDF-1.7 test",
        "application/pdf",
    )
    assert f"filename={article.slug}-en.pdf" in answer.headers["Content-Disposition"]
    etag = answer.headers["ETag"]
    answer.close()
    again = client.get(f"/news/{article.slug}.pdf?lang=en", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_publishing_from_the_command_line(app: Flask) -> None:
    workshop = make_workshop()
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["news", "publish", workshop.ref])
    assert (refused.exit_code, "approved" in refused.output) == (1, True)
    approve(workshop)
    done = runner.invoke(args=["news", "publish", workshop.ref, "--date", "2022-02-10", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.output) == {
        "slug": "introductory-workshop",
        "url": "http://localhost:8000/news/introductory-workshop",
        "dated": "2022-02-10",
    }
