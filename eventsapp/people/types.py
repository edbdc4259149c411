"""What is known of a person, and drafts of it."""

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """Asked only where the project reports it, and always with a way not to say."""

    FEMALE = "female"
    MALE = "male"
    UNDISCLOSED = "undisclosed"


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
