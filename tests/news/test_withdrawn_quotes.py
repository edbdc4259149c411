"""Whoever agreed to be quoted takes it back: by a code, at once, and wherever it was used."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from eventsapp.core import db
from eventsapp.core.actor import SYSTEM, VISITOR
from eventsapp.edge import storage
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.edge.keys import kept_key
from eventsapp.feedback import queries as feedback
from eventsapp.feedback import service as feedback_service
from eventsapp.feedback.models import FeedbackForm, FeedbackInbox, FeedbackResponse, FeedbackText
from eventsapp.feedback.rules import UnknownQuoteCode
from eventsapp.feedback.rules.tokens import withdrawal_code, written
from eventsapp.feedback.views.guessing import MOST_WRONG, guesses
from eventsapp.news import queries, service
from eventsapp.news.models import Article
from eventsapp.reports import queries as reports
from eventsapp.reports import service as report_service
from eventsapp.workshops.models import Workshop
from tests.factories.feedback import AFTER, ANSWERS, DURING, answer, close, make_cards, make_form
from tests.factories.news import DATED, PUBLISHED, approve, write
from tests.factories.workshops import make_workshop
from tests.pages import text_of

RETRY_KEY = "a key that only the author's browser knew"
WORDS = "The clearest briefing I ever had."


def code() -> str:
    return withdrawal_code(kept_key("feedback"), RETRY_KEY)


def quoted(text: str, by: str = "role", named: str = "A trainer") -> dict[str, Any]:
    return {"text": text, "may_quote": True, "by": by, "named": named}


def answered(workshop: Workshop) -> FeedbackForm:
    """Eleven answers, two with a quote; the first one's author comes back later."""
    form = make_form(workshop)
    comments = [quoted(WORDS), quoted("Très utile.", "none", ""), *[f"Text {n}" for n in range(9)]]
    codes = make_cards(form, len(comments))
    for number, (card, comment) in enumerate(zip(codes, comments, strict=True)):
        more: dict[str, Any] = {"retry_key": RETRY_KEY} if number == 0 else {}
        answer(form, card, answers=ANSWERS | {"comment": comment}, **more)
    return form


@pytest.fixture
def workshop(app: Flask) -> Workshop:
    guesses._wrong.clear()
    return make_workshop()


def published(workshop: Workshop) -> Article:
    close(answered(workshop))
    approve(workshop)
    article = service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    run_due_jobs()
    return article


def everything_stored() -> str:
    """All rows of all tables but what was answered itself."""
    db.session().rollback()
    own = {"feedback_response", "feedback_text"}
    return "\n".join(
        json.dumps([str(value) for value in row], ensure_ascii=False)
        for table in db.Base.metadata.sorted_tables
        if table.name not in own
        for row in db.session().execute(sa.select(table))
    )


def test_a_published_quote_is_gone_from_every_version_and_corrected(workshop: Workshop) -> None:
    article = published(workshop)
    old = reports.list_editions(reports.get_report(workshop.id))[0].file_key
    assert old is not None
    assert WORDS in everything_stored()
    assert service.withdraw_quotes(code(), by=VISITOR, now=PUBLISHED) == 1
    assert WORDS not in everything_stored()
    found = queries.find_of_workshop(workshop.id)
    assert found is not None
    assert (found.id, found.status, len(found.versions)) == (article.id, "corrected", 2)
    assert found.correction.text("en") == "A quote was taken out at its author’s wish."
    snapshot = reports.get_report(workshop.id).snapshots[-1]
    assert snapshot.hash == report_service.hash_content(snapshot.content)
    assert [one["at"] for one in snapshot.content["redacted"]] == [PUBLISHED.isoformat()]
    assert not storage.exists(old)
    run_due_jobs()
    again = reports.list_editions(reports.get_report(workshop.id))[0]
    assert (again.status, again.file_key != old) == ("ready", True)
    kept = db.session().scalars(sa.select(FeedbackText).where(FeedbackText.text == WORDS)).one()
    assert (kept.quote_by, kept.quote_as, kept.withdrawal_mac) == (None, "", None)
    assert "A trainer" not in str(db.session().scalars(sa.select(FeedbackResponse.payload)).all())


def test_words_in_work_are_redacted_and_not_published_by_it(workshop: Workshop) -> None:
    article = published(workshop)
    write(article, by=SYSTEM, headline="Not approved", body=f"Somebody said: {WORDS}")
    service.withdraw_quotes(code(), by=VISITOR, now=PUBLISHED)
    assert WORDS not in everything_stored()
    assert (article.status, article.revision, len(article.versions)) == ("corrected", "draft", 2)
    shown = queries.document_of(article.versions[-1], "en")
    assert shown.title == "Introductory workshop"


