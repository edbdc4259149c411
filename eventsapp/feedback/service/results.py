"""Keeping what answers come to: counted in the transaction that mixes them.

Whoever reads results twice knows their difference too, so what is kept never grows by few: of a
form that is still open the results lag one step behind, and a closed form's groups stay as they
were at closing.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventsapp.core import db
from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm, FeedbackSummary, FeedbackText
from eventsapp.feedback.rules import may_follow
from eventsapp.feedback.rules.counting import (
    Counted,
    Response,
    Results,
    count,
    pieces_of,
    written_in,
)
from eventsapp.feedback.rules.tokens import new_id
from eventsapp.feedback.service.rows import insert_many
from eventsapp.feedback.types import SMALLEST_PUBLISHED, SMALLEST_SHOWN, FormStatus
from eventsapp.questions.types import Question, WrittenText

Payloads = Sequence[Mapping[str, Any]]
Kept = Mapping[str, Any]
NOTHING: Kept = {"is_final": False, "n": 0, "results": {}, "held": {}, "sizes": {}}


def keep_results(form: FeedbackForm, mixed: Payloads, added: Payloads) -> None:
    """Count all that is ``mixed``; ``added`` are those of it that were not mixed until now."""
    asked = queries.all_questions(form)
    kept = queries.kept_summary(form) or NOTHING
    responses = [Response.of(payload) for payload in mixed]
    if form.status != FormStatus.CLOSED:
        _keep(form, "", _interim(kept, count(asked, responses, in_groups=False)))
    elif not kept["is_final"]:
        counted = count(asked, responses)
        _keep_final(form, counted)
        _keep_texts(form, asked, responses, counted)
    elif added:
        counted = count(asked, responses, in_groups=False)
        _keep(form, "", _followed(kept, counted))
        _keep_texts(form, asked, [Response.of(payload) for payload in added], counted)


def _interim(kept: Kept, counted: Counted) -> Kept:
    """Shown is each question's last state but one, and a new state begins only once enough
    people were added: neither the next step nor closing then adds few to what was seen."""
    shown, held = dict(kept["results"]), dict(kept["held"])
    for key, result in counted.results.items():
        before = held.get(key)
        if result.n - (before["n"] if before else 0) >= SMALLEST_SHOWN:
            held[key] = result.to_json()
            if before:
                shown[key] = before
    return {**NOTHING, "n": counted.n, "results": shown, "held": held}


def _followed(kept: Kept, counted: Counted) -> Kept:
    """A closed form's results with answers that came late: a question's follow where enough
    people were added, so that two published editions cannot be subtracted either."""
    later = _to_json(counted.results)
    results = {
        key: later[key]
        if key in later and may_follow(result["n"], later[key]["n"], smallest=SMALLEST_PUBLISHED)
        else result
        for key, result in kept["results"].items()
    }
    return {**kept, "n": counted.n, "results": results}


def _keep_final(form: FeedbackForm, counted: Counted) -> None:
    whole = {
        "is_final": True,
        "n": counted.n,
        "results": _to_json(counted.results),
        "held": {},
        "sizes": counted.sizes,
    }
    _keep(form, "", whole)
    for by_key, groups in counted.by.items():
        _keep(form, by_key, {key: _to_json(results) for key, results in groups.items()})


def _to_json(results: Results) -> dict[str, Any]:
    return {key: result.to_json() for key, result in results.items()}


def _keep(form: FeedbackForm, by_key: str, content: Kept) -> None:
    """Insert or replace."""
    db.session().merge(FeedbackSummary(form_id=form.id, by_key=by_key, content=dict(content)))


def _keep_texts(
    form: FeedbackForm,
    asked: Iterable[Question],
    responses: Sequence[Response],
    counted: Counted,
) -> None:
    """Each text by itself under a random key, in an order that nobody can know."""
    rows = [
        _text_row(form, piece.question, written, response)
        for piece in pieces_of(asked)
        # Most questions are answered without a word.
        if piece.question.key in counted.with_texts
        for response in responses
        for written in written_in(piece, response)
    ]
    secrets.SystemRandom().shuffle(rows)
    insert_many(FeedbackText, rows)


def _text_row(
    form: FeedbackForm, question: Question, written: WrittenText, response: Response
) -> dict[str, Any]:
    return {
        "rid": new_id(),
        "form_id": form.id,
        "question_key": question.key,
        "lang": written.lang,
        "text": written.text,
        "search_key": written.text.casefold(),
        "quote_by": written.named_by if written.may_quote else None,
        "quote_as": written.attribution,
        "withdrawal_mac": response.withdrawal.get(question.key) if written.may_quote else None,
        "is_picked": False,
    }
