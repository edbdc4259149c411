"""The forms behind the acts on an article as a whole."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from eventsapp.reports.forms import number_of
from eventsapp.web.forms import PageForm, TextsField, line, paragraphs, value

LOCAL_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


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


class ScheduleForm(PageForm):
    publish_at = DateTimeLocalField(
        _l("Publish on"), [InputRequired(_l("Give date and time."))], format=LOCAL_FORMATS
    )

    def local(self) -> datetime:
        """A naive date and time of the organisation's zone."""
        moment: datetime = self.publish_at.data
        return moment


class EmbargoForm(PageForm):
    embargoed_until = DateTimeLocalField(
        _l("Nothing before"),
        [Optional()],
        format=LOCAL_FORMATS,
        description=_l("Empty lifts the embargo."),
    )

    def local(self) -> datetime | None:
        moment: datetime | None = self.embargoed_until.data
        return moment


class SlugForm(PageForm):
    slug = StringField(
        _l("Address"),
        [InputRequired(_l("Give the end of the address.")), *line(100)],
        description=_l("The end of its address. Former addresses lead to the new one."),
    )

    def wanted(self) -> str:
        return value(self.slug)


class ReviewForm(PageForm):
    """A decision on the article as somebody saw it, or only a word about it."""

    version = HiddenField(render_kw={"autocomplete": "off"})
    text = TextAreaField(_l("Comment"), paragraphs(2_000))

    def seen(self) -> int:
        return number_of(self.version)

    def words(self) -> str:
        return value(self.text)


class TakeDownForm(PageForm):
    cause = TextsField(
        _l("Why it is taken down"),
        long=True,
        required=True,
        description=_l(
            "It disappears at once. Another editor looks at it afterwards, and confirms it or "
            "puts the article back."
        ),
    )
