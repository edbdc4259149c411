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
    questions_ever_asked,
    questions_of,
    sheet_codes,
    versions_of,
    versions_with_counts,
)
from eventsapp.feedback.queries.invitations import (
    Mailing,
    mailing_of,
    registrations_to_invite,
)
from eventsapp.feedback.queries.quotes import (
    list_quotes,
    quoted_answers,
    quoted_texts,
    withdrawal_code_of,
    withdrawal_macs,
)
from eventsapp.feedback.queries.results import (
    breakdowns_by,
    changes_of,
    feedback_facts,
    groupings_of,
    results_of,
)
from eventsapp.feedback.queries.rights import Right, compiled_questions, find_right
from eventsapp.feedback.queries.summaries import (
    all_questions,
    kept_summary,
    mixed_payloads,
    uncounted_forms,
)
from eventsapp.feedback.queries.texts import (
    Written,
    list_texts,
    quotable_texts,
    quotes_of,
    written_texts,
)

__all__ = [
    "DOOR",
    "TEMPLATES",
    "Counts",
    "Mailing",
    "Right",
    "Written",
    "all_questions",
    "breakdowns_by",
    "changes_of",
    "compiled_questions",
    "count_answers",
    "current_version",
    "door_code",
    "feedback_facts",
    "find_form_of",
    "find_right",
    "get_form",
    "get_form_of",
    "groupings_of",
    "kept_summary",
    "list_quotes",
    "list_texts",
    "mailing_of",
    "mixed_payloads",
    "questions_ever_asked",
    "questions_of",
    "quotable_texts",
    "quoted_answers",
    "quoted_texts",
    "quotes_of",
    "registrations_to_invite",
    "results_of",
    "sheet_codes",
    "uncounted_forms",
    "versions_of",
    "versions_with_counts",
    "withdrawal_code_of",
    "withdrawal_macs",
    "written_texts",
]
