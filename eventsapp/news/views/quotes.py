"""Where whoever agreed to be quoted takes it back: by a code, and nothing else is known of them."""

from typing import Any

from flask import render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField

from eventsapp.core import clock
from eventsapp.core.actor import VISITOR
from eventsapp.core.errors import Refused
from eventsapp.feedback.queries import list_quotes
from eventsapp.feedback.rules import UnknownQuoteCode
from eventsapp.feedback.views.guessing import guesses
from eventsapp.news import service
from eventsapp.news.views.blueprint import pages
from eventsapp.web.access import public
from eventsapp.web.errors import translate
from eventsapp.web.limits import client
from eventsapp.web.untraced import untraced

Page = tuple[str, int]


class CodeForm(Form):  # type: ignore[misc] # WTForms ships no types
    """Bound to no session, so it has no token: whoever knows the code may do this."""

    code = StringField(_l("The code of your quote"))
    refusal = ""


@pages.route("/f/quotes", methods=["GET", "POST"])
@public
@untraced
def withdraw_quotes() -> Page:
    """Ask for the code, show what it covers, then take it back."""
    typed = request.form.get("code", "")[:100]
    if not typed.strip():
        return _page(CodeForm())
    try:
        guesses.check(client(), now=clock.now())
        if request.form.get("do") == "withdraw":
            service.withdraw_quotes(typed, by=VISITOR, now=clock.now())
            return _page(CodeForm(), is_done=True)
        quotes = list_quotes(typed)
    except Refused as refused:
        return _refuse(typed, refused)
    return _page(CodeForm(data={"code": typed}), quotes=quotes)


@pages.record_once
def _exempt(state: BlueprintSetupState) -> None:
    # A token bound to a session would need a cookie, which tells visits apart.
    state.app.extensions["csrf"].exempt(withdraw_quotes)


def _refuse(typed: str, refused: Refused) -> Page:
    if isinstance(refused, UnknownQuoteCode):
        guesses.note_wrong(client(), now=clock.now())
    form = CodeForm(data={"code": typed})
    form.code.errors = [translate(refused)]
    return _page(form, status=refused.status)


def _page(form: CodeForm, *, status: int = 200, **context: Any) -> Page:
    return render_template("news/withdraw_quotes.html", form=form, **context), status
