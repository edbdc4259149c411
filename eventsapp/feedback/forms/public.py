"""What a participant types: a code, and answers."""

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField

from eventsapp.feedback import queries
from eventsapp.questions.sheet import Sheet
from eventsapp.questions.types import Question
from eventsapp.web.errors import translate


class CodeForm(Form):  # type: ignore[misc] # WTForms ships no types
    """Asked on the public page; it is bound to no session, so it has no other token."""

    code = StringField(_l("Your code"))
    refusal = ""

    def show_refusal(self, refused: Any) -> None:
        self.code.errors = [translate(refused)]


class FormSheet(Sheet):
    """The questions of one version, and which version it is."""

    # How many questions the answers brought up that must be asked before they are received.
    brought_up = 0

    def __init__(
        self,
        version_id: int,
        questions: tuple[Question, ...],
        posted: MultiDict[str, str],
        *,
        lang: str,
    ) -> None:
        super().__init__(questions, lang=lang, posted=posted)
        self.version_id = version_id

    @classmethod
    def empty(cls, right: queries.Right, lang: str) -> "FormSheet":
        return cls(right.asked.version_id, right.questions, MultiDict(), lang=lang)
