"""A list of people to invite: pasted lines or a table, read into rows that say what is wrong."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eventsapp.core.errors import N_, Invalid
from eventsapp.core.texts import LANGUAGES
from eventsapp.people.rules import LONGEST_NAME, email_key, is_address, name_key
from eventsapp.workshops.types import Mode

MOST_INVITED = 500
# How each column may be called in the head of a table.
_HEADS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "full name", "nom", "nom complet", "الاسم", "الاسم الكامل"}),
    "email": frozenset(
        {"email", "e-mail", "mail", "e-mail address", "email address", "courriel"}
        | {"adresse électronique", "adresse e-mail", "البريد", "البريد الإلكتروني"}
    ),
    "language": frozenset({"language", "langue", "اللغة"}),
    "mode": frozenset({"mode", "takes part", "participation", "المشاركة"}),
    "institution": frozenset({"institution", "organisation", "organization", "المؤسسة"}),
}
_MODES: Mapping[str, Mode] = {
    "in person": Mode.IN_PERSON,
    "in_person": Mode.IN_PERSON,
    "en présentiel": Mode.IN_PERSON,
    "حضوريًا": Mode.IN_PERSON,
    "online": Mode.ONLINE,
    "en ligne": Mode.ONLINE,
    "عبر الإنترنت": Mode.ONLINE,
}
_NAMED = re.compile(r"(.*?)<([^<>]*)>\s*[,;]?")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069]")

NO_ADDRESS = N_("There is no e-mail address in this row.")
BAD_ADDRESS = N_("This is no whole e-mail address.")
TWICE = N_("The same address stands further up in the list.")
NO_NAME = N_("There is no name in this row.")
TOO_LONG = N_("The name is too long.")
ON_THE_LIST = N_("Is on the list of people already.")
NOT_OFFERED = N_("The workshop is not offered that way.")


class ListTooLong(Invalid):
    message = N_("Invite at most %(most)d people at once.")
    field = "people"


class ListEmpty(Invalid):
    message = N_("Paste a list, or choose a file.")
    field = "people"


@dataclass(frozen=True, slots=True)
class Guest:
    """A row as it was read; ``problem`` is a msgid, empty where they can be invited."""

    number: int
    name: str
    email: str
    language: str = ""
    mode: Mode | None = None
    institution: str = ""
    problem: str = ""

    @property
    def line(self) -> str:
        """The row as text that is read back to the same row."""
        cells = (self.name, self.email, self.language, self.mode or "", self.institution)
        return "\t".join(cells).rstrip("\t")


def rows_of_text(text: str) -> list[list[str]]:
    """Pasted lines: ``Name <mail>``, or cells parted by tab, semicolon or comma."""
    return [_cells(line) for line in text.splitlines()]


def _cells(line: str) -> list[str]:
    named = _NAMED.fullmatch(line.strip())
    if named:
        return [named[1].strip().strip('"'), named[2]]
    mark = next((mark for mark in "\t;," if mark in line), None)
    return line.split(mark) if mark else [line]


def read_guests(
    rows: Sequence[Sequence[str]], *, known: Iterable[str], modes: Sequence[Mode]
) -> list[Guest]:
    """The people of a list, empty rows left out; ``known`` are address keys on the list already.

    Raises ListEmpty and ListTooLong.
    """
    whole = [(number, [_clean(cell) for cell in row]) for number, row in enumerate(rows, start=1)]
    filled = [(number, cells) for number, cells in whole if any(cells)]
    columns = _columns(filled[0][1]) if filled else None
    guests = [_read(number, cells, columns) for number, cells in filled[1 if columns else 0 :]]
    if not guests:
        raise ListEmpty
    if len(guests) > MOST_INVITED:
        raise ListTooLong(most=MOST_INVITED)
    return _judge(guests, frozenset(known), modes)


def _clean(cell: str) -> str:
    return " ".join(_UNSEEN.sub(" ", cell).split())


def _columns(head: Sequence[str]) -> dict[str, int] | None:
    """Where each column stands, if this row is the head of a table."""
    found = {
        name: index
        for index, cell in enumerate(head)
        for name, words in _HEADS.items()
        if cell.casefold() in words
    }
    return found if "email" in found else None


def _read(number: int, cells: Sequence[str], columns: Mapping[str, int] | None) -> Guest:
    given = _by_head(cells, columns) if columns else _by_looks(cells)
    language = given["language"].casefold()
    return Guest(
        number=number,
        name=given["name"],
        email=given["email"],
        language=language if language in LANGUAGES else "",
        mode=_MODES.get(given["mode"].casefold()),
        institution=given["institution"][:LONGEST_NAME],
    )


def _by_head(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {
        name: cells[columns[name]] if name in columns and columns[name] < len(cells) else ""
        for name in _HEADS
    }


def _by_looks(cells: Sequence[str]) -> dict[str, str]:
    """Without a head: the address is what has an "@"; name and institution come in this order."""
    email = next((cell for cell in cells if "@" in cell), "")
    language = next((cell for cell in cells if cell.casefold() in LANGUAGES), "")
    mode = next((cell for cell in cells if cell.casefold() in _MODES), "")
    others = [cell for cell in cells if cell and cell not in {email, language, mode}]
    name, institution = [*others, "", ""][:2]
    return {
        "name": name,
        "email": email,
        "language": language,
        "mode": mode,
        "institution": institution,
    }


def _judge(guests: Iterable[Guest], known: frozenset[str], modes: Sequence[Mode]) -> list[Guest]:
    seen: set[str] = set()
    judged = []
    for guest in guests:
        key = email_key(guest.email)
        judged.append(_with_problem(guest, _problem(guest, key, seen, known, modes)))
        seen.add(key)
    return judged


def _with_problem(guest: Guest, problem: str) -> Guest:
    return Guest(
        guest.number,
        guest.name,
        guest.email,
        guest.language,
        guest.mode,
        guest.institution,
        problem,
    )


def _problem(
    guest: Guest, key: str, seen: set[str], known: frozenset[str], modes: Sequence[Mode]
) -> str:
    """What keeps somebody from being invited; empty for nothing."""
    wrong = {
        NO_ADDRESS: not key,
        BAD_ADDRESS: not is_address(guest.email),
        TWICE: key in seen,
        ON_THE_LIST: key in known,
        NO_NAME: not name_key(guest.name),
        TOO_LONG: len(guest.name) > LONGEST_NAME,
        NOT_OFFERED: guest.mode is not None and guest.mode not in modes,
    }
    return next((problem for problem, is_so in wrong.items() if is_so), "")
