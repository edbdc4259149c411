"""What is known of a person, what they may agree to, and drafts of it."""

from dataclasses import dataclass
from enum import StrEnum

from eventsapp.core.errors import N_


class Sex(StrEnum):
    """Asked only where the project reports it, and always with a way not to say."""

    FEMALE = "female"
    MALE = "male"
    UNDISCLOSED = "undisclosed"


class Purpose(StrEnum):
    """What somebody may agree to; each is asked apart and can be withdrawn apart."""

    CONTACT = "contact"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The very words that are agreed to. Other words need another version, and stay listed."""

    version: str
    text: str


CONSENT_TEXTS: dict[Purpose, ConsentText] = {
    Purpose.CONTACT: ConsentText(
        version="2026-1",
        text=N_("The organiser may write to me about later workshops and events."),
    ),
    Purpose.PHOTO: ConsentText(
        version="2026-1",
        text=N_(
            "I may be recognised in photos of the workshop that the organiser publishes in its "
            "report and news."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as they describe themselves; ``country_code`` is ISO 3166-1 alpha-2 or empty."""

    name: str
    email: str = ""
    language: str = "en"
    sex: Sex = Sex.UNDISCLOSED
    institution: str = ""
    function: str = ""
    country_code: str = ""


@dataclass(frozen=True, slots=True)
class ConsentChoice:
    """A yes or a no to the present text of a purpose."""

    purpose: Purpose
    granted: bool
