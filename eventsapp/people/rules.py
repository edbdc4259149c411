"""How names and mail addresses are compared: what two spellings of one have in common."""

import re
import unicodedata

from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.people.models import Person
from eventsapp.people.types import PersonDraft

LONGEST_NAME, LONGEST_ADDRESS = 200, 254
_ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}@[\w-]+(\.[\w-]+)+")
# Letters that Unicode does not take apart although readers do, and those that Arabic keyboards
# give in two forms.
_ALIKE = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ٱ": "ا",
        "ـ": "",
    }
)
_TITLES = frozenset(
    {"mr", "mrs", "ms", "mme", "mlle", "dr", "prof", "السيد", "السيده", "الدكتور", "الدكتوره"}
)
# What video tools put around a name: (External), (Guest), [Company].
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# An apostrophe joins ("N'Diaye"), everything else that is no letter or digit parts.
_APOSTROPHES = re.compile(r"['’‘ʼʻ`´ʿʾ]")
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W_]+")


class NameMissing(Invalid):
    message = N_("Write the name.")
    field = "name"


class AddressNotWhole(Invalid):
    message = N_("Write a whole address, such as name@example.org.")
    field = "email"


class AddressTaken(Refused):
    message = N_("Somebody else is known by this address. Are they the same person?")
    field = "email"


def name_key(name: str) -> str:
    """What names are matched by: case, accents, word order, titles and markers do not count.

    Empty for a name without any letter or digit.
    """
    return " ".join(sorted(words_of(name)))


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared, in order, without titles and markers."""
    words = plain_words(_BRACKETED.sub(" ", name)) or plain_words(name)
    return [word for word in words if word not in _TITLES] or words


def plain_words(text: str) -> list[str]:
    """The words of any text as they are compared: without case, accents and punctuation."""
    if text.isascii():
        return _WORD.findall(_APOSTROPHES.sub("", text).casefold())
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    without_marks = "".join(
        char for char in decomposed if unicodedata.category(char) not in {"Mn", "Cf"}
    )
    return _WORD.findall(without_marks.translate(_ALIKE))


def bare_name(name: str) -> str:
    """A name without what video tools put around it; as it is where nothing else is there."""
    return " ".join(_BRACKETED.sub(" ", name).split()) or name


def names_within(name: str) -> tuple[str, ...]:
    """The name itself, what a tool wrote in brackets behind it, and each of two spellings side by
    side: ``Salma Haddad سلمى حداد``."""
    if name.isascii() and "(" not in name and "[" not in name:
        return (name,)
    inner = [text[1:-1].strip() for text in _BRACKETED.findall(name)]
    apart = _by_script(_BRACKETED.sub(" ", name))
    return tuple(dict.fromkeys([name, *apart, *(text for text in inner if text)]))


def _by_script(name: str) -> list[str]:
    """The Latin and the Arabic words apart, where a name has both."""
    if name.isascii():
        return []
    words = name.split()
    arabic = [word for word in words if _ARABIC.search(word)]
    latin = [word for word in words if _LATIN.search(word)]
    return [" ".join(latin), " ".join(arabic)] if arabic and latin else []


def email_key(email: str) -> str:
    """An address as it is compared; empty for none."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def is_reachable(person: Person) -> bool:
    """Whether mail reaches somebody, as far as is known: what came back is not written to again."""
    return person.email is not None and person.bounced_at is None


def is_address(email: str) -> bool:
    """Whether it has the shape of one address that mail can be sent to."""
    return len(email) <= LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(email))


def check_address(email: str) -> None:
    if not is_address(email.strip()):
        raise AddressNotWhole


def check_person(draft: PersonDraft) -> None:
    if not name_key(draft.name):
        raise NameMissing
