"""The editors' desk and an article's pages, as staff and editors use them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import g
from flask.testing import FlaskClient

from eventsapp.accounts.models import User
from eventsapp.core import clock, db
from eventsapp.core.actor import SYSTEM, Role
from eventsapp.core.texts import Texts
from eventsapp.news import queries, service
from eventsapp.news.models import Article
from tests.factories.news import approve, make_article, make_draft, make_plain, workshop_of, write
from tests.factories.workshops import actor_of, make_user, make_workshop, sign_in

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')


def forget() -> None:
    """Whoever asked last: the context of a test outlives its requests."""
    for name in list(g):
        g.pop(name)


def change_to(client: FlaskClient, *roles: Role, user: User | None = None) -> None:
    forget()
    sign_in(client, *roles, user=user)


def send(client: FlaskClient, page: str, to: str = "", **fields: str) -> tuple[int, str]:
    opened = client.get(page).text
    token, version = CSRF.search(opened), VERSION.search(opened)
    assert token
    seen = {"version": version[1]} if version else {}
    answer = client.post(to or page, data={"csrf_token": token[1], **seen, **fields})
    db.session().rollback()
    return answer.status_code, unescape(answer.text)


def test_an_article_goes_from_the_report_over_a_review_to_the_readers(client: FlaskClient) -> None:
    workshop = make_workshop()
    approve(workshop)
    author, editor = make_user(Role.STAFF), make_user(Role.EDITOR)
    sign_in(client, user=author)
    step = f"/manage/workshops/{workshop.id}/news"
    assert send(client, step, f"{step}/draft")[0] == 302
    article = queries.find_of_workshop(workshop.id)
    assert article is not None
    page = f"/manage/news/{article.id}"
    status, _text = send(
        client,
        f"{page}/text",
        headline="Focal points meet",
        standfirst="They met.",
        body="At length.",
        then="submit",
    )
    assert status == 302
    assert "waits for an editor" in client.get(page).text
    assert "may not do this" in send(client, page, f"{page}/review", act="approve")[1]
    assert queries.get_article(article.id).status == "in_review"
    change_to(client, user=editor)
    assert "Waiting for your review" in client.get("/manage/news/").text
    assert send(client, page, f"{page}/review", act="reject")[1].count("Write what you want") >= 1
    assert send(client, page, f"{page}/review", act="approve")[0] == 302
    assert send(client, page, f"{page}/publish", dated="2022-02-10")[0] == 302
    assert client.get("/news/focal-points-meet").status_code == 200
    told = client.get(page).text
    for what in ("Sent for review", "Approved", "Published", "Text changed"):
        assert what in told, what


def test_a_figure_typed_by_hand_is_noted_beside_the_text(client: FlaskClient) -> None:
    article = make_draft()
    sign_in(client, Role.STAFF)
    page = f"/manage/news/{article.id}/text"
    send(client, page, headline="H", standfirst="S.", body="There were 25 of them.")
    text = unescape(client.get(page).text)
    assert "Typed by hand: 25" in text
    assert "{participants.attended}" in text or "{workshop.title}" in text
    status, refused = send(client, page, headline="H", standfirst="S.", body="{no.fact}")
    assert (status, "no fact called {no.fact}" in refused) == (200, True)


def test_an_article_without_a_workshop_is_begun_once(client: FlaskClient) -> None:
    sign_in(client, Role.STAFF)
    fields = {
        "headline": "A new project",
        "original_lang": "en",
        "project_id": "",
        "countries-0": "LY",
    }
    opened = client.get("/manage/news/new").text
    token, key = CSRF.search(opened), re.search(r'name="creation_key"[^>]*value="([^"]+)"', opened)
    assert token
    assert key
    data = {"csrf_token": token[1], "creation_key": key[1], **fields}
    places = {client.post("/manage/news/new", data=data).location for _ in range(2)}
    assert len(places) == 1
    assert [row.headline.text("en") for row in db.session().query(Article)] == ["A new project"]


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2030-03-31T02:30", "There is no 02:30"), ("2030-10-27T02:30", "02:30 comes twice")],
)
def test_a_time_that_is_none_or_two_is_refused_beside_its_field(
    client: FlaskClient, moment: str, said: str
) -> None:
    article = make_draft()
    sign_in(client, Role.STAFF)
    page = f"/manage/news/{article.id}"
    status, text = send(client, page, f"{page}/schedule", publish_at=moment)
    assert (status, said in text, f'value="{moment}"' in text) == (200, True, True)
    assert send(client, page, f"{page}/schedule", publish_at="2030-04-01T08:00")[0] == 302
    assert "1 April 2030, 08:00" in client.get("/manage/news/").text
    assert send(client, page, f"{page}/schedule/cancel")[0] == 302
    assert queries.get_article(article.id).status == "draft"


def test_a_takedown_waits_on_the_desk_of_another(client: FlaskClient) -> None:
    article = make_article()
    sign_in(client, Role.EDITOR)
    page = f"/manage/news/{article.id}"
    assert send(client, page, f"{page}/takedown", **{"cause-en": "A name."})[0] == 302
    assert client.get(f"/news/{article.slug}").status_code == 410
    assert "somebody else looks at it" in client.get("/manage/news/").text
    change_to(client, Role.EDITOR)
    assert "Put it back" in client.get(page).text
    assert send(client, page, f"{page}/takedown/review", act="restore")[0] == 302
    assert client.get(f"/news/{article.slug}").status_code == 200


def test_the_desk_shows_what_waits_and_finds_the_rest(client: FlaskClient) -> None:
    user = make_user(Role.STAFF)
    by = actor_of(user)
    back = make_plain("Sent back soon", by=by)
    service.submit_article(back.id, version=back.version, by=by, now=clock.now())
    service.send_back(back.id, "Too short.", by=SYSTEM, now=clock.now())
    held = make_plain("Held back")
    tomorrow = clock.now() + timedelta(days=1)
    service.set_embargo(held.id, tomorrow, by=SYSTEM, now=clock.now())
    sign_in(client, user=user)
    desk = client.get("/manage/news/").text
    for said in ("Sent back to you", "Too short.", "Under embargo", "Held back"):
        assert said in desk, said
    make_article()
    listed = client.get("/manage/news/?state=published").text
    assert "1 article<" in listed.replace("\n", "")
    assert "No news matches" in client.get("/manage/news/?q=nothing+like+it").text


def test_a_translation_that_fell_behind_is_told_to_staff(client: FlaskClient) -> None:
    article = make_article(now=clock.now())
    write(article, by=SYSTEM, headline="Quite another headline", now=clock.now())
    sign_in(client, Role.STAFF)
    assert "Translations older than their original" in client.get("/manage/news/").text
    page = f"/manage/news/{article.id}/text?text=fr"
    assert "older than its original" in client.get(page).text
    send(client, page, f"/manage/news/{article.id}/text/confirm?text=fr")
    assert "older than its original" not in client.get(page).text


def test_a_translation_that_fell_behind_says_so_to_readers(client: FlaskClient) -> None:
    article = make_article(now=clock.now())
    write(article, by=SYSTEM, headline="Quite another headline", now=clock.now())
    service.submit_article(article.id, version=article.version, by=SYSTEM, now=clock.now())
    service.approve_article(article.id, version=article.version, by=SYSTEM, now=clock.now())
    service.correct_article(article.id, Texts.of(en="A word."), by=SYSTEM, now=clock.now())
    assert "Read the original" not in client.get(f"/news/{article.slug}?lang=en").text
    forget()
    assert "Lire l’original" in client.get(f"/news/{article.slug}?lang=fr").text


def test_a_preview_shows_page_result_and_card(client: FlaskClient) -> None:
    article = make_draft()
    sign_in(client, Role.STAFF)
    page = client.get(f"/manage/news/{article.id}/preview?text=fr").text
    assert page.count("Atelier d’introduction") >= 2
    frame = client.get(f"/manage/news/{article.id}/page?text=fr")
    assert "Atelier d’introduction" in frame.text
    assert "frame-ancestors 'self'" in frame.headers["Content-Security-Policy"]
    assert workshop_of(article).project.acronym
