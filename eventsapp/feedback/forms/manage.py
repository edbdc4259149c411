"""What those who run a form fill in."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.feedback.rules import MOST_CARDS_A_SHEET
from eventsapp.feedback.types import Access
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.types import Option, Question
from eventsapp.web.forms import PageForm, TextsField, choices, member, texts_to_form

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


class InviteForm(PageForm):
    everybody = BooleanField(
        _l("Also those with a confirmed place who left no evidence of taking part")
    )


class OptionForm(Form):  # type: ignore[misc] # WTForms ships no types
    """An answer to choose; one without words is left out."""

    key = HiddenField()
    text = TextsField(_l("Answer"))


class QuestionForm(PageForm):
    """A question of any type; ``fit`` makes it ask for what the type needs."""

    version = HiddenField()
    text = TextsField(_l("Question"), required=True)
    help = TextsField(_l("Help"), description=_l("A sentence below the question."))
    options = FieldList(FormField(OptionForm), label=_l("Answers"), max_entries=60)
    required = BooleanField(_l("It must be answered"))
    settings = SelectMultipleField(
        _l("More"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def fit(self, kind: QuestionType) -> None:
        self.settings.choices = choices((one.key, _(one.label)) for one in kind.settings)
        if not kind.settings:
            del self.settings
        if kind.options is None:
            del self.options

    def question(self, key: str, kind: QuestionType) -> Question:
        chosen = self.settings.data or [] if "settings" in self else []
        return Question(
            key=key,
            type_key=kind.key,
            text=self.text.texts(),
            help=self.help.texts(),
            required=bool(self.required.data),
            options=kind.name_options(self._written()) if "options" in self else (),
            settings={one.key: one.key in chosen for one in kind.settings},
        )

    def _written(self) -> list[Option]:
        rows = [entry.form for entry in self.options]
        options = [Option(row.key.data or "", row.text.texts()) for row in rows]
        return [option for option in options if option.text]


def form_data(question: Question, *, spare: int = 0) -> dict[str, Any]:
    """What a QuestionForm takes as its data, with ``spare`` empty rows for further answers."""
    written = [
        {"key": option.key, "text": texts_to_form(option.text)} for option in question.options
    ]
    empty = [{"key": "", "text": {}} for _row in range(spare)]
    return {
        "text": texts_to_form(question.text),
        "help": texts_to_form(question.help),
        "options": [*written, *empty],
        "required": question.required,
        "settings": [key for key, is_on in question.settings.items() if is_on],
    }
