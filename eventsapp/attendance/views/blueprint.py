"""The one blueprint of attendance, and the words that its pages share."""

from typing import Any

from flask import Blueprint

from eventsapp.attendance.forms import MODE_LABELS
from eventsapp.attendance.labels import (
    BATCH_LABELS,
    DELIVERY_LABELS,
    LOG_LABELS,
    MAIL_STATE_LABELS,
    MAIL_STATE_TONES,
    MATCH_LABELS,
    MESSAGE_LABELS,
    SOURCE_LABELS,
    STAGE_LABELS,
    STATUS_LABELS,
    STATUS_TONES,
    TOOK_PART_LABELS,
    return_reason,
)
from eventsapp.attendance.rules.registering import spaced_code

pages = Blueprint("attendance", __name__)


@pages.context_processor
def words() -> dict[str, Any]:
    return {
        "status_labels": STATUS_LABELS,
        "status_tones": STATUS_TONES,
        "mode_labels": MODE_LABELS,
        "took_part_labels": TOOK_PART_LABELS,
        "source_labels": SOURCE_LABELS,
        "batch_labels": BATCH_LABELS,
        "match_labels": MATCH_LABELS,
        "stage_labels": STAGE_LABELS,
        "message_labels": MESSAGE_LABELS,
        "log_labels": LOG_LABELS,
        "delivery_labels": DELIVERY_LABELS,
        "return_reason": return_reason,
        "mail_state_labels": MAIL_STATE_LABELS,
        "mail_state_tones": MAIL_STATE_TONES,
        "spaced_code": spaced_code,
    }
