"""The words of feedback."""

from enum import StrEnum


class Access(StrEnum):
    """How the right to answer is handed out; fixed before the first invitation."""

    CARDS = "cards"
    PERSONAL = "personal"
    OPEN = "open"


class FormStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


# Mixed by no command in smaller batches while the form is open.
SMALLEST_BATCH = 10
# Results of fewer answers are not shown (inside) or not published.
SMALLEST_SHOWN = 5
SMALLEST_PUBLISHED = 10
