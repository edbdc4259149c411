"""Writing an article: typing is kept, and two people who write lose nothing."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsapp.core.actor import Actor, Role
from eventsapp.core.errors import Stale
from eventsapp.core.unsaved import DAYS
from eventsapp.news import queries, service
from eventsapp.news.models import Article
from eventsapp.news.types import TextDraft
from eventsapp.news.working import words_of
from eventsapp.reports.merging import fingerprint
from eventsapp.reports.rules import WrittenElsewhere
from tests.factories.news import PUBLISHED, make_plain
from tests.factories.workshops import actor_of, make_actor, sign_in
from tests.pages import hidden_fields, text_of


@pytest.fixture
def author(app: Flask) -> Actor:
    return make_actor(Role.STAFF)


def draft_of(article: Article) -> TextDraft:
    words = words_of(article, "en")
    return TextDraft(
        words.headline or "", words.standfirst or "", words.body or "", version=article.version
    )


def opened_of(article: Article) -> dict[str, str]:
    parts = service.parts_of(words_of(article, "en"))
    return {name: fingerprint(text) for name, text in parts.items()}


def keep(article: Article, by: Actor, revision: int = 0, **texts: str) -> int:
    return service.keep_typing(
        article.id,
        "en",
        {**service.parts_of(words_of(article, "en")), **texts},
        opened=opened_of(article),
        version=article.version,
        revision=revision,
        by=by,
        now=PUBLISHED,
    )


def test_two_who_changed_different_parts_are_both_saved(author: Actor) -> None:
    article, other = make_plain(by=author), make_actor(Role.STAFF)
    seen, opened = draft_of(article), opened_of(article)
    theirs = replace(seen, headline="Their headline")
    service.save_text(article.id, "en", theirs, opened=opened, by=other, now=PUBLISHED)
    mine = replace(seen, body="My text.")
    service.save_text(article.id, "en", mine, opened=opened, by=author, now=PUBLISHED)
    words = words_of(article, "en")
    assert (words.headline, words.body) == ("Their headline", "My text.")


def test_two_who_changed_one_part_are_told_and_nothing_is_overwritten(author: Actor) -> None:
    article, other = make_plain(by=author), make_actor(Role.STAFF)
    seen, opened = draft_of(article), opened_of(article)
    theirs = replace(seen, body="Theirs.")
    service.save_text(article.id, "en", theirs, opened=opened, by=other, now=PUBLISHED)
    mine = replace(seen, body="Mine.")
    with pytest.raises(Stale):
        service.save_text(article.id, "en", mine, opened=opened, by=author, now=PUBLISHED)
    assert words_of(article, "en").body == "Theirs."


def test_typing_is_kept_for_whoever_types_until_it_is_saved(author: Actor) -> None:
    article, other = make_plain(by=author), make_actor(Role.STAFF)
    assert keep(article, author, body="Typed.") == 1
    kept = queries.find_typing(article.id, "en", by=author)
    assert kept is not None
    assert (kept.texts, kept.article_version) == ({"body": "Typed."}, article.version)
    assert queries.find_typing(article.id, "en", by=other) is None
    draft = replace(draft_of(article), body="Typed.")
    service.save_text(article.id, "en", draft, by=author, now=PUBLISHED)
    assert queries.find_typing(article.id, "en", by=author) is None


def test_a_second_window_cannot_overwrite_what_the_first_kept(author: Actor) -> None:
    article = make_plain(by=author)
    assert keep(article, author, body="First.") == 1
    with pytest.raises(WrittenElsewhere):
        keep(article, author, body="Second.")
    assert keep(article, author, 1, body="First, longer.") == 2


def test_typing_nobody_went_on_with_is_forgotten(author: Actor) -> None:
    article = make_plain(by=author)
    keep(article, author, body="Left.")
    assert service.sweep_typing(now=PUBLISHED + timedelta(days=DAYS - 1)) == 0
    assert service.sweep_typing(now=PUBLISHED + timedelta(days=DAYS)) == 1


def test_the_editor_shows_what_was_typed_and_drops_it_when_asked(
    app: Flask, client: FlaskClient
) -> None:
    author = actor_of(sign_in(client, Role.STAFF))
    article = make_plain(by=author)
    path = f"/manage/news/{article.id}/text"
    sent = {**hidden_fields(client.get(path).text), "headline": "A", "body": "Typed only."}
    answer = client.post(f"{path}/autosave", data=sent)
    assert (answer.status_code, json.loads(answer.data)["revision"]) == (200, 1)
    assert "Typed only." in client.get(path).text
    client.post(f"{path}/discard", data={"csrf_token": sent["csrf_token"]})
    assert "Typed only." not in client.get(path).text


def test_the_second_to_save_sees_both_texts_and_saves_one(app: Flask, client: FlaskClient) -> None:
    author = actor_of(sign_in(client, Role.STAFF))
    article = make_plain(by=author)
    path = f"/manage/news/{article.id}/text"
    mine = {
        **hidden_fields(client.get(path).text),
        "headline": "A new project",
        "standfirst": "Mine alone.",
        "body": "It began on Monday.",
        "is_unfinished": "y",
    }
    theirs = replace(draft_of(article), body="It began on Tuesday.")
    service.save_text(article.id, "en", theirs, by=make_actor(Role.STAFF), now=PUBLISHED)
    page = client.post(path, data=mine)
    shown = text_of(page.text)
    assert "Two people changed this text" in shown
    assert "Tuesday" in shown
    assert "It began on Monday." in page.text
    both = {**hidden_fields(page.text), "body": "It began early in the week."}
    assert both["standfirst"] == "Mine alone."
    assert client.post(path, data=both).status_code == 302
    words = words_of(queries.get_article(article.id), "en")
    assert (words.standfirst, words.body) == ("Mine alone.", "It began early in the week.")
    assert queries.get_article(article.id).texts[0].state == "draft"


def test_what_is_saved_but_not_sent_can_be_saved_again(app: Flask, client: FlaskClient) -> None:
    author = actor_of(sign_in(client, Role.STAFF))
    article = make_plain(by=author)
    path = f"/manage/news/{article.id}/text"
    words = {"headline": "A", "body": "B.", "is_unfinished": "y", "then": "submit"}
    page = client.post(path, data={**hidden_fields(client.get(path).text), **words})
    assert page.status_code == 200
    del words["is_unfinished"]
    again = client.post(path, data={**hidden_fields(page.text), **words, "body": "C."})
    assert again.status_code == 302
    assert queries.get_article(article.id).status == "in_review"
