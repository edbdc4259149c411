"""Reads of feedback: forms and their questions, counts, codes, and results."""

from eventsapp.feedback.queries.forms import (
    DOOR,
    TEMPLATES,
    Counts,
    count_answers,
    current_version,
    door_code,
    find_form_of,
    get_form,
    get_form_of,
    questions_of,
    sheet_codes,
    versions_of,
)
from eventsapp.feedback.queries.invitations import (
    Mailing,
    mailing_of,
    registrations_to_invite,
)
from eventsapp.feedback.queries.results import feedback_facts, written_texts
from eventsapp.feedback.queries.rights import Right, find_right

__all__ = [
    "DOOR",
    "TEMPLATES",
    "Counts",
    "Mailing",
    "Right",
    "count_answers",
    "current_version",
    "door_code",
    "feedback_facts",
    "find_form_of",
    "find_right",
    "get_form",
    "get_form_of",
    "mailing_of",
    "questions_of",
    "registrations_to_invite",
    "sheet_codes",
    "versions_of",
    "written_texts",
]
