"""Input of what an organiser writes to people."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from eventsapp.attendance.labels import STATUS_LABELS
from eventsapp.attendance.types import Audience, CircularDraft
from eventsapp.attendance.types import RegistrationStatus as Status
from eventsapp.web.forms import CreationForm, TextsField, choices, value
from eventsapp.web.locale import OWN_NAMES
from eventsapp.workshops.forms import MODE_LABELS

ANY = ("", _l("All"))


class CircularForm(CreationForm):
    """Whom, and what. ``seen`` is how many people the preview named."""

    status = SelectField(
        _l("Status"), choices=choices([ANY, *STATUS_LABELS.items()]), default=Status.CONFIRMED
    )
    mode = SelectField(_l("Takes part"), choices=choices([ANY, *MODE_LABELS.items()]))
    took_part = SelectField(
        _l("Attendance"),
        choices=choices([ANY, ("yes", _l("took part")), ("no", _l("did not take part"))]),
    )
    language = SelectField(_l("Language"), choices=choices([ANY, *OWN_NAMES.items()]))
    group_id = SelectField(_l("Group"))
    subject = TextsField(_l("Subject"))
    body = TextsField(
        _l("Text"),
        long=True,
        description=_l("Greeting, the facts of the workshop and a link to its page are added."),
    )
    seen = HiddenField()

    def offer(self, groups: list[tuple[Any, str]]) -> None:
        self.group_id.choices = choices((str(key), name) for key, name in groups)

    def number_seen(self) -> int:
        typed = value(self.seen)
        return int(typed) if typed.isdecimal() and len(typed) < 10 else -1

    def draft(self) -> CircularDraft:
        group = value(self.group_id)
        return CircularDraft(
            subject=self.subject.texts(),
            body=self.body.texts(),
            audience=Audience(
                status=value(self.status),
                mode=value(self.mode),
                took_part=value(self.took_part),
                language=value(self.language),
                group_id=int(group) if group.isdecimal() else None,
            ),
        )
