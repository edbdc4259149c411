"""Input of participants and of those who run a workshop."""

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from eventsapp.attendance.forms.questions import OwnQuestions
from eventsapp.attendance.models import Registration
from eventsapp.attendance.rules.registering import modes_of
from eventsapp.attendance.types import RegistrationDraft, Setup
from eventsapp.core.texts import LANGUAGES
from eventsapp.people.rules import LONGEST_ADDRESS
from eventsapp.people.types import CONSENT_TEXTS, ConsentChoice, PersonDraft, Purpose, Sex
from eventsapp.web.countries import country_choices, is_country
from eventsapp.web.forms import CreationForm, PageForm, choices, line, member, value
from eventsapp.web.locale import OWN_NAMES, current_language
from eventsapp.workshops.models import Workshop
from eventsapp.workshops.types import Mode

NEEDED = _l("Fill this in.")
CHOOSE = _l("Choose one.")
MODE_LABELS = {Mode.IN_PERSON: _l("In person"), Mode.ONLINE: _l("Online")}
SEX_LABELS = {
    Sex.FEMALE: _l("Female"),
    Sex.MALE: _l("Male"),
    Sex.UNDISCLOSED: _l("I prefer not to say"),
}


def _address(*, required: bool, **kwargs: Any) -> EmailField:
    return EmailField(
        _l("E-mail address"),
        [
            InputRequired(NEEDED) if required else Optional(),
            Email(_l("Write a whole address, such as name@example.org.")),
            Length(max=LONGEST_ADDRESS, message=_l("Use at most %(max)d characters.")),
        ],
        **kwargs,
    )


class PersonFields:
    """What people say about themselves; mixed into each form that asks for it."""

    name = StringField(
        _l("Full name"),
        [InputRequired(NEEDED), *line()],
        description=_l("As it shall be written on your certificate."),
    )
    email = _address(
        required=True,
        description=_l("We write there whether you have a place, and send your private link."),
    )
    institution = StringField(_l("Institution"), line())
    function = StringField(_l("Function"), line())
    country_code = SelectField(
        _l("Country"), validate_choice=False, description=_l("The country that you work for.")
    )
    sex = RadioField(
        _l("Sex"),
        choices=choices(SEX_LABELS.items()),
        default=Sex.UNDISCLOSED,
        description=_l("Used only for statistics that the project must report."),
    )
    language = RadioField(
        _l("Language for mails and forms"),
        choices=choices((code, OWN_NAMES[code]) for code in LANGUAGES),
        default=current_language,
    )

    def offer_person(self, workshop: Workshop) -> None:
        """Fill in the countries; ask for the sex only where the project reports it."""
        self.country_code.choices = choices([("", "–"), *country_choices()])
        if not workshop.project.reports_sex:
            del self.sex

    def validate_country_code(self, field: Any) -> None:
        if value(field) and not is_country(value(field)):
            raise ValidationError(_l("Choose a country of the list."))

    def person(self) -> PersonDraft:
        return PersonDraft(
            name=value(self.name),
            email=value(self.email) if self.email else "",
            language=value(self.language),
            sex=member(Sex, self.sex) if self.sex else Sex.UNDISCLOSED,
            institution=value(self.institution),
            function=value(self.function),
            country_code=value(self.country_code),
        )


class ConsentFields:
    """What people may agree to; a box that stays empty is a no."""

    contact = BooleanField(_l(CONSENT_TEXTS[Purpose.CONTACT].text))
    photo = BooleanField(_l(CONSENT_TEXTS[Purpose.PHOTO].text))

    def consents(self) -> tuple[ConsentChoice, ...]:
        return (
            ConsentChoice(Purpose.CONTACT, granted=bool(self.contact.data)),
            ConsentChoice(Purpose.PHOTO, granted=bool(self.photo.data)),
        )


