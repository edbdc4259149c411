"""What a participant types: a code, and answers."""

import threading
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField

from eventsapp.core.texts import LANGUAGES
from eventsapp.feedback import queries
from eventsapp.feedback.types import MoreToAsk
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
        questions: Sequence[Question],
        posted: MultiDict[str, str],
        *,
        lang: str,
    ) -> None:
        super().__init__(questions, lang=lang, posted=posted)
        self.version_id = version_id

    @classmethod
    def empty(cls, right: queries.Right, lang: str) -> "FormSheet":
        return cls(right.form.asked.version_id, right.questions, MultiDict(), lang=lang)


class _Readers(threading.local):
    """Sheets that only read, one a thread for each set of questions: making the fields of a form
    costs a server more than all the rest of receiving an answer."""

    def __init__(self) -> None:
        self.kept: dict[str, Sheet] = {}

    def reader_of(self, stored: str) -> Sheet:
        if stored not in self.kept:
            if len(self.kept) >= MOST_READERS:
                self.kept.clear()
            self.kept[stored] = Sheet(queries.compiled_questions(stored), lang=LANGUAGES[0])
        return self.kept[stored]


MOST_READERS = 50
_readers = _Readers()


def read_answers(stored: str, posted: MultiDict[str, str]) -> dict[str, Any]:
    """What was sent, by question; ``stored`` are the questions. Raises MoreToAsk."""
    sheet = _readers.reader_of(stored)
    sheet.read(posted)
    if any(question.conditions for question in sheet.questions) and sheet.unseen():
        raise MoreToAsk
    return sheet.data()
