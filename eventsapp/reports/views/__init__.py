"""Pages on which a report is written, reviewed, issued and followed back to its rows."""

from eventsapp.reports.views import (
    arranging,
    editing,
    editions,
    evidence,
    history,
    issuing,
    previewing,
    reviewing,
    word,
)
from eventsapp.reports.views.blueprint import pages

BLUEPRINTS = [pages]

__all__ = [
    "BLUEPRINTS",
    "arranging",
    "editing",
    "editions",
    "evidence",
    "history",
    "issuing",
    "previewing",
    "reviewing",
    "word",
]
