"""What came of a form, for reading inside."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from eventsapp.attendance.queries import count_attended
from eventsapp.core.errors import NotFound
from eventsapp.documents.blocks import Block
from eventsapp.documents.render import article_html
from eventsapp.feedback import queries
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.counting import Grouping
from eventsapp.feedback.types import (
    SMALLEST_SHOWN,
    Breakdown,
    FeedbackFacts,
    QuestionResult,
)
from eventsapp.feedback.views import charts
from eventsapp.feedback.views.blueprint import form_seen, pages
from eventsapp.feedback.views.columns import COLUMNS
from eventsapp.feedback.views.manage import BASE
from eventsapp.web.access import any_role
from eventsapp.web.filters import joined, text
from eventsapp.web.locale import current_language
from eventsapp.web.registry import story_of

# As many texts of a question stand on the page of all results; the others have a page.
MOST_TEXTS = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A question's result as its page shows it: pictures with their figures, and texts."""

    result: QuestionResult
    chart: Markup | None
    groups: Markup | None
    # Said where the groups' results are not shown, or not all of them.
    hidden: str
    written: queries.Written | None


@pages.get(f"{BASE}/results")
@any_role
def results(workshop_id: int) -> str:
    """All results; ``by`` breaks them down, ``question`` shows one alone."""
    form = form_seen(workshop_id)
    facts = facts_of(form)
    wanted, by = request.args.get("question", ""), grouping_asked_for(form)
    shown = [one for one in facts.questions if wanted in {"", one.key}]
    return render_template(
        "feedback/results.html",
        workshop=form.workshop,
        story=story_of(form.workshop, "feedback"),
        form=form,
        facts=facts,
        asked=[(one.key, text(one.text)) for one in facts.questions],
        groupings=[(one.key, text(one.text)) for one in queries.groupings_of(form)],
        wanted=wanted,
        by=by,
        shown=_shown(form, shown, by),
        counts=None if facts.is_closed else queries.count_answers(form),
        attended=facts.attended,
        smallest=SMALLEST_SHOWN,
        changes=[
            (one, _drawn(charts.change_of(one)))
            for one in queries.changes_of(form, smallest=SMALLEST_SHOWN)
        ],
        columns=[(_(name), _(meaning)) for name, meaning in COLUMNS],
    )


@pages.get(f"{BASE}/results/texts/<key>")
@any_role
def texts(workshop_id: int, key: str) -> str:
    """What was written in answer to one question, to page through and to search."""
    form = form_seen(workshop_id)
    written = {one.question.key: one for one in queries.written_texts(form, most=0)}
    if key not in written:
        raise NotFound
    words = request.args.get("q", "")[:200]
    number = min(request.args.get("page", 1, type=int), 100_000)
    return render_template(
        "feedback/texts.html",
        workshop=form.workshop,
        story=story_of(form.workshop, "feedback"),
        question=written[key].question,
        total=written[key].total,
        words=words,
        page=queries.list_texts(form, key, words, page=number),
    )


@pages.get(f"{BASE}/counts")
@any_role
def counts(workshop_id: int) -> str:
    """The live count alone, for the page that asks again and again."""
    form = form_seen(workshop_id)
    return render_template(
        "feedback/_live_counts.html",
        form=form,
        workshop=form.workshop,
        counts=queries.count_answers(form),
        attended=count_attended(workshop_id),
    )


def facts_of(form: FeedbackForm) -> FeedbackFacts:
    return queries.feedback_facts(form.workshop, smallest=SMALLEST_SHOWN, purpose=form.purpose)


def grouping_asked_for(form: FeedbackForm) -> Grouping | None:
    wanted = request.args.get("by", "")
    return next((one for one in queries.groupings_of(form) if one.key == wanted), None)


def _shown(form: FeedbackForm, chosen: list[QuestionResult], by: Grouping | None) -> list[Shown]:
    written = {one.question.key: one for one in queries.written_texts(form, most=MOST_TEXTS)}
    broken = queries.breakdowns_by(form, by.key, smallest=SMALLEST_SHOWN) if by else ()
    by_question = {breakdown.of_key: breakdown for breakdown in broken}
    return [
        Shown(
            result=result,
            chart=_drawn(charts.chart_of(result)),
            groups=_groups(result, by_question.get(result.key)),
            hidden=_hidden(by_question.get(result.key)),
            written=written.get(result.key),
        )
        for result in chosen
    ]


def _groups(result: QuestionResult, breakdown: Breakdown | None) -> Markup | None:
    if breakdown is None or not breakdown.shown:
        return None
    return _drawn(charts.groups_of(result, breakdown))


def _hidden(breakdown: Breakdown | None) -> str:
    if breakdown is None or not breakdown.hidden:
        return ""
    if not breakdown.shown:
        return str(_("Not shown by group: some groups are too small, or would give others away."))
    names = joined(text(group.label) for group in breakdown.hidden)
    return str(
        ngettext(
            "Not shown, because it is too small: %(names)s.",
            "Not shown, because they are too small or would give a small one away: %(names)s.",
            len(breakdown.hidden),
            names=names,
        )
    )


def _drawn(block: Block | None) -> Markup | None:
    if block is None:
        return None
    return article_html([block], lang=current_language(), media_url=lambda key: key)
