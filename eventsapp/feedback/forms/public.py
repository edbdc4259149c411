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
from eventsapp.feedback.models import FeedbackForm, FormVersion
from eventsapp.questions.rules import AnswersRefused, type_of
from eventsapp.questions.types import Question
from eventsapp.web.errors import translate
from eventsapp.web.forms import find_field
from eventsapp.web.locale import current_language

PREFIX = "a-"


class CodeForm(Form):  # type: ignore[misc] # WTForms ships no types
    """Asked on the public page; it is bound to no session, so it has no other token."""

    code = StringField(_l("Your code"))
    refusal = ""

    def show_refusal(self, refused: Any) -> None:
        self.code.errors = [translate(refused)]


class Sheet:
    """The questions of one version as fields, filled with what was sent so far."""

    def __init__(self, version: FormVersion, posted: MultiDict[str, str]) -> None:
        self.version_id = version.id
        self.questions = queries.questions_of(version)
        lang = current_language()
        fields = {
            question.key: type_of(question).field(question, lang) for question in self.questions
        }
        self.form: Any = BaseForm(fields, prefix=PREFIX)
        self.form.process(posted or None)
        self.form.refusal = ""
        self._posted = posted

    @classmethod
    def of(cls, form: FeedbackForm, posted: MultiDict[str, str]) -> "Sheet":
        """The version that was seen, or the current one where none of this form was."""
        seen = posted.get("version", type=int)
        versions = queries.versions_of(form)
        return cls(next((one for one in versions if one.id == seen), versions[0]), posted)

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
