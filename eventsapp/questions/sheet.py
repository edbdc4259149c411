"""A list of questions on a page: what a feedback form and a registration form have in common.

    sheet = Sheet(questions, lang=current_language(), posted=request.form)
    …
    answers = parse_answers(questions, sheet.data())    # in the service; raises AnswersRefused
    …
    sheet.show_refusals(refused)                         # each beside its field

The page includes ``questions/sheet.html``, which draws ``sheet``, and ``questions/scripts.html``
in its scripts. What was stored is shown again by ``Sheet(questions, lang=…, answers=answers)``,
and put in words by ``type_of(question).say``.

Questions under conditions are on the page from the start, hidden and switched off: a script
shows them at once, and without one the server asks again for what ``unseen`` finds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from eventsapp.questions.rules import read_answers, type_of, visible_questions
from eventsapp.questions.types import Answer, AnswersRefused, Question
from eventsapp.web.errors import translate
from eventsapp.web.forms import find_field, shown_field

PREFIX = "a-"
SEEN = "seen-"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page draws it; ``number`` counts what is shown and wants an answer."""

    question: Question
    field: Any
    template: str
    is_shown: bool
    number: int | None


class Sheet:
    """Questions as fields, filled with what was sent so far or with answers that were stored."""

    def __init__(
        self,
        questions: Sequence[Question],
        *,
        lang: str,
        posted: MultiDict[str, str] | None = None,
        answers: Mapping[str, Answer] | None = None,
        prefix: str = PREFIX,
    ) -> None:
        self.questions = tuple(questions)
        self.prefix = prefix
        self._posted = posted if posted is not None else MultiDict()
        fields = {
            question.key: type_of(question).field(question, lang) for question in self.questions
        }
        self.form: Any = BaseForm(fields, prefix=prefix)
        self.form.process(self._posted or None, data=self._shown_again(answers or {}))
        self.form.refusal = ""

    def read(self, posted: MultiDict[str, str]) -> None:
        """Take what was sent in place of what was there before."""
        self._posted = posted
        self.form.process(posted or None)

    def _shown_again(self, answers: Mapping[str, Answer]) -> dict[str, Any]:
        return {
            question.key: type_of(question).show(question, answers[question.key])
            for question in self.questions
            if question.key in answers
        }

    @property
    def asked(self) -> list[Asked]:
        """Every question in its order, those that are hidden now included."""
        shown = {question.key for question in self._visible()}
        asked, number = [], 0
        for question in self.questions:
            kind = type_of(question)
            counts = question.key in shown and kind.is_asked
            number += counts
            asked.append(
                Asked(
                    question=question,
                    field=self.form[question.key],
                    template=kind.template,
                    is_shown=question.key in shown,
                    number=number if counts else None,
                )
            )
        return asked

    @property
    def scripts(self) -> list[str]:
        """Static files that these questions need, each once."""
        kinds = (type_of(question) for question in self.questions)
        return list(dict.fromkeys(script for kind in kinds for script in kind.scripts))

    def data(self) -> dict[str, Any]:
        """Data by question, what belongs to no question included: it must not be lost silently."""
        strays = {
            name.removeprefix(self.prefix).split("-")[0]: given
            for name, given in self._posted.items()
            if name.startswith(self.prefix) and given
        }
        return strays | self._known()

    def unseen(self) -> list[Question]:
        """Questions that these answers bring up and that the page which was sent did not show."""
        return [
            question
            for question in self._visible()
            if question.conditions
            and f"{SEEN}{question.key}" not in self._posted
            and type_of(question).is_asked
        ]

    def show_refusals(self, refused: AnswersRefused) -> None:
        for one in refused.refusals:
            field = shown_field(find_field(self.form, one.field))
            if field is None:
                self.form.refusal = translate(one)
            else:
                field.errors = [*field.errors, translate(one)]

    def _known(self) -> dict[str, Any]:
        return {question.key: self.form[question.key].data for question in self.questions}

    def _visible(self) -> tuple[Question, ...]:
        answers, _refusals = read_answers(self.questions, self._known())
        return visible_questions(self.questions, answers)
