"""What feedback shows on lower floors: its step of the story."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from eventsapp.core import clock
from eventsapp.edge.mail import absolute_url
from eventsapp.feedback import rules
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.queries import count_answers, door_code, find_form_of
from eventsapp.feedback.rules.opening import opening_day
from eventsapp.feedback.rules.tokens import written
from eventsapp.feedback.types import Access, FormStatus
from eventsapp.web.filters import day as format_day
from eventsapp.web.filters import number
from eventsapp.web.registry import FeedbackWay, Registry, StoryStep
from eventsapp.workshops.models import Workshop


def offer(registry: Registry) -> None:
    registry.story["feedback"] = feedback_step
    registry.feedback_ways.append(feedback_way)


def feedback_step(workshop: Workshop) -> StoryStep:
    form = find_form_of(workshop.id)
    return StoryStep(
        key="feedback",
        label=_("Feedback"),
        url=url_for("feedback.manage", workshop_id=workshop.id),
        state=_("not prepared") if form is None else _state(form),
        is_done=form is not None and form.status == FormStatus.CLOSED,
    )


def feedback_way(workshop: Workshop) -> FeedbackWay | None:
    """How those who took part are asked; where cards are shuffled no mail holds a way in."""
    form = find_form_of(workshop.id)
    if form is None or not rules.is_answerable(form, now=clock.now()):
        return None
    page = absolute_url("feedback.answer")
    if form.access == Access.CARDS:
        text = _("Please tell us how it was, with the card that you were given in the room.")
        return FeedbackWay(str(text), str(_("Open the form")), page)
    if form.access == Access.PERSONAL:
        text = _("Please tell us how it was: the link for it, yours alone, comes in another mail.")
        return FeedbackWay(str(text))
    text = _("Please tell us how it was: it takes two minutes, and it is anonymous.")
    return FeedbackWay(str(text), str(_("Open the form")), f"{page}#{written(door_code(form))}")


def _state(form: FeedbackForm) -> str:
    if form.status == FormStatus.DRAFT:
        if opens := opening_day(form):
            return str(_("opens on %(day)s", day=format_day(opens)))
        is_over = clock.now() >= form.workshop.ends_at
        return str(_("ready to open") if is_over else _("opens after the workshop"))
    counts = count_answers(form)
    words = ngettext("%(num)d answer", "%(num)d answers", counts.received)
    if form.status == FormStatus.CLOSED:
        return str(_("closed: %(answers)s", answers=words))
    if counts.handed_out:
        received, handed_out = number(counts.received), number(counts.handed_out)
        return str(_("%(some)s of %(all)s answered", some=received, all=handed_out))
    return str(_("open: %(answers)s", answers=words))