def test_the_other_quotes_stay(workshop: Workshop) -> None:
    published(workshop)
    service.withdraw_quotes(code(), by=VISITOR, now=PUBLISHED)
    form = feedback.get_form_of(workshop.id)
    assert [quote.text for quote in feedback.quotes_of(form)] == ["Très utile."]
    assert "Très utile." in everything_stored()


def test_a_quote_is_taken_back_before_its_form_is_closed(workshop: Workshop) -> None:
    form = answered(workshop)
    assert service.withdraw_quotes(code(), by=VISITOR, now=DURING) == 0
    waiting = db.session().scalars(sa.select(FeedbackInbox.payload)).all()
    assert (WORDS in str(waiting), "A trainer" in str(waiting)) == (True, False)
    close(form)
    assert [quote.text for quote in feedback.quotes_of(form)] == ["Très utile."]
    with pytest.raises(UnknownQuoteCode):
        service.withdraw_quotes(code(), by=VISITOR, now=AFTER)


def test_words_that_staff_typed_into_the_report_are_taken_out_too(workshop: Workshop) -> None:
    close(answered(workshop))
    prose = {"outlook": f"As one of them said: “{WORDS}”"}
    report_service.save_prose(workshop.id, "en", prose, version=0, by=SYSTEM, now=PUBLISHED)
    service.withdraw_quotes(code(), by=VISITOR, now=PUBLISHED)
    (text,) = reports.get_report(workshop.id).texts
    assert text.prose == "As one of them said: “[…]”"
    assert WORDS not in everything_stored()


def test_a_withdrawn_quote_that_nobody_used_corrects_nothing(workshop: Workshop) -> None:
    form = answered(workshop)
    close(form)
    other = next(t for t in feedback.quotable_texts(form) if t.text != WORDS)
    feedback_service.pick_quotes(form.id, [other.rid], by=SYSTEM, now=AFTER)
    approve(workshop)
    service.publish_report(workshop.id, dated=DATED, by=SYSTEM, now=PUBLISHED)
    service.withdraw_quotes(code(), by=VISITOR, now=PUBLISHED)
    article = queries.find_of_workshop(workshop.id)
    assert article is not None
    assert (article.status, len(article.versions)) == ("published", 1)


def test_the_page_shows_what_a_code_covers_and_takes_it_back(
    app: Flask, workshop: Workshop
) -> None:
    published(workshop)
    client = app.test_client()
    shown = client.post("/f/quotes", data={"code": written(code())})
    assert (shown.status_code, WORDS in shown.text) == (200, True)
    done = client.post("/f/quotes", data={"code": code(), "do": "withdraw"})
    assert "You are no longer quoted" in text_of(done.text)
    again = client.post("/f/quotes", data={"code": code()})
    assert (again.status_code, "No quote goes with this code" in again.text) == (422, True)
    assert "Set-Cookie" not in done.headers


def test_codes_cannot_be_tried_one_after_the_other(app: Flask, workshop: Workshop) -> None:
    client = app.test_client()
    statuses = {
        client.post("/f/quotes", data={"code": f"{n:010d}"}).status_code for n in range(MOST_WRONG)
    }
    assert statuses == {422}
    assert client.post("/f/quotes", data={"code": "0" * 10}).status_code == 429
    guesses._wrong.clear()


def test_the_code_is_shown_to_whoever_agreed_and_to_nobody_else(
    app: Flask, workshop: Workshop
) -> None:
    form = make_form(workshop)
    version = feedback.current_version(form).id
    client = app.test_client()
    pages = []
    for card, fields in zip(
        make_cards(form, 2),
        ({"a-comment-may_quote": "y", "a-comment-by": "none"}, {}),
        strict=True,
    ):
        sent = {"code": card, "version": version, "retry_key": card, "do": "send"}
        sent |= {"a-usefulness": "5", "a-comment-text": WORDS}
        with time_machine.travel(DURING):
            pages += [client.post("/f/", data=sent | fields).text for _ in range(2)]
    first, _ = feedback.sheet_codes(form, 1)
    shown = written(withdrawal_code(kept_key("feedback"), first))
    assert [shown in page for page in pages] == [True, True, False, False]
    assert "data-withdrawal" not in pages[2]
