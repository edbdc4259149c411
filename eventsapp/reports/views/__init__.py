"""Pages on which a report is written, reviewed, issued and followed back to its rows."""

from eventsapp.reports.views import editing, evidence, issuing, previewing, reviewing, word
from eventsapp.reports.views.blueprint import pages

BLUEPRINTS = [pages]

__all__ = ["BLUEPRINTS", "editing", "evidence", "issuing", "previewing", "reviewing", "word"]
