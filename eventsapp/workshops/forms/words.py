"""What the forms of workshops share: their words, limits and hidden numbers."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from eventsapp.web.forms import value
from eventsapp.workshops.types import Format, Mode

FORMAT_LABELS = {
    Format.IN_PERSON: _l("In person"),
    Format.HYBRID: _l("Hybrid: in the room and online"),
    Format.ONLINE: _l("Online"),
}
MODE_LABELS = {Mode.IN_PERSON: _l("In person"), Mode.ONLINE: _l("Online")}
FULL_HOUR = "%Y-%m-%dT%H:%M"
MOST_SEATS = 100_000
NEEDED = _l("Fill this in.")
MOST_ROWS = 60
WHOLE_ADDRESS = _l("Give a whole web address, with https://.")


def check_web_address(field: Any) -> None:
    if field.data and not field.data.lower().startswith(("https://", "http://")):
        raise ValidationError(WHOLE_ADDRESS)


def id_in(row: Any) -> int | None:
    """The row that a sub-form describes anew; a new one has none."""
    number = value(row.id)
    return int(number) if number.isdecimal() and len(number) < 10 else None
