"""Use cases of reports: write, review, freeze, issue."""

from eventsapp.reports.service.arranging import arrange_report, arrange_template
from eventsapp.reports.service.issuing import (
    RENDER,
    complete_edition,
    issue_report,
    note_failure,
)
from eventsapp.reports.service.redacting import redact_report
from eventsapp.reports.service.reviewing import (
    approve_report,
    ask_reviewer,
    comment,
    hash_content,
    reject_report,
    reopen_report,
    resolve_comment,
    submit_report,
)
from eventsapp.reports.service.unsaved import discard_unsaved, keep_unsaved, sweep_unsaved
from eventsapp.reports.service.writing import restore_text, save_prose

__all__ = [
    "RENDER",
    "approve_report",
    "arrange_report",
    "arrange_template",
    "ask_reviewer",
    "comment",
    "complete_edition",
    "discard_unsaved",
    "hash_content",
    "issue_report",
    "keep_unsaved",
    "note_failure",
    "redact_report",
    "reject_report",
    "reopen_report",
    "resolve_comment",
    "restore_text",
    "save_prose",
    "submit_report",
    "sweep_unsaved",
]
