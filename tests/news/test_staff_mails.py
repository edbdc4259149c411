"""Who works on an article hears what becomes of it, each in their own language, and once."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask

from eventsapp.accounts.models import User
from eventsapp.core import db
from eventsapp.core.actor import Actor, Role
from eventsapp.core.texts import Texts
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.news import service
from eventsapp.news.models import Article
from tests.factories.news import DATED, PUBLISHED, make_plain, review
from tests.factories.workshops import actor_of, make_user, sign_in
from tests.pages import text_of

REASON = Texts.of(en="A name is wrong.", fr="Un nom est faux.")


@dataclass
class Desk:
    """An author who reads French, an editor, another one, and their article in review."""

    app: Flask
    author: User
    editor: User
    other: User
    article: Article

    def mails(self) -> list[tuple[str, str, str]]:
        """To whom, subject and text of what was sent of it since the last look."""
        run_due_jobs()
        found = []
        for path in sorted(Path(self.app.extensions["settings"].data_dir / "outbox").glob("*.eml")):
            mail = message_from_bytes(path.read_bytes(), policy=default)
            body = mail.get_body(("plain",))
            assert body is not None
            to = mail["To"].addresses[0].addr_spec
            found.append((to, str(mail["Subject"]), body.get_content()))
            path.unlink()
        return [one for one in found if "A new project" in one[1]]


@pytest.fixture
def desk(app: Flask) -> Desk:
    author, editor, other = make_user(Role.STAFF), make_user(Role.EDITOR), make_user(Role.EDITOR)
    speak_french(author)
    article = make_plain("A new project", by=actor_of(author))
    service.submit_article(article.id, version=article.version, by=actor_of(author), now=PUBLISHED)
    found = Desk(app, author, editor, other, article)
    assert {to for to, _subject, _text in found.mails()} == {editor.email, other.email}
    return found


@db.transaction
def speak_french(user: User) -> None:
    user.lang = "fr"


def test_an_author_hears_that_it_came_back_and_why(desk: Desk) -> None:
    service.send_back(desk.article.id, "Too short.", by=actor_of(desk.editor), now=PUBLISHED)
    ((to, subject, text),) = desk.mails()
    assert (to, subject) == (desk.author.email, "Un article vous est renvoyé : A new project")
    assert "Too short." in text
    assert f"/manage/news/{desk.article.id}/text" in text
    assert desk.mails() == []


def test_an_author_hears_that_it_is_approved(desk: Desk) -> None:
    article, by = desk.article, actor_of(desk.editor)
    service.approve_article(article.id, version=article.version, by=by, now=PUBLISHED)
    ((to, subject, _text),) = desk.mails()
    assert (to, subject) == (desk.author.email, "Votre article est approuvé : A new project")


def test_a_takedown_is_told_to_its_author_and_to_those_who_look_at_it(desk: Desk) -> None:
    article, by = desk.article, actor_of(desk.editor)
    service.approve_article(article.id, version=article.version, by=by, now=PUBLISHED)
    service.publish_article(article.id, dated=DATED, by=by, now=PUBLISHED)
    desk.mails()
    service.take_down(article.id, REASON, by=by, now=PUBLISHED)
    told = {to: (subject, text) for to, subject, text in desk.mails()}
    assert set(told) == {desk.author.email, desk.other.email}
    subject, text = told[desk.author.email]
    assert subject == "Votre article a été retiré : A new project"
    assert "Un nom est faux." in text
    subject, text = told[desk.other.email]
    assert subject == "An article was taken down: please look at it: A new project"
    assert "A name is wrong." in text


def test_who_left_is_told_nothing(desk: Desk) -> None:
    leave(desk.author)
    service.send_back(desk.article.id, "Too short.", by=actor_of(desk.editor), now=PUBLISHED)
    assert desk.mails() == []


@db.transaction
def leave(user: User) -> None:
    user.active = False


def overview(desk: Desk, user: User) -> str:
    client = desk.app.test_client()
    sign_in(client, user=user)
    # A context of its own, so that it is not the person of the request before.
    with desk.app.app_context():
        return text_of(client.get("/manage/").text)


def test_what_waits_for_somebody_stands_on_their_overview(desk: Desk) -> None:
    article, by = desk.article, actor_of(desk.editor)
    assert "A new project" in overview(desk, desk.editor)
    service.send_back(article.id, "Too short.", by=by, now=PUBLISHED)
    assert "Too short." in overview(desk, desk.author)
    assert "A new project" not in overview(desk, desk.editor)
    approve_and_publish(article, author=actor_of(desk.author), editor=by)
    service.take_down(article.id, REASON, by=by, now=PUBLISHED)
    assert "A name is wrong." in overview(desk, desk.other)
    assert "A new project" not in overview(desk, desk.editor)


def approve_and_publish(article: Article, *, author: Actor, editor: Actor) -> None:
    review(article, author=author, approver=editor)
    service.publish_article(article.id, dated=DATED, by=editor, now=PUBLISHED)
