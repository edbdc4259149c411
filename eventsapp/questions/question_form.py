"""The form on which a question is written, whoever asks it: feedback, or a registration."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.questions.parts import PartsField
from eventsapp.questions.question_type import QuestionType
from eventsapp.questions.rules import type_of
from eventsapp.questions.types import Condition, Option, Question, with_keys
from eventsapp.web.forms import PageForm, TextsField, choices, texts_to_form
from eventsapp.web.locale import current_language

SPARE_ROWS = 2


class OptionForm(Form):  # type: ignore[misc] # WTForms ships no types
    """An answer to choose; one without words is left out."""

    key = HiddenField()
    text = TextsField(_l("Answer"))


class QuestionForm(PageForm):
    """What every question has; ``question_form`` adds what its type needs."""

    options: Any = None
    lines: Any = None
    settings: Any = None
    conditions: Any = None

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
            conditions=self._conditions() if "conditions" in self else (),
        )

    def _chosen(self, kind: QuestionType) -> dict[str, Any]:
        found = {one.key: one.value(self.settings.form[one.key]) for one in kind.settings}
        return {key: given for key, given in found.items() if given is not None}

    def _conditions(self) -> tuple[Condition, ...]:
        chosen = self.conditions.data.items()
        return tuple(Condition(key, tuple(answers)) for key, answers in chosen if answers)


def question_form(
    kind: QuestionType, base: type[Any] = QuestionForm, *, earlier: Sequence[Question] = ()
) -> type[Any]:
    """The form that asks for everything that makes a question of this type; ``base`` is a
    QuestionForm that may ask for more. Answers to ``earlier`` questions may be made conditions."""
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
    conditions = {one.key: _answers_to(one) for one in earlier if type_of(one).choices(one)}
    if conditions:
        fields["conditions"] = PartsField(_l("Condition"), conditions)
    return type("FittingForm", (base,), fields)


def _answers_to(question: Question) -> Any:
    lang = current_language()
    return SelectMultipleField(
        question.text.text(lang),
        choices=choices(
            (option.key, option.text.text(lang)) for option in type_of(question).choices(question)
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


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
        "conditions": {one.question: list(one.answers) for one in question.conditions},
        "settings": {one.key: one.data(question.settings.get(one.key)) for one in kind.settings},
    }


def _rows(written: Sequence[Option], bounds: tuple[int, int] | None) -> list[dict[str, Any]]:
    if bounds is None:
        return []
    rows = [{"key": one.key, "text": texts_to_form(one.text)} for one in written]
    spare = min(SPARE_ROWS, bounds[1] - len(written))
    return [*rows, *({"key": "", "text": {}} for _row in range(spare))]
