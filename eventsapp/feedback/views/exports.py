"""Results as files: sums with the same suppression as the pages, and texts each by itself.

Rows of persons would undo the suppression, so there are none.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import Response
from flask_babel import gettext as _

from eventsapp.core.errors import NotFound
from eventsapp.core.texts import RIGHT_TO_LEFT
from eventsapp.edge.tables import CSV_TYPE, XLSX_TYPE, Cell, write_csv, write_xlsx
from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm, FeedbackText
from eventsapp.feedback.rules.pairing import Change
from eventsapp.feedback.types import (
    SMALLEST_SHOWN,
    Breakdown,
    FeedbackFacts,
    GroupResult,
    QuestionResult,
)
from eventsapp.feedback.views.blueprint import form_seen, pages
from eventsapp.feedback.views.charts import step_words
from eventsapp.feedback.views.columns import COLUMNS
from eventsapp.feedback.views.manage import BASE
from eventsapp.feedback.views.results import facts_of, grouping_asked_for
from eventsapp.questions.rules import TYPES
from eventsapp.web.access import any_role
from eventsapp.web.filters import text
from eventsapp.web.locale import current_language

JSON_TYPE = "application/json"
TYPE_OF = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE, "json": JSON_TYPE}


@pages.get(f"{BASE}/results.<kind>")
@any_role
def export_results(workshop_id: int, kind: str) -> Response:
    """Counts by question and answer; with ``by``, also within its groups."""
    form = form_seen(workshop_id)
    facts, by = facts_of(form), grouping_asked_for(form)
    broken = queries.breakdowns_by(form, by.key, smallest=SMALLEST_SHOWN) if by else ()
    changes = queries.changes_of(form, smallest=SMALLEST_SHOWN)
    if kind == "json":
        return _file(form, "results", kind, _json(_results_json(facts, broken, changes)))
    return _table_file(form, "results", kind, list(_result_rows(facts, broken, changes)))


@pages.get(f"{BASE}/texts.<kind>")
@any_role
def export_texts(workshop_id: int, kind: str) -> Response:
    """What was written, each question in an order of its own."""
    form = form_seen(workshop_id)
    written = queries.written_texts(form)
    if kind == "json":
        return _file(form, "texts", kind, _json(_texts_json(written)))
    return _table_file(form, "texts", kind, list(_text_rows(written)))


def _result_rows(
    facts: FeedbackFacts, broken: Sequence[Breakdown], changes: Sequence[Change]
) -> Iterator[list[Cell]]:
    yield [_(name) for name, _meaning in COLUMNS]
    for result in facts.questions:
        yield from _rows_of(result, "")
    for breakdown in broken:
        for group in breakdown.groups:
            yield from _rows_of(group.result, f"{text(breakdown.by_text)} {text(group.label)}")
    for change in changes:
        yield from _change_rows(change)


def _change_rows(change: Change) -> Iterator[list[Cell]]:
    asked, group = text(change.text), str(_("change since the form before"))
    if change.is_suppressed:
        yield [asked, group, _not_shown(group), None, None, None, None, None]
    for move, count in change.moves:
        part, mean = _rounded(count / change.n), _rounded(change.mean)
        yield [asked, group, step_words(move), count, part, change.n, mean, None]


def _rows_of(result: QuestionResult, group: str) -> Iterator[list[Cell]]:
    """A row an answer; one row that says so where none is shown or none can be counted."""
    asked = text(result.text)
    if result.is_suppressed:
        yield [asked, group, _not_shown(group), None, None, None, None, None]
        return
    mean, share = _rounded(result.mean), _rounded(result.share_positive)
    rows = TYPES[result.type_key].rows(result, current_language())
    for label, count in rows:
        part = _rounded(count / result.n) if result.n else None
        yield [asked, group, label, count, part, result.n, mean, share]
    if not rows:
        yield [asked, group, _("in their own words"), None, None, result.n, mean, share]


def _not_shown(group: str) -> str:
    if group:
        return str(_("not shown: a small group, or one that would give it away"))
    return str(_("fewer than %(num)d answers", num=SMALLEST_SHOWN))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _text_rows(written: Iterable[queries.Written]) -> Iterator[list[Cell]]:
    yield [_("Question"), _("Text"), _("Language"), _("May be quoted"), _("Quoted as")]
    for one in written:
        for line in one.texts:
            may = _("yes") if line.quote_by else _("no")
            yield [text(one.question.text), line.text, line.lang, may, line.quote_as]


def _results_json(
    facts: FeedbackFacts, broken: Sequence[Breakdown], changes: Sequence[Change]
) -> dict[str, Any]:
    return {
        "answers": facts.n,
        "not_yet_mixed": facts.waiting,
        "rights_handed_out": facts.handed_out,
        "attended": facts.attended,
        "response_rate": _rounded(facts.response_rate),
        "closed": facts.is_closed,
        "smallest_shown": SMALLEST_SHOWN,
        "questions": [_result_json(result) for result in facts.questions],
        "groups": [
            {
                "question": breakdown.of_key,
                "by": breakdown.by_key,
                "by_text": breakdown.by_text.to_json(),
                "results": [_group_json(group) for group in breakdown.groups],
            }
            for breakdown in broken
        ],
        "changes": [_change_json(change) for change in changes],
    }


def _change_json(change: Change) -> dict[str, Any]:
    known = {"question": change.key, "text": change.text.to_json()}
    if change.is_suppressed:
        return {**known, "suppressed": True}
    moves = [{"points": move, "count": count} for move, count in change.moves]
    mean = _rounded(change.mean)
    return {**known, "suppressed": False, "n": change.n, "moves": moves, "mean": mean}


def _group_json(group: GroupResult) -> dict[str, Any]:
    return {
        "group": group.key,
        "label": group.label.to_json(),
        **_figures_json(group.result),
    }


def _result_json(result: QuestionResult) -> dict[str, Any]:
    return {
        "question": result.key,
        "type": result.type_key,
        "text": result.text.to_json(),
        **_figures_json(result),
    }


def _figures_json(result: QuestionResult) -> dict[str, Any]:
    if result.is_suppressed:
        return {"suppressed": True}
    return {
        "suppressed": False,
        "n": result.n,
        "distribution": [
            {"answer": key, "label": label.to_json(), "count": count}
            for key, label, count in result.distribution
        ],
        "mean": _rounded(result.mean),
        "share_positive": _rounded(result.share_positive),
    }


def _texts_json(written: Iterable[queries.Written]) -> list[dict[str, Any]]:
    return [
        {
            "question": one.question.key,
            "text": one.question.text.to_json(),
            "written": [_text_json(line) for line in one.texts],
        }
        for one in written
    ]


def _text_json(line: FeedbackText) -> dict[str, Any]:
    return {
        "text": line.text,
        "lang": line.lang,
        "may_be_quoted": line.quote_by is not None,
        "quoted_as": line.quote_as,
    }


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _table_file(form: FeedbackForm, name: str, kind: str, rows: list[list[Cell]]) -> Response:
    if kind not in TYPE_OF:
        raise NotFound
    is_rtl = current_language() in RIGHT_TO_LEFT
    content = write_csv(rows) if kind == "csv" else write_xlsx(rows, right_to_left=is_rtl)
    return _file(form, name, kind, content)


def _file(form: FeedbackForm, name: str, kind: str, content: bytes) -> Response:
    disposition = f'attachment; filename="{form.workshop.ref}-feedback-{name}.{kind}"'
    return Response(content, mimetype=TYPE_OF[kind], headers={"Content-Disposition": disposition})
