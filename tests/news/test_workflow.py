"""From draft to published, and back: who may do what, and what is kept."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, Actor, Role
from eventsapp.core.errors import Forbidden, Stale
from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Heading, Prose
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.news import queries, rules, service
from eventsapp.news.models import Article, SlugRedirect
from eventsapp.news.types import ArticleDraft, TextDraft, TextState
from eventsapp.news.working import words_of
from eventsapp.reports.rules import UnknownReference, UnsupportedClaim
from tests.factories.news import (
    DATED,
    PUBLISHED,
    approve,
    make_article,
    make_draft,
    make_plain,
    review,
    workshop_of,
    write,
)
from tests.factories.workshops import make_actor

LATER = PUBLISHED + timedelta(hours=3)
NOTE = Texts.of(en="A word.")


@pytest.fixture
def author(app: Flask) -> Actor:
    return make_actor(Role.STAFF)


@pytest.fixture
def editor(app: Flask) -> Actor:
    return make_actor(Role.EDITOR)


def publish(article: Article, by: Actor = SYSTEM) -> Article:
    return service.publish_article(article.id, dated=DATED, by=by, now=PUBLISHED)


def headline_of(article: Article, lang: str = "en") -> str:
    return queries.document_of(article.versions[-1], lang).title


def test_what_is_as_composed_needs_no_second_approval(author: Actor) -> None:
    article = publish(make_draft(), by=author)
    assert (article.status, headline_of(article)) == ("published", "Introductory workshop")


def test_words_of_ones_own_wait_for_somebody_else(author: Actor, editor: Actor) -> None:
    article = write(make_draft(), by=author, headline="Focal points meet in Tripoli")
    with pytest.raises(rules.NotApproved):
        publish(article, by=author)
    service.submit_article(article.id, version=article.version, by=author, now=PUBLISHED)
    with pytest.raises(Forbidden):
        service.approve_article(article.id, version=article.version, by=author, now=PUBLISHED)
    service.approve_article(article.id, version=article.version, by=editor, now=PUBLISHED)
    assert headline_of(publish(article, by=author)) == "Focal points meet in Tripoli"
    assert article.slug == "focal-points-meet-in-tripoli"


def test_one_press_does_not_publish_a_draft_that_was_rewritten(author: Actor) -> None:
    article = write(make_draft(), by=author, body="Only this.")
    with pytest.raises(rules.NotApproved):
        service.publish_report(workshop_of(article).id, dated=DATED, by=author, now=PUBLISHED)


def test_an_editor_who_wrote_a_word_of_it_cannot_approve_it(author: Actor, editor: Actor) -> None:
    article = write(make_draft(), by=editor, headline="Mine")
    write(article, by=author, lang="fr", headline="À moi")
    with pytest.raises(rules.AuthorCannotApprove):
        review(article, author=author, approver=editor)


def test_what_was_approved_and_changed_again_is_a_draft_again(author: Actor, editor: Actor) -> None:
    article = write(make_draft(), by=author, headline="First")
    review(article, author=author, approver=editor)
    write(article, by=author, headline="Second")
    assert (article.status, article.approved_by) == ("draft", None)
    with pytest.raises(rules.NotApproved):
        publish(article)


def test_taking_ones_words_back_leaves_what_was_composed(author: Actor) -> None:
    article = make_draft()
    before = words_of(article, "en")
    write(article, by=author, headline="Other words", body="Another text.")
    write(article, by=author, headline=before.headline, body=before.body)
    assert not rules.is_rewritten(article)
    publish(article)


def test_an_editor_sends_back_with_a_reason_and_the_author_goes_on(
    author: Actor, editor: Actor
) -> None:
    article = write(make_draft(), by=author, headline="First")
    service.submit_article(article.id, version=article.version, by=author, now=PUBLISHED)
    with pytest.raises(rules.CommentMissing):
        service.send_back(article.id, " ", by=editor, now=PUBLISHED)
    service.send_back(article.id, "Too short.", by=editor, now=PUBLISHED)
    assert article.status == "draft"
    assert [(one.text, one.sends_back) for one in article.comments] == [("Too short.", True)]
    assert [row.id for row in queries.sent_back_to(author)] == [article.id]
    assert list(queries.sent_back_to(editor)) == []


def test_who_saves_second_is_told(author: Actor) -> None:
    article = make_draft()
    opened = article.version
    write(article, by=author, headline="First")
    with pytest.raises(Stale):
        write(article, by=author, headline="Second", version=opened)
    with pytest.raises(Stale):
        service.submit_article(article.id, version=opened, by=author, now=PUBLISHED)


def test_a_review_that_waits_is_told_to_those_who_may_decide(
    app: Flask, author: Actor, editor: Actor
) -> None:
    article = write(make_draft(), by=editor, headline="Mine")
    other = make_actor(Role.EDITOR)
    service.submit_article(article.id, version=article.version, by=author, now=PUBLISHED)
    assert [user.id for user in queries.possible_reviewers(article)] == [other.id]
    outbox = Path(app.extensions["settings"].data_dir / "outbox")
    for old in outbox.glob("*.eml"):
        old.unlink()
    run_due_jobs()
    sent = [message_from_bytes(path.read_bytes(), policy=default) for path in outbox.glob("*.eml")]
    mails = [mail for mail in sent if "article waits" in str(mail["Subject"])]
    assert len(mails) == 1
    text = mails[0].get_body(("plain",))
    assert text is not None
    assert f"/manage/news/{article.id}" in text.get_content()


def test_figures_are_bound_to_the_facts_of_the_report(author: Actor) -> None:
    article = make_draft()
    with pytest.raises(UnknownReference):
        write(article, by=author, body="There were {participants.imagined}.")
    with pytest.raises(UnsupportedClaim):
        write(article, by=author, standfirst="They found it very useful.")
    write(article, by=author, body="## What it was\n\nAt {workshop.title}.")
    service.submit_article(article.id, version=article.version, by=author, now=PUBLISHED)
    service.approve_article(article.id, version=article.version, by=SYSTEM, now=PUBLISHED)
    document = queries.document_of(publish(article).versions[-1], "en")
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "What it was"
    ]
    said = [dict(block.facts) for block in document.blocks if isinstance(block, Prose)]
    assert said[0] == {"workshop.title": "Introductory workshop"}
    assert "donors.sentence" in said[1]


def test_a_correction_of_prose_alone_waits_while_readers_see_what_was(
    author: Actor, editor: Actor
) -> None:
    article = make_article()
    changed = article.changed_at
    write(article, by=author, headline="A better headline")
    assert (article.status, article.revision) == ("published", "draft")
    assert (article.headline.text("en"), article.changed_at) == ("Introductory workshop", changed)
    with pytest.raises(rules.NotApproved):
        service.correct_article(article.id, NOTE, by=author, now=LATER)
    review(article, author=author, approver=editor)
    assert article.status == "published"
    service.correct_article(article.id, NOTE, by=author, now=LATER)
    assert (article.status, article.revision, len(article.versions)) == ("corrected", None, 2)
    assert (headline_of(article), article.slug) == ("A better headline", "a-better-headline")
    assert article.correction == NOTE


def test_a_correction_without_new_words_needs_no_new_approval(author: Actor, editor: Actor) -> None:
    article = write(make_draft(), by=author, headline="Focal points meet")
    publish(review(article, author=author, approver=editor))
    approve(workshop_of(article), LATER)
    service.correct_article(article.id, NOTE, by=author, now=LATER)
    assert headline_of(article) == "Focal points meet"


def test_a_correction_that_is_dropped_leaves_the_words_that_were_published(
    author: Actor, editor: Actor
) -> None:
    article = write(make_draft(), by=author, headline="Published words")
    publish(review(article, author=author, approver=editor))
    write(article, by=author, headline="Other words")
    write(article, by=author, lang="fr", headline="Autres mots")
    service.discard_draft(article.id, by=author, now=LATER)
    assert (article.status, article.revision) == ("published", None)
    assert [words_of(article, lang).headline for lang in ("en", "fr")] == [
        "Published words",
        "Atelier d’introduction",
    ]


def test_a_draft_that_is_dropped_is_gone(author: Actor) -> None:
    article = make_plain(by=author)
    number = article.id
    service.discard_draft(number, by=author, now=PUBLISHED)
    assert db.session().get(Article, number) is None


def test_an_article_without_a_workshop_goes_the_same_way(author: Actor, editor: Actor) -> None:
    article = make_plain(by=author, countries=("LY",), topics=("migration",))
    assert (article.country_codes, article.topic_slugs) == (["LY"], ["migration"])
    with pytest.raises(rules.NotApproved):
        publish(article)
    review(article, author=author, approver=editor)
    publish(article)
    assert (article.status, article.languages, article.slug) == (
        "published",
        ["en"],
        "a-new-project",
    )


def test_an_article_is_published_in_the_languages_that_are_whole(
    author: Actor, editor: Actor
) -> None:
    article = make_plain(by=author)
    write(article, by=author, lang="fr", headline="Un projet", body="Il commence.")
    write(article, by=author, lang="ar", headline="مشروع", body="بدأ.", state=TextState.DRAFT)
    publish(review(article, author=author, approver=editor))
    assert article.languages == ["en", "fr"]


def test_nothing_is_published_without_its_original(author: Actor) -> None:
    article = make_plain(by=author)
    write(article, by=author, lang="en", headline="Nearly", state=TextState.DRAFT)
    with pytest.raises(rules.NothingToPublish):
        service.submit_article(article.id, version=article.version, by=author, now=PUBLISHED)


def test_a_translation_older_than_its_original_says_so(author: Actor, editor: Actor) -> None:
    article = make_plain(by=author)
    write(article, by=author, lang="fr", headline="Un projet", body="Il commence.")
    publish(review(article, author=author, approver=editor))
    assert queries.outdated_in(article.versions[-1]) == frozenset()
    write(article, by=author, body="It began again.", now=LATER)
    assert queries.outdated_in(article.versions[-1]) == frozenset()
    review(article, author=author, approver=editor)
    service.correct_article(article.id, NOTE, by=editor, now=LATER)
    assert queries.outdated_in(article.versions[-1]) == {"fr"}
    service.confirm_translation(article.id, "fr", by=author, now=LATER + timedelta(minutes=1))
    service.correct_article(article.id, NOTE, by=editor, now=LATER)
    assert queries.outdated_in(article.versions[-1]) == frozenset()


def test_a_change_of_spelling_leaves_no_translation_behind(author: Actor, editor: Actor) -> None:
    article = make_plain(by=author)
    write(article, by=author, lang="fr", headline="Un projet", body="Il commence.")
    write(article, by=author, body="It  began!", is_minor=True, now=LATER)
    publish(review(article, author=author, approver=editor))
    assert queries.outdated_in(article.versions[-1]) == frozenset()


def test_an_address_is_changed_and_the_former_one_leads_there(author: Actor) -> None:
    article = make_article()
    for slug in ("Not fit", "-x", "", "x" * 81):
        with pytest.raises(rules.SlugUnfit):
            service.change_slug(article.id, slug, by=author, now=LATER)
    service.change_slug(article.id, "chosen-by-hand", by=author, now=LATER)
    assert db.get(SlugRedirect, "introductory-workshop").article_id == article.id
    service.correct_article(article.id, NOTE, by=author, now=LATER)
    assert article.slug == "chosen-by-hand"
    other = make_article("Another one")
    for taken in ("chosen-by-hand", "introductory-workshop"):
        with pytest.raises(rules.SlugTaken):
            service.change_slug(other.id, taken, by=author, now=LATER)


def test_one_editor_takes_down_and_another_looks_at_it(author: Actor, editor: Actor) -> None:
    article, other = make_article(), make_actor(Role.EDITOR)
    reason = Texts.of(en="A name is wrong.")
    with pytest.raises(Forbidden):
        service.take_down(article.id, reason, by=author, now=LATER)
    service.take_down(article.id, reason, by=editor, now=LATER)
    assert (article.status, article.taken_down_by) == ("withdrawn", editor.id)
    with pytest.raises(rules.TakedownNotReviewed):
        publish(article)
    with pytest.raises(Forbidden):
        service.restore_article(article.id, by=editor, now=LATER)
    service.restore_article(article.id, by=other, now=LATER)
    assert (article.status, article.withdrawal_reason) == ("published", Texts({}))
    service.take_down(article.id, reason, by=editor, now=LATER)
    service.confirm_takedown(article.id, by=other, now=LATER)
    assert (article.status, article.taken_down_by) == ("withdrawn", None)
    assert publish(article).status == "published"


def test_what_it_is_filed_under_is_changed_without_a_new_version(author: Actor) -> None:
    article = make_article()
    draft = ArticleDraft("en", article.project_id, ("LY", "TN"), ("borders",))
    service.describe_article(article.id, draft, version=article.version, by=author, now=LATER)
    assert (article.country_codes, article.topic_slugs) == (["LY", "TN"], ["borders"])
    assert len(article.versions) == 1


def test_pressed_twice_writes_one_article(author: Actor) -> None:
    article = make_draft()
    text = TextDraft("H", "S", "B", version=article.version)
    saved = service.save_text(article.id, "en", text, by=author, now=PUBLISHED)
    again = write(saved, by=author)
    assert again.version == saved.version


def test_every_save_moves_the_version_so_that_who_saves_second_is_told(author: Actor) -> None:
    article = make_article()
    write(article, by=author, headline="First")
    seen = article.version
    write(article, by=author, headline="Second")
    assert article.version > seen
    with pytest.raises(Stale):
        write(article, by=author, headline="Third", version=seen)
