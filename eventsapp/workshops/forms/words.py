"""What the forms of workshops share: their words, limits and hidden numbers."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import ValidationError

from eventsapp.web.forms import value
from eventsapp.workshops.types import Aspect, Format, Mode

FORMAT_LABELS = {
    Format.IN_PERSON: _l("In person"),
    Format.HYBRID: _l("Hybrid: in the room and online"),
    Format.ONLINE: _l("Online"),
}
MODE_LABELS = {Mode.IN_PERSON: _l("In person"), Mode.ONLINE: _l("Online")}
# What may have changed, as within a sentence.
ASPECT_LABELS = {
    Aspect.WHEN: _l("date or time"),
    Aspect.WHERE: _l("place"),
    Aspect.AGENDA: _l("times of the sessions"),
    Aspect.ROOM: _l("room of a session"),
    Aspect.LINK: _l("joining link"),
}
FULL_HOUR = "%Y-%m-%dT%H:%M"
MOST_SEATS = 100_000
NEEDED = _l("Fill this in.")
MOST_ROWS = 60
WHOLE_ADDRESS = _l("Give a whole web address, with https://.")


def tell_field() -> BooleanField:
    """Whether people hear of what is saved; beside it stands who that would be."""
    return BooleanField(_l("Tell those who have a place by mail"), default=True)


def check_web_address(field: Any) -> None:
    if field.data and not field.data.lower().startswith(("https://", "http://")):
        raise ValidationError(WHOLE_ADDRESS)


def id_in(row: Any) -> int | None:
    """The row that a sub-form describes anew; a new one has none."""
    number = value(row.id)
    return int(number) if number.isdecimal() and len(number) < 10 else None
