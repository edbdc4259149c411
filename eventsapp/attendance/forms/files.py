"""What people say about the columns of an attendance file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, SelectField, StringField
from wtforms.validators import InputRequired

from eventsapp.attendance.forms.participants import NEEDED
from eventsapp.attendance.reading.columns import Columns, Role
from eventsapp.attendance.reading.how import ColumnsDraft, HowToRead
from eventsapp.attendance.reading.times import DAY_FIRST, MONTH_FIRST, YEAR_FIRST
from eventsapp.web.forms import PageForm, choices, line, value

ROLE_LABELS = {
    Role.NAME: _l("name, or first name"),
    Role.SURNAME: _l("surname"),
    Role.EMAIL: _l("e-mail address"),
    Role.DATE: _l("date"),
    Role.JOIN: _l("time of joining"),
    Role.LEAVE: _l("time of leaving"),
    Role.MINUTES: _l("how long"),
    Role.ACTION: _l("joined or left"),
}
ORDER_LABELS = {
    "": _l("as the workshop’s days tell"),
    DAY_FIRST: _l("day first: 8/2 is 8 February"),
    MONTH_FIRST: _l("month first: 2/8 is 8 February"),
    YEAR_FIRST: _l("year first"),
}
MOST_HEADS = 15
MOST_COLUMNS = 40


class ColumnsForm(PageForm):
    """A choice for each column of the file, and what the file does not tell about its times."""

    head = SelectField(_l("Line with the heads"))
    columns = FieldList(
        SelectField(
            _l("Column"),
            choices=choices([("", _l("nothing we need")), *ROLE_LABELS.items()]),
        ),
        max_entries=MOST_COLUMNS,
    )
    order = SelectField(_l("Dates are written"), choices=choices(ORDER_LABELS.items()))
    day = SelectField(
        _l("Day of the call"), description=_l("Only for files with times and no dates.")
    )
    timezone = StringField(_l("Time zone of the times in the file"), [InputRequired(NEEDED)])
    keep_as = StringField(
        _l("Keep these columns as"),
        line(),
        description=_l(
            "A name such as “Webex, French”. The next file with these heads is read in the same "
            "way, without asking."
        ),
    )

    def offer(self, sample: Sequence[Sequence[str]], days: Sequence[date]) -> None:
        """The choices that depend on the file and the workshop."""
        heads = [
            (str(number), f"{number + 1}: {' · '.join(cell for cell in row if cell)[:60]}")
            for number, row in enumerate(sample[:MOST_HEADS])
            if any(row)
        ]
        self.head.choices = choices([("-1", gettext("there is none")), *heads])
        dated = [(day.isoformat(), format_date(day, "full")) for day in days]
        self.day.choices = choices([("", gettext("not needed")), *dated])

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        chosen = [entry.data for entry in self.columns if entry.data]
        for entry in self.columns:
            if entry.data and chosen.count(entry.data) > 1:
                entry.errors = [gettext("Two columns cannot be the same.")]
                return False
        return valid

    def draft(self) -> ColumnsDraft:
        at = {Role(entry.data): number for number, entry in enumerate(self.columns) if entry.data}
        day = date.fromisoformat(self.day.data) if self.day.data else None
        how = HowToRead(Columns(int(self.head.data), at), self.order.data or "", day)
        return ColumnsDraft(how=how, timezone=value(self.timezone), keep_as=value(self.keep_as))


def form_data(how: HowToRead, width: int, timezone: str) -> dict[str, Any]:
    """What the form starts with: what was said, or guessed."""
    columns = how.columns or Columns(-1)
    roles = {place: role for role, place in columns.at.items()}
    return {
        "head": str(columns.head),
        "columns": [str(roles.get(number, "")) for number in range(min(width, MOST_COLUMNS))],
        "order": how.order,
        "day": how.day.isoformat() if how.day else "",
        "timezone": timezone,
    }
