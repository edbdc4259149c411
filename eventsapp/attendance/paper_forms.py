"""What is asked about papers, signed sheets, head-counts and certificates."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from eventsapp.attendance.forms import MODE_LABELS
from eventsapp.attendance.types import CertificateTerms, PaperKind
from eventsapp.core.texts import LANGUAGES
from eventsapp.web.forms import PageForm, choices, line, value
from eventsapp.web.locale import OWN_NAMES
from eventsapp.workshops.types import Mode

CHOOSE = _l("Choose one.")
BADGES = str(PaperKind.BADGES)


class PaperForm(PageForm):
    """Which paper to print: a day's list, or the badges."""

    paper = RadioField(_l("What to print"), [InputRequired(CHOOSE)])
    lang = SelectField(
        _l("Language"), choices=choices((lang, OWN_NAMES[lang]) for lang in LANGUAGES)
    )

    def offer(self, days: list[tuple[str, str]]) -> None:
        """``days`` are local dates as text, each with its name."""
        self.paper.choices = choices([*days, (BADGES, _l("Badges, to be cut out"))])

    def kind(self) -> PaperKind:
        return PaperKind.BADGES if self.paper.data == BADGES else PaperKind.SHEET

    def day(self) -> str:
        return "" if self.paper.data == BADGES else value(self.paper)


class ScanForm(PageForm):
    file = FileField(_l("The signed sheet, scanned"))


class HeadCountForm(PageForm):
    persons = IntegerField(
        _l("How many were there?"),
        [
            InputRequired(_l("Write a number.")),
            NumberRange(0, 100_000, _l("Write a number up to 100,000.")),
        ],
    )
    mode = RadioField(
        _l("Where?"),
        [InputRequired(CHOOSE)],
        choices=choices((mode.value, label) for mode, label in MODE_LABELS.items()),
        default=Mode.IN_PERSON.value,
    )
    note = StringField(_l("Note"), line(), description=_l("For example: counted after the break."))


class OfferForm(PageForm):
    """On which terms attendance is certified."""

    is_offered = BooleanField(_l("Participants can fetch a certificate of attendance"))
    min_days = IntegerField(
        _l("Days somebody must have been there"),
        [InputRequired(_l("Write a number.")), NumberRange(1, 60, _l("Write 1 to 60."))],
    )
    min_online_minutes = IntegerField(
        _l("Minutes in the call, for those who were only online"),
        [InputRequired(_l("Write a number.")), NumberRange(0, 100_000, _l("Write a number."))],
    )

    version = HiddenField(validators=[Optional(), Regexp(r"\d{1,9}")])

    def shown_version(self) -> int | None:
        """Which terms the reader saw; None where there were none."""
        return int(self.version.data) if self.version.data else None

    def terms(self) -> CertificateTerms:
        return CertificateTerms(
            bool(self.is_offered.data), self.min_days.data or 1, self.min_online_minutes.data or 0
        )


class WithdrawForm(PageForm):
    reason = StringField(_l("Why is it withdrawn?"), line())


class ProofForm(PageForm):
    """The code that stands on a certificate."""

    code = StringField(_l("Code"), [InputRequired(_l("Write the code.")), *line(40)])
