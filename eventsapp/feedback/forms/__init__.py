"""Shape and wording of what is typed: the public form, and those that run it."""

from eventsapp.feedback.forms.manage import (
    ACCESS_HINTS,
    ACCESS_LABELS,
    AccessForm,
    CardsForm,
    InviteForm,
    OpenForm,
    QuestionForm,
)
from eventsapp.feedback.forms.public import PREFIX, CodeForm, Sheet

__all__ = [
    "ACCESS_HINTS",
    "ACCESS_LABELS",
    "PREFIX",
    "AccessForm",
    "CardsForm",
    "CodeForm",
    "InviteForm",
    "OpenForm",
    "QuestionForm",
    "Sheet",
]
