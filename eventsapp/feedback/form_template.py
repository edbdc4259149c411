"""The contract of a form template: a set of questions to start from."""

from collections.abc import Callable
from dataclasses import dataclass

from eventsapp.core.texts import Texts
from eventsapp.questions.types import Question
from eventsapp.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """``label`` and ``hint`` are msgids; a workshop has at most one form of each ``key``."""

    key: str
    label: str
    hint: str
    title: Texts
    questions: Callable[[Workshop], tuple[Question, ...]]
