"""The form as a participant sees it: one address, no account, no cookie, no trace.

The code travels in the body of a POST; behind the "#" of a link it is posted by a script. It is
also what protects the form: whoever knows it may answer, and nobody else can make them.

A whole room opens and sends at the same minute, so the usual ways cost little: one read, one
short transaction, and pages that were drawn before. Only what is out of the ordinary (a refusal,
a change of language half-way) is drawn for one person.
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
from eventsapp.feedback.forms import CodeForm, FormSheet, read_answers
from eventsapp.feedback.rules.tokens import read_code, written
from eventsapp.feedback.types import MoreToAsk, Receipt, Submission
from eventsapp.feedback.views.blueprint import pages
from eventsapp.feedback.views.guessing import TooManyGuesses, guesses
from eventsapp.feedback.views.kept_pages import CODE, RETRY_KEY, fill_in
from eventsapp.questions.sheet import PREFIX
from eventsapp.questions.types import AnswersRefused
from eventsapp.web.access import public
from eventsapp.web.errors import translate
from eventsapp.web.forms import posted_id
from eventsapp.web.limits import client
from eventsapp.web.locale import OWN_NAMES, choose_language
from eventsapp.web.untraced import untraced

Page = tuple[str, int]


@pages.route("/f/", methods=["GET", "POST"])
@public
@untraced
def answer() -> Page:
    """Ask for the code, show the form, change its language, or receive what was filled in."""
    lang = _language()
    typed = request.form.get("code", "")
    if not typed.strip():
        return fill_in(("code", lang), lambda: _code_page(lang, CodeForm())), 200
    try:
        guesses.check(client(), now=clock.now())
        return (_receive if request.form.get("do") == "send" else _show)(lang, typed)
    except (rules.UnknownCode, TooManyGuesses) as refused:
        return _refuse_code(lang, typed, refused)


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


def _render(lang: str, template: str, **context: Any) -> str:
    own_names = [(code, OWN_NAMES[code]) for code in LANGUAGES]
    with force_locale(lang):
        # No links to other languages: following one would lose the code and set a cookie.
        return render_template(template, own_names=own_names, languages=[], **context)


def _code_page(lang: str, form: CodeForm) -> str:
    return _render(lang, "feedback/code.html", form=form)


def _refuse_code(lang: str, typed: str, refused: Refused) -> Page:
    if isinstance(refused, rules.UnknownCode):
        guesses.note_wrong(client(), now=clock.now())
    form = CodeForm(data={"code": typed[:100]})
    with force_locale(lang):
        form.show_refusal(refused)
    return _code_page(lang, form), refused.status


def _show(lang: str, typed: str) -> Page:
    right = _right(typed)
    if right.is_spent:
        return _over(lang, rules.AlreadyAnswered())
    if not rules.is_answerable(right, now=clock.now()):
        return _over(lang, rules.FormClosed())
    if any(name.startswith(PREFIX) for name in request.form):
        return _sheet_page(lang, right, _sheet(lang, right), code=_code(), retry_key=_key()), 200
    page = fill_in(
        ("sheet", lang, right.form.asked, rules.is_taking_late(right, now=clock.now()), _paper()),
        lambda: _sheet_page(
            lang, right, FormSheet.empty(right, lang), code=CODE, retry_key=RETRY_KEY
        ),
        code=_code(),
        retry_key=_key(),
    )
    return page, 200


def _sheet(lang: str, right: queries.Right) -> FormSheet:
    with force_locale(lang):
        return FormSheet(right.form.asked.version_id, right.questions, request.form, lang=lang)


def _sheet_page(
    lang: str, right: queries.Right, sheet: FormSheet, *, code: str, retry_key: str
) -> str:
    form = queries.get_form(right.form.form_id)
    return _render(
        lang,
        "feedback/answer.html",
        form=form,
        workshop=form.workshop,
        sheet=sheet,
        code=code,
        retry_key=retry_key,
        late=rules.is_taking_late(right, now=clock.now()),
        paper=_paper(),
    )


def _paper() -> int:
    """The workshop whose sheets are being typed in, 0 where people answer for themselves: only
    the way back from here hangs on it."""
    return posted_id("paper")


def _code() -> str:
    """The code as it is printed, however it was typed."""
    return written(read_code(request.form["code"]) or "")


def _key() -> str:
    """The key that repeats of this answer share: the page's own, or a new one."""
    return request.form.get("retry_key", "")[:200] or secrets.token_urlsafe(16)


def _right(typed: str) -> queries.Right:
    return queries.find_right(typed, seen=posted_id("version"))


def _receive(lang: str, typed: str) -> Page:
    sent = _submission(lang, typed)
    try:
        receipt = service.submit(sent, now=clock.now())
    except (AnswersRefused, rules.FormChanged) as refused:
        return _to_correct(lang, _right(typed), refused)
    except MoreToAsk:
        return _ask_on(lang, _right(typed))
    except (rules.AlreadyAnswered, rules.FormClosed) as refused:
        return _over(lang, refused)
    # Most agree to no quote, and need no further look at their answers.
    quoted = any(name.endswith("may_quote") for name in request.form)
    return _received(
        lang, receipt, queries.withdrawal_code_of(_right(typed), sent) if quoted else ""
    ), 200


def _submission(lang: str, typed: str) -> Submission:
    return Submission(
        code=typed,
        version_id=posted_id("version"),
        lang=lang,
        answers=lambda questions: read_answers(questions, request.form),
        retry_key=request.form.get("retry_key", "")[:200],
    )


def _to_correct(lang: str, right: queries.Right, refused: Refused) -> Page:
    """The form as it was filled in, with what is wrong beside its question."""
    sheet = _sheet(lang, right)
    with force_locale(lang):
        if isinstance(refused, AnswersRefused):
            sheet.show_refusals(refused)
        else:
            sheet.form.refusal = translate(refused)
    return _sheet_page(lang, right, sheet, code=_code(), retry_key=_key()), refused.status


def _ask_on(lang: str, right: queries.Right) -> Page:
    """Without scripts, what an answer brings up is asked when the answers are sent."""
    sheet = _sheet(lang, right)
    sheet.brought_up = len(sheet.unseen())
    return _sheet_page(lang, right, sheet, code=_code(), retry_key=_key()), 200


def _received(lang: str, receipt: Receipt, withdrawal: str) -> str:
    """Whoever agreed to be quoted is given the code that takes it back."""
    return fill_in(
        ("received", lang, receipt, bool(withdrawal), _paper()),
        lambda: _render(
            lang,
            "feedback/received.html",
            again=receipt == Receipt.RECEIVED_BEFORE,
            late=receipt == Receipt.RECEIVED_LATE,
            code=CODE,
            withdrawal=RETRY_KEY if withdrawal else "",
            paper=_paper(),
        ),
        code=_code(),
        retry_key=written(withdrawal),
    )


def _over(lang: str, refused: Refused) -> Page:
    """Nothing to fill in any more: why, and what to do."""
    with force_locale(lang):
        if isinstance(refused, rules.FormClosed):
            title, more = _("This form is closed"), ""
        else:
            title = _("You have answered already")
            more = _("If that was not you, ask the organiser for another card.")
        text = translate(refused)
    page = _render(lang, "feedback/over.html", title=title, text=text, more=more, code=_code())
    return page, refused.status
