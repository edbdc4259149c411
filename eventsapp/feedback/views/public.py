"""The form as a participant sees it: one address, no account, no cookie, no trace.

The code travels in the body of a POST; behind the "#" of a link it is posted by a script. It is
also what protects the form: whoever knows it may answer, and nobody else can make them.
"""

import secrets
from typing import Any

from flask import render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from flask_babel import gettext as _

from eventsapp.core import clock
from eventsapp.core.errors import Refused
from eventsapp.core.texts import LANGUAGES
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.forms import CodeForm, Sheet
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.tokens import read_code, written
from eventsapp.feedback.types import Receipt, Submission
from eventsapp.feedback.views.blueprint import pages
from eventsapp.feedback.views.guessing import TooManyGuesses, guesses
from eventsapp.questions.rules import AnswersRefused
from eventsapp.web.access import public
from eventsapp.web.errors import translate
from eventsapp.web.limits import client
from eventsapp.web.locale import OWN_NAMES, choose_language
from eventsapp.web.untraced import untraced

Page = tuple[str, int]


@pages.route("/f/", methods=["GET", "POST"])
@public
@untraced
def answer() -> Page:
    """Ask for the code, show the form, change its language, or receive what was filled in."""
    with force_locale(_language()):
        typed = request.form.get("code", "")
        if not typed.strip():
            return _code_page(CodeForm(), 200)
        try:
            guesses.check(client(), now=clock.now())
            right = queries.find_right(typed)
        except (rules.UnknownCode, TooManyGuesses) as refused:
            return _refuse_code(typed, refused)
        if request.form.get("do") == "send":
            return _receive(right)
        return _show(right)


@pages.record_once
def _exempt(state: BlueprintSetupState) -> None:
    # A token bound to a session would need a cookie, which tells visits apart.
    state.app.extensions["csrf"].exempt(answer)


def _language() -> str:
    """The language whose button was pressed, else the one of the page that was sent."""
    for name in ("lang", "now"):
        if (chosen := request.form.get(name)) in LANGUAGES:
            return str(chosen)
    return choose_language()


def _render(template: str, status: int, **context: Any) -> Page:
    own_names = [(code, OWN_NAMES[code]) for code in LANGUAGES]
    # No links to other languages: following one would lose the code and set a cookie.
    return render_template(template, own_names=own_names, languages=[], **context), status


def _code_page(form: CodeForm, status: int) -> Page:
    return _render("feedback/code.html", status, form=form)


def _refuse_code(typed: str, refused: Refused) -> Page:
    if isinstance(refused, rules.UnknownCode):
        guesses.note_wrong(client(), now=clock.now())
    form = CodeForm(data={"code": typed[:100]})
    form.show_refusal(refused)
    return _code_page(form, refused.status)


def _show(right: queries.Right) -> Page:
    if right.is_spent:
        return _over(rules.AlreadyAnswered())
    if not rules.is_answerable(right.form, now=clock.now()):
        return _over(rules.FormClosed())
    sheet = Sheet.of(right.form, request.form)
    return _sheet_page(right.form, sheet, 200)


def _sheet_page(form: FeedbackForm, sheet: Sheet, status: int) -> Page:
    return _render(
        "feedback/answer.html",
        status,
        form=form,
        workshop=form.workshop,
        sheet=sheet,
        code=_code(),
        retry_key=request.form.get("retry_key") or secrets.token_urlsafe(16),
    )


def _code() -> str:
    """The code as it is printed, however it was typed."""
    return written(read_code(request.form["code"]) or "")


def _receive(right: queries.Right) -> Page:
    sheet = Sheet.of(right.form, request.form)
    try:
        receipt = service.submit(_submission(sheet), now=clock.now())
    except AnswersRefused as refused:
        sheet.show_refusals(refused)
        return _sheet_page(right.form, sheet, refused.status)
    except rules.FormChanged as refused:
        sheet.form.refusal = translate(refused)
        return _sheet_page(right.form, sheet, refused.status)
    except (rules.AlreadyAnswered, rules.FormClosed) as refused:
        return _over(refused)
    again = receipt == Receipt.RECEIVED_BEFORE
    return _render("feedback/received.html", 200, again=again, code=_code())


def _submission(sheet: Sheet) -> Submission:
    return Submission(
        code=request.form["code"],
        version_id=request.form.get("version", 0, type=int),
        lang=_language(),
        answers=sheet.answers(),
        retry_key=request.form.get("retry_key", "")[:200],
    )


def _over(refused: Refused) -> Page:
    """Nothing to fill in any more: why, and what to do."""
    if isinstance(refused, rules.FormClosed):
        title, more = _("This form is closed"), ""
    else:
        title = _("You have answered already")
        more = _("If that was not you, ask the organiser for another card.")
    return _render(
        "feedback/over.html", refused.status, title=title, text=translate(refused), more=more
    )
