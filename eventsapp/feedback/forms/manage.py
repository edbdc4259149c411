"""What those who run a form fill in."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from eventsapp.core.texts import LANGUAGES
from eventsapp.feedback.models import FeedbackForm
from eventsapp.feedback.rules import LONGEST_VALIDITY, MOST_CARDS_A_SHEET
from eventsapp.feedback.rules.opening import MONTHS_AFTER
from eventsapp.feedback.rules.reminders import MOST_DAYS, MOST_REMINDERS
from eventsapp.feedback.types import Access, Late, OpeningPlan, ReminderPlan
from eventsapp.web.forms import PageForm, choices, member
from eventsapp.web.locale import OWN_NAMES

# Pages drawn in one go; more are printed in several goes.
MOST_COPIES = 100
NEEDED = _l("Fill this in.")
ACCESS_LABELS = {
    Access.CARDS: _l("Printed cards"),
    Access.PERSONAL: _l("A link by mail to each participant"),
    Access.OPEN: _l("One code for everybody"),
}
ACCESS_HINTS = {
    Access.CARDS: _l(
        "Shuffled, tied to nobody, each works once. Best in the room; no reminders are possible."
    ),
    Access.PERSONAL: _l(
        "Each works once. You learn who has answered and can remind the others; never what."
    ),
    Access.OPEN: _l("On a screen or a poster. Anybody can answer, more than once too."),
}


LATE_LABELS = {
    Late.REFUSE: _l("are refused, and the participant is told so"),
    Late.HOLD: _l("are held for two weeks, and counted only when at least ten have come"),
}


class AccessForm(PageForm):
    access = RadioField(
        _l("How do people get the right to answer?"),
        [InputRequired(NEEDED)],
        choices=choices((kind, label) for kind, label in ACCESS_LABELS.items()),
    )

    def draft(self) -> Access:
        return member(Access, self.access)


class OpenForm(PageForm):
    closes_on = DateField(
        _l("Last day for answers"),
        [Optional()],
        description=_l("The form closes by itself after it. Empty: until you close it."),
    )
    late = RadioField(
        _l("Answers that come after closing"),
        choices=choices((kind, label) for kind, label in LATE_LABELS.items()),
        default=Late.REFUSE,
    )


class OpeningForm(PageForm):
    opens_after = SelectField(_l("After the workshop"))
    opens_on = DateField(_l("Or on a day"), [Optional()])
    open_days = IntegerField(
        _l("Open for so many days"),
        [
            Optional(),
            NumberRange(1, LONGEST_VALIDITY.days, _l("Give a number from %(min)d to %(max)d.")),
        ],
        description=_l("The form closes by itself after them. Empty: until you close it."),
        default=21,
    )
    late_answers = RadioField(
        _l("Answers that come after closing"),
        choices=choices((kind, label) for kind, label in LATE_LABELS.items()),
        default=Late.REFUSE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [
            (str(count), ngettext("%(num)d month after", "%(num)d months after", count))
            for count in MONTHS_AFTER
        ]
        self.opens_after.choices = choices([("", _("on the day below")), *months])

    def draft(self) -> OpeningPlan:
        """A day that was given stands above the months."""
        return OpeningPlan(
            on=self.opens_on.data,
            months_after=int(self.opens_after.data or 0) or None,
            days=self.open_days.data,
            late=member(Late, self.late_answers),
        )


class CardsForm(PageForm):
    version = HiddenField()
    count = IntegerField(
        _l("How many cards?"),
        [
            InputRequired(NEEDED),
            NumberRange(1, MOST_CARDS_A_SHEET, _l("Give a number from %(min)d to %(max)d.")),
        ],
        description=_l("One for each person in the room, and a few more."),
    )


class PaperForm(PageForm):
    version = HiddenField()
    lang = SelectField(_l("Language"))
    count = IntegerField(
        _l("How many copies?"),
        [
            Optional(),
            NumberRange(1, MOST_COPIES, _l("Give a number from %(min)d to %(max)d.")),
        ],
        default=20,
        description=_l("Each has a code of its own and counts once."),
    )

    def offer(self, languages: Iterable[str], *, one_is_enough: bool) -> None:
        self.lang.choices = choices((lang, OWN_NAMES[lang]) for lang in languages)
        if one_is_enough:
            del self.count


def _days(label: Any, description: Any, most: int = MOST_DAYS) -> Any:
    limits = NumberRange(1, most, _l("Give a number from %(min)d to %(max)d."))
    return IntegerField(label, [Optional(), limits], description=description)


class ReminderForm(PageForm):
    after = _days(
        _l("Days after the mails went out"), _l("Empty: nobody is reminded at that time.")
    )
    before = _days(
        _l("Days before the last day for answers"),
        _l("Needs a last day. Empty: nobody is reminded at that time."),
    )
    most = IntegerField(
        _l("At most so many reminders for each person"),
        [
            InputRequired(NEEDED),
            NumberRange(1, MOST_REMINDERS, _l("Give a number from %(min)d to %(max)d.")),
        ],
        description=_l("Those that you send by hand are counted too."),
    )

    def draft(self) -> ReminderPlan:
        return ReminderPlan(self.after.data, self.before.data, self.most.data)


class InviteForm(PageForm):
    everybody = BooleanField(
        _l("Also those with a confirmed place who left no evidence of taking part")
    )


def paper_form(feedback: FeedbackForm, **shown: Any) -> PaperForm:
    """What can be asked for; ``shown`` as WTForms takes it."""
    form = PaperForm(**shown)
    languages = [lang for lang in LANGUAGES if lang in feedback.workshop.languages]
    form.offer(languages or LANGUAGES, one_is_enough=feedback.access == Access.OPEN)
    return form
