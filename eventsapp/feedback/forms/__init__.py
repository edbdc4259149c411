"""Shape and wording of what is typed: the public form, and those that run it."""

from eventsapp.feedback.forms.manage import (
    ACCESS_HINTS,
    ACCESS_LABELS,
    AccessForm,
    CardsForm,
    InviteForm,
    OpenForm,
    OpeningForm,
    PaperForm,
    ReminderForm,
    paper_form,
)
from eventsapp.feedback.forms.public import CodeForm, FormSheet, read_answers

__all__ = [
    "ACCESS_HINTS",
    "ACCESS_LABELS",
    "AccessForm",
    "CardsForm",
    "CodeForm",
    "FormSheet",
    "InviteForm",
    "OpenForm",
    "OpeningForm",
    "PaperForm",
    "ReminderForm",
    "paper_form",
    "read_answers",
]
