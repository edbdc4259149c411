"""Input of those who run a workshop: decisions, how it takes registrations, wording of mails."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length, NumberRange

from eventsapp.attendance.rules.letters import LONGEST_OPENING, LONGEST_SUBJECT
from eventsapp.attendance.rules.registering import LONGEST_REASON
from eventsapp.attendance.rules.setup import LONGEST_KEPT, MOST_HOURS
from eventsapp.attendance.types import OwnField, Setup, Wording
from eventsapp.people.rules import LONGEST_ADDRESS
from eventsapp.questions.question_form import QuestionForm, form_data
from eventsapp.questions.question_type import QuestionType
from eventsapp.web.forms import (
    PageForm,
    TextsField,
    line,
    paragraphs,
    texts_to_form,
    value,
)

NEEDED = _l("Fill this in.")


def _number(field: Any) -> int:
    typed = value(field)
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class DecisionForm(PageForm):
    """What becomes of those who asked for a place; several at once."""

    reason = TextAreaField(
        _l("Reason"),
        paragraphs(LONGEST_REASON),
        description=_l("Stands in the mail to those whom you decline."),
    )


class AddressForm(PageForm):
    """Somebody's mail address, written anew by the organiser."""

    email = EmailField(
        _l("E-mail address"),
        [
            InputRequired(NEEDED),
            Email(_l("Write a whole address, such as name@example.org.")),
            Length(max=LONGEST_ADDRESS, message=_l("Use at most %(max)d characters.")),
        ],
        description=_l(
            "Their links go there at once. If mail came back although the address is right, "
            "save it as it is."
        ),
    )


class SetupForm(PageForm):
    """How a workshop takes registrations, and which mails go out by themselves."""

    version = HiddenField()
    needs_approval = BooleanField(
        _l("I decide about each registration"),
        description=_l(
            "People ask for a place; you confirm or decline. Whom you invite needs no second yes."
        ),
    )
    reminder_hours = IntegerField(
        _l("Reminder, hours before the start"),
        [
            InputRequired(NEEDED),
            NumberRange(0, MOST_HOURS, _l("Give a number from %(min)d to %(max)d.")),
        ],
        description=_l("To everybody with a place. 0 sends none."),
    )
    joining_hours = IntegerField(
        _l("Joining link, hours before the start"),
        [
            InputRequired(NEEDED),
            NumberRange(0, MOST_HOURS, _l("Give a number from %(min)d to %(max)d.")),
        ],
        description=_l("Only to those who take part online. 0 sends none."),
    )
    sends_thanks = BooleanField(
        _l("Thank those who took part, and ask them for feedback"),
        description=_l(
            "After the end, once the feedback form is open; at the latest after two days."
        ),
    )

    def setup(self, was: Setup) -> Setup:
        return replace(
            was,
            needs_approval=bool(self.needs_approval.data),
            reminder_hours=self.reminder_hours.data,
            joining_hours=self.joining_hours.data,
            sends_thanks=bool(self.sends_thanks.data),
            version=_number(self.version),
        )


class OwnFieldForm(QuestionForm):
    """A question of the workshop's own registration form; ``question_form`` adds what its type
    needs."""

    purpose = TextsField(
        _l("What is the answer used for?"),
        required=True,
        description=_l("Shown below the question. Ask only what you need."),
    )
    keep_days = IntegerField(
        _l("Days to keep the answers after the workshop"),
        [
            InputRequired(NEEDED),
            NumberRange(1, LONGEST_KEPT, _l("Give a number from %(min)d to %(max)d.")),
        ],
        description=_l("Then they are erased; those who are asked see the date."),
    )

    def own_field(self, key: str, kind: QuestionType) -> OwnField:
        return OwnField(self.question(key, kind), self.purpose.texts(), self.keep_days.data)

    def seen_version(self) -> int:
        return _number(self.version)


def field_data(field: OwnField, kind: QuestionType) -> dict[str, Any]:
    """What an OwnFieldForm takes as its data."""
    return {
        **form_data(field.question, kind),
        "purpose": texts_to_form(field.purpose),
        "keep_days": field.keep_days,
    }


class WordingForm(PageForm):
    """The organiser's own words for one mail in one language."""

    version = HiddenField()
    subject = StringField(
        _l("Subject line"), line(LONGEST_SUBJECT), description=_l("Empty: as usual.")
    )
    opening = TextAreaField(
        _l("First paragraph"),
        paragraphs(LONGEST_OPENING),
        description=_l("Empty: as usual. The facts, the link and the code follow by themselves."),
    )

    def wording(self) -> Wording:
        return Wording(
            subject=value(self.subject),
            opening=value(self.opening).replace("\r\n", "\n"),
            version=_number(self.version),
        )
