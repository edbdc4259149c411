"""The forms behind the three acts on news."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired

from eventsapp.web.forms import PageForm, TextsField


class PublishForm(PageForm):
    dated = DateField(
        _l("Date of the news"),
        [InputRequired(_l("Give the date that readers see."))],
        description=_l("Readers see this date above the headline."),
    )

    def draft(self) -> date:
        dated: date = self.dated.data
        return dated


class CorrectForm(PageForm):
    note = TextsField(
        _l("What was corrected"),
        long=True,
        required=True,
        description=_l(
            "Readers see it above the article. The newest approved report is published."
        ),
    )


class WithdrawForm(PageForm):
    reason = TextsField(
        _l("Why it is withdrawn"),
        long=True,
        required=True,
        description=_l("Readers see it at the article’s address, and feed readers are told."),
    )