class PlaceFields:
    """How somebody takes part, and with whom."""

    mode = RadioField(_l("How will you take part?"), [InputRequired(CHOOSE)])
    group_id = SelectField(_l("Group"), validate_choice=False)

    def offer_place(self, workshop: Workshop) -> None:
        """Offer the modes of the format, and groups where there are any."""
        modes = modes_of(workshop)
        self.mode.choices = choices((mode.value, MODE_LABELS[mode]) for mode in modes)
        if len(modes) == 1 and self.mode.data is None:
            self.mode.data = modes[0].value
        if workshop.groups:
            groups = (
                (str(group.id), group.name.text(current_language())) for group in workshop.groups
            )
            self.group_id.choices = choices([("", "–"), *groups])
        else:
            del self.group_id

    def chosen_group(self) -> int | None:
        """The group's id; 0, which is no group's, for anything else that was sent."""
        typed = value(self.group_id) if self.group_id else ""
        return (int(typed) if typed.isdecimal() and len(typed) < 10 else 0) if typed else None


class RegistrationForm(PersonFields, PlaceFields, ConsentFields, OwnQuestions, CreationForm):
    """What somebody fills in to take part."""

    # People do not see this; machines that fill in everything do.
    website = StringField("Website")

    def offer(self, workshop: Workshop, setup: Setup) -> None:
        self.offer_person(workshop)
        self.offer_place(workshop)
        self.offer_questions(setup.fields)

    def is_from_a_machine(self) -> bool:
        return bool(self.website.data)

    def draft(self) -> RegistrationDraft:
        return RegistrationDraft(
            person=self.person(),
            mode=member(Mode, self.mode),
            group_id=self.chosen_group(),
            consents=self.consents(),
            answers=self.answers(),
        )


class ParticipantForm(PersonFields, PlaceFields, CreationForm):
    """Somebody whom the organiser puts on the list."""

    email = _address(
        required=False,
        description=_l("Leave it empty for somebody who came without registering."),
    )
    invite = RadioField(
        _l("What happens next?"),
        choices=choices(
            [
                ("yes", _l("Invite them: they answer by mail")),
                ("no", _l("Give them a place at once")),
            ]
        ),
        default="yes",
    )

    def offer(self, workshop: Workshop) -> None:
        self.offer_person(workshop)
        self.offer_place(workshop)
        self.mode.label.text = _l("How will they take part?")
        self.name.description = ""
        self.country_code.description = ""

    def wants_invitation(self) -> bool:
        return bool(self.invite.data == "yes")

    def draft(self) -> RegistrationDraft:
        return RegistrationDraft(
            person=self.person(),
            mode=member(Mode, self.mode),
            group_id=self.chosen_group(),
        )


class OwnDetailsForm(PersonFields, ConsentFields, OwnQuestions, PageForm):
    """What participants may correct; links were sent to their address, so it stays."""

    email = None

    def offer(self, registration: Registration, setup: Setup) -> None:
        self.offer_person(registration.workshop)
        self.offer_questions(setup.fields, registration.answers)


class FindForm(PageForm):
    """Opens one's registration without the link: by address and code."""

    email = _address(required=True)
    code = StringField(
        _l("Code"),
        [InputRequired(NEEDED), *line(20)],
        description=_l("Six letters and digits, from the mail that we sent you."),
    )


class RecoverForm(PageForm):
    """Asks for one's links again."""

    email = _address(required=True)


class CheckInForm(PageForm):
    """The code of somebody who stands at the door; sent twice, it is one scan."""

    code = StringField(_l("Code"), [InputRequired(NEEDED), *line(20)])
    scan_key = HiddenField(validators=line(64), default=lambda: secrets.token_urlsafe(12))


class EvidenceForm(PageForm):
    """Attendance noted by hand, and why."""

    mode = RadioField(
        _l("How did they take part?"),
        [InputRequired(CHOOSE)],
        choices=choices((mode.value, label) for mode, label in MODE_LABELS.items()),
    )
    reason = StringField(
        _l("Reason"),
        line(),
        description=_l("For example: signed the list, her phone was empty."),
    )


class UploadForm(PageForm):
    """An attendance file of a video tool."""

    file = FileField(
        _l("Attendance file"),
        description=_l(
            "As the video tool exports it, or a sheet of your own (.csv, .xlsx). Nothing is "
            "changed before you confirm."
        ),
    )
    timezone = StringField(
        _l("Time zone of the times in the file"),
        [InputRequired(NEEDED)],
        description=_l("Exports carry no zone; usually it is that of the meeting's host."),
    )
