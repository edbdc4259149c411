"""The workshop's own questions as fields of whichever form asks them."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from wtforms.form import BaseForm

from eventsapp.attendance.rules.own_fields import check_answers
from eventsapp.attendance.types import OwnField
from eventsapp.questions.rules import type_of
from eventsapp.questions.types import Answer, AnswersRefused
from eventsapp.web.locale import current_language

PREFIX = "own_"


class OwnQuestions:
    """Mixed into a form; ``offer_questions`` adds the fields, ``answers`` are what was given."""

    own: tuple[OwnField, ...] = ()
    _answers: Mapping[str, Answer] | None = None

    def offer_questions(
        self, fields: Iterable[OwnField], answers: Mapping[str, Answer] | None = None
    ) -> None:
        form: Any = self
        self.own = tuple(fields)
        posted = request.form if request.method == "POST" else None
        for asked in self.own:
            question, name = asked.question, PREFIX + asked.question.key
            kind = type_of(question)
            given = (answers or {}).get(question.key)
            # A Form takes no further fields by itself; what it is made of does.
            BaseForm.__setitem__(form, name, kind.field(question, current_language()))
            shown = {} if given is None else {"data": kind.show(question, given)}
            form[name].process(form.meta.wrap_formdata(form, posted), **shown)

    def asked(self) -> list[tuple[OwnField, Any, str]]:
        """Each question with its field and the template that draws it."""
        form: Any = self
        return [
            (asked, form[PREFIX + asked.question.key], type_of(asked.question).template)
            for asked in self.own
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is wrong is said at once: the types decide what fits an answer."""
        form: Any = super()
        is_valid: bool = form.validate(extra_validators)
        try:
            self._answers = check_answers(self.own, self._raw())
        except AnswersRefused as refused:
            for one in refused.refusals:
                one.field = PREFIX + one.field
                self.show_refusal(one)  # type: ignore[attr-defined] # of the form it is mixed into
            return False
        return is_valid

    def _raw(self) -> dict[str, Any]:
        return {asked.question.key: field.data for asked, field, _template in self.asked()}

    def answers(self) -> Mapping[str, Answer] | None:
        """What was answered; None where the form asks nothing of the workshop's own."""
        return self._answers if self.own else None
