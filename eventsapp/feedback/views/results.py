"""What came of a form, for reading inside, and as files."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from eventsapp.core.errors import NotFound
from eventsapp.core.texts import RIGHT_TO_LEFT
from eventsapp.documents.render import article_html
from eventsapp.edge.tables import CSV_TYPE, XLSX_TYPE, Cell, write_csv, write_xlsx
from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.types import SMALLEST_SHOWN, FeedbackFacts, QuestionResult
from eventsapp.feedback.views.blueprint import pages
from eventsapp.feedback.views.manage import BASE
from eventsapp.questions.rules import TYPES
from eventsapp.web.access import any_role
from eventsapp.web.filters import number, text
from eventsapp.web.locale import OWN_NAMES, current_language
from eventsapp.web.registry import story_of

TYPE_OF = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}


@dataclass(frozen=True, slots=True)
class Shown:
    """A question's result as its page shows it: a picture with its figures, or that it has none."""

    result: QuestionResult
    chart: Markup | None


@pages.get(f"{BASE}/results")
@any_role
def results(workshop_id: int) -> str:
    form = queries.get_form_of(workshop_id)
    facts = _facts(form)
    return render_template(
        "feedback/results.html",
        workshop=form.workshop,
        story=story_of(form.workshop, "feedback"),
        form=form,
        facts=facts,
        shown=[_shown(result) for result in facts.questions],
        texts=queries.written_texts(form),
        own_names=OWN_NAMES,
        smallest=SMALLEST_SHOWN,
    )


@pages.get(f"{BASE}/results.<kind>")
@any_role
def export_results(workshop_id: int, kind: str) -> Response:
    """Counts by question and answer; rows of persons would undo the suppression."""
    form = queries.get_form_of(workshop_id)
    return _file(form, "results", kind, list(_result_rows(_facts(form))))


@pages.get(f"{BASE}/texts.<kind>")
@any_role
def export_texts(workshop_id: int, kind: str) -> Response:
    """What was written, each question in an order of its own."""
    form = queries.get_form_of(workshop_id)
    return _file(form, "texts", kind, list(_text_rows(form)))


def _facts(form: FeedbackForm) -> FeedbackFacts:
    return queries.feedback_facts(form.workshop, smallest=SMALLEST_SHOWN, purpose=form.purpose)


def _shown(result: QuestionResult) -> Shown:
    lang = current_language()
    chart = TYPES[result.type_key].chart(result, lang=lang, summary=_summary(result))
    if chart is None:
        return Shown(result, None)
    return Shown(result, article_html([chart], lang=lang, media_url=lambda key: key))


def _summary(result: QuestionResult) -> str:
    """``16 people answered; the mean is 4.4 on a scale from 1 to 5.``"""
    if result.mean is None or not TYPES[result.type_key].is_scale:
        return str(ngettext("%(num)d person answered.", "%(num)d people answered.", result.n))
    words = ngettext(
        "%(num)d person answered; the mean is %(mean)s on a scale from %(low)s to %(high)s.",
        "%(num)d people answered; the mean is %(mean)s on a scale from %(low)s to %(high)s.",
        result.n,
        mean=number(round(result.mean, 1)),
        low=result.distribution[0][0],
        high=result.distribution[-1][0],
    )
    return str(words)


def _result_rows(facts: FeedbackFacts) -> Iterator[list[Cell]]:
    yield [_("Question"), _("Answer"), _("Count"), _("Answers in all"), _("Mean")]
    lang = current_language()
    for result in facts.questions:
        asked = result.text.text(lang)
        if result.is_suppressed:
            yield [asked, _("fewer than %(num)d answers", num=SMALLEST_SHOWN), None, None, None]
            continue
        mean = None if result.mean is None else round(result.mean, 2)
        rows = TYPES[result.type_key].rows(result, lang)
        for label, count in rows:
            yield [asked, label, count, result.n, mean]
        if not rows:
            yield [asked, _("in their own words"), None, result.n, None]


def _text_rows(form: FeedbackForm) -> Iterator[list[Cell]]:
    yield [_("Question"), _("Text"), _("Language"), _("May be quoted"), _("Quoted as")]
    for question, texts in queries.written_texts(form):
        for written in texts:
            may = _("yes") if written.may_quote else _("no")
            yield [text(question.text), written.text, written.lang, may, written.attribution]


def _file(form: FeedbackForm, name: str, kind: str, rows: list[list[Cell]]) -> Response:
    if kind not in TYPE_OF:
        raise NotFound
    is_rtl = current_language() in RIGHT_TO_LEFT
    content = write_csv(rows) if kind == "csv" else write_xlsx(rows, right_to_left=is_rtl)
    disposition = f'attachment; filename="{form.workshop.ref}-feedback-{name}.{kind}"'
    return Response(content, mimetype=TYPE_OF[kind], headers={"Content-Disposition": disposition})
