"""What those who run a form fill in."""

from collections.abc import Sequence
from typing import Any

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
)
from wtforms.validators import InputRequired, NumberRange, Optional

from eventsapp.feedback.rules import MOST_CARDS_A_SHEET
from eventsapp.feedback.types import Access
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.types import Option, Question, with_keys
from eventsapp.web.forms import PageForm, TextsField, choices, member, texts_to_form

NEEDED = _l("Fill this in.")
SPARE_ROWS = 2
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
    """What every question has; ``question_form`` adds what its type needs."""

    options: Any = None
    lines: Any = None
    settings: Any = None

    version = HiddenField()
    text = TextsField(_l("Question"), required=True)
    help = TextsField(_l("Help"), description=_l("A sentence below the question."))
    required = BooleanField(_l("It must be answered"))

    def question(self, key: str, kind: QuestionType) -> Question:
        return Question(
            key=key,
            type_key=kind.key,
            text=self.text.texts(),
            help=self.help.texts(),
            required=bool(self.required.data) if "required" in self else False,
            options=kind.name_options(_written(self.options)) if "options" in self else (),
            lines=with_keys(_written(self.lines)) if "lines" in self else (),
            settings=self._chosen(kind) if "settings" in self else {},
        )

    def _chosen(self, kind: QuestionType) -> dict[str, Any]:
        found = {one.key: one.value(self.settings.form[one.key]) for one in kind.settings}
        return {key: given for key, given in found.items() if given is not None}


def question_form(kind: QuestionType) -> type[QuestionForm]:
    """The form that asks for everything that makes a question of this type."""
    fields: dict[str, Any] = {}
    if kind.options:
        fields["options"] = _texts_list(_l("Answers"), kind.options)
    if kind.lines:
        fields["lines"] = _texts_list(_l("Lines"), kind.lines)
    if kind.settings:
        settings = {one.key: one.field() for one in kind.settings}
        fields["settings"] = FormField(type("SettingsForm", (Form,), settings))
    if not kind.is_asked:
        fields["required"] = None
    return type("FittingForm", (QuestionForm,), fields)


def _texts_list(label: Any, bounds: tuple[int, int]) -> Any:
    """Room for rows that stay empty, beside those that are written."""
    return FieldList(FormField(OptionForm), label=label, max_entries=bounds[1] + SPARE_ROWS)


def _written(entries: Any) -> list[Option]:
    rows = [entry.form for entry in entries]
    options = [Option(row.key.data or "", row.text.texts()) for row in rows]
    return [option for option in options if option.text]


def form_data(question: Question, kind: QuestionType) -> dict[str, Any]:
    """What a question's form takes as its data, with empty rows for those who have no script."""
    return {
        "text": texts_to_form(question.text),
        "help": texts_to_form(question.help),
        "options": _rows(question.options, kind.options),
        "lines": _rows(question.lines, kind.lines),
        "required": question.required,
        "settings": {one.key: one.data(question.settings.get(one.key)) for one in kind.settings},
    }


def _rows(written: Sequence[Option], bounds: tuple[int, int] | None) -> list[dict[str, Any]]:
    if bounds is None:
        return []
    rows = [{"key": one.key, "text": texts_to_form(one.text)} for one in written]
    spare = min(SPARE_ROWS, bounds[1] - len(written))
    return [*rows, *({"key": "", "text": {}} for _row in range(spare))]
