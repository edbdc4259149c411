"""What a participant types: a code, and answers."""

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    Form,
    StringField,
)
from wtforms.form import BaseForm

from eventsapp.feedback import queries
from eventsapp.questions.rules import AnswersRefused, type_of
from eventsapp.questions.types import Question
from eventsapp.web.errors import translate
from eventsapp.web.forms import find_field

PREFIX = "a-"


class CodeForm(Form):  # type: ignore[misc] # WTForms ships no types
    """Asked on the public page; it is bound to no session, so it has no other token."""

    code = StringField(_l("Your code"))
    refusal = ""

    def show_refusal(self, refused: Any) -> None:
        self.code.errors = [translate(refused)]


def _fields(questions: tuple[Question, ...], lang: str) -> dict[str, Any]:
    return {question.key: type_of(question).field(question, lang) for question in questions}


class Sheet:
    """The questions of one version as fields, filled with what was sent so far."""

    def __init__(
        self,
        version_id: int,
        questions: tuple[Question, ...],
        posted: MultiDict[str, str],
        *,
        lang: str,
    ) -> None:
        self.version_id = version_id
        self.questions = questions
        self.form: Any = BaseForm(_fields(questions, lang), prefix=PREFIX)
        self.form.process(posted or None)
        self.form.refusal = ""
        self._posted = posted

    @classmethod
    def empty(cls, right: queries.Right, lang: str) -> "Sheet":
        return cls(right.asked.version_id, right.questions, MultiDict(), lang=lang)

    @property
    def asked(self) -> list[tuple[Question, Any]]:
        return [(question, self.form[question.key]) for question in self.questions]

    @staticmethod
    def template_of(question: Question) -> str:
        return type_of(question).template

    def answers(self) -> dict[str, Any]:
        """Data by question, what belongs to no question included: it must not be lost silently."""
        known = {question.key: self.form[question.key].data for question in self.questions}
        strays = {
            name.removeprefix(PREFIX).split("-")[0]: given
            for name, given in self._posted.items()
            if name.startswith(PREFIX) and given
        }
        return strays | known

    def show_refusals(self, refused: AnswersRefused) -> None:
        for one in refused.refusals:
            field = find_field(self.form, one.field)
            if field is None:
                self.form.refusal = translate(one)
            else:
                field.errors = [*field.errors, translate(one)]
