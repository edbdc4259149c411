"""Handing out the right to answer: printed cards, mailed links, a code for everybody."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventsapp.core import clock
from eventsapp.core.actor import Role
from eventsapp.core.errors import NotFound
from eventsapp.core.texts import LANGUAGES, direction
from eventsapp.edge.mail import absolute_url
from eventsapp.edge.qr import qr_uri
from eventsapp.feedback import queries, rules, service
from eventsapp.feedback.forms import CardsForm, InviteForm, ReminderForm
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules.tokens import written
from eventsapp.feedback.types import Access
from eventsapp.feedback.views.blueprint import form_seen, own_form, pages
from eventsapp.feedback.views.manage import BASE, show_manage
from eventsapp.web.access import current_actor, roles
from eventsapp.web.forms import posted_id
from eventsapp.workshops.queries import get_workshop


@dataclass(frozen=True, slots=True)
class Card:
    code: str
    picture: str


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says in one language."""

    lang: str
    direction: str
    ask: str
    promise: str


@pages.post(f"{BASE}/cards")
@roles(Role.ORGANISER)
def make_cards(workshop_id: int) -> str | Response:
    form = CardsForm()
    feedback = form_seen(workshop_id)
    sheet = form.accept(
        lambda: service.print_cards(
            feedback.id,
            form.count.data,
            version=posted_id("version"),
            by=current_actor(),
            now=clock.now(),
        )
    )
    if sheet:
        return redirect(url_for("feedback.cards", workshop_id=workshop_id, sheet=sheet))
    return show_manage(get_workshop(workshop_id), cards_form=form)


@pages.get(f"{BASE}/cards/<int:sheet>")
@roles(Role.ORGANISER)
def cards(workshop_id: int, sheet: int) -> str:
    """A sheet to print and cut; used cards are on it like any other, so it tells nothing."""
    form = own_form(workshop_id)
    codes = queries.sheet_codes(form, sheet)
    if not codes:
        raise NotFound
    return _print("feedback/cards.html", form, codes)


@pages.get(f"{BASE}/poster")
@roles(Role.ORGANISER)
def poster(workshop_id: int) -> str:
    form = own_form(workshop_id)
    rules.check_access(form, Access.OPEN)
    rules.check_open(form)
    return _print("feedback/poster.html", form, (queries.door_code(form),))


@pages.post(f"{BASE}/invite")
@roles(Role.ORGANISER)
def invite(workshop_id: int) -> str | Response:
    form = InviteForm()
    feedback = form_seen(workshop_id)
    count = form.accept(
        lambda: service.invite_participants(
            feedback.id, everybody=bool(form.everybody.data), by=current_actor(), now=clock.now()
        )
    )
    if count:
        flash(ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", count))
        return redirect(url_for("feedback.manage", workshop_id=workshop_id))
    return show_manage(get_workshop(workshop_id), invite_form=form)


@pages.post(f"{BASE}/reminders")
@roles(Role.ORGANISER)
def plan_reminders(workshop_id: int) -> str | Response:
    form = ReminderForm()
    feedback = form_seen(workshop_id)
    if form.accept(
        lambda: service.plan_reminders(
            feedback.id, form.draft(), by=current_actor(), now=clock.now()
        )
    ):
        flash(_("Saved."))
        return redirect(url_for("feedback.manage", workshop_id=workshop_id))
    return show_manage(get_workshop(workshop_id), reminder_form=form)


@pages.post(f"{BASE}/remind")
@roles(Role.ORGANISER)
def remind(workshop_id: int) -> Response:
    form = form_seen(workshop_id)
    service.remind_now(form.id, by=current_actor(), now=clock.now())
    flash(_("Reminders are on their way to those who have not answered."))
    return redirect(url_for("feedback.manage", workshop_id=workshop_id))


@pages.get(f"{BASE}/mailing")
@roles(Role.ORGANISER)
def mailing(workshop_id: int) -> str:
    """How far the mails are: the part of the page that loads itself again."""
    form = own_form(workshop_id)
    return render_template(
        "feedback/_mailing.html", workshop=form.workshop, mailing=queries.mailing_of(form)
    )


def _print(template: str, form: FeedbackForm, codes: tuple[str, ...]) -> str:
    page = absolute_url("feedback.answer")
    return render_template(
        template,
        form=form,
        workshop=form.workshop,
        page=page,
        cards=[_card(page, written(code)) for code in codes],
        words=[_words(form, lang) for lang in LANGUAGES if lang in form.workshop.languages],
        languages=[],
    )


def _card(page: str, code: str) -> Card:
    return Card(code=code, picture=qr_uri(f"{page}#{code}", border=2))


def _words(form: FeedbackForm, lang: str) -> CardWords:
    with force_locale(lang):
        once = (
            _("The card works once and is tied to nobody.")
            if form.access == Access.CARDS
            else _("Anybody can answer with this code.")
        )
        promise = _("Once the form is closed, nobody can tell who gave which answer.")
        return CardWords(
            lang=lang,
            direction=direction(lang),
            ask=_("What was the workshop worth to you? Scan, or type the code."),
            promise=f"{promise} {once}",
        )
