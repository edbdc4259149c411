"""The words of a report."""

from enum import StrEnum


class ReportStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ISSUED = "issued"


class EditionKind(StrEnum):
    """``donor`` may name participants; ``public`` has aggregates only."""

    PUBLIC = "public"
    DONOR = "donor"


class EditionStatus(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
