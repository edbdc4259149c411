"""A row of a sheet, as a workshop; or why it is none.

The columns are those that the export writes. Unknown ones are passed over, so that people may
keep notes of their own beside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsapp.core.errors import N_, Invalid, Refused
from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.workshops.rules.workshops import check_draft
from eventsapp.workshops.types import Format, GroupDraft, WorkshopDraft

NEEDED = ("project", "format", "starts_at", "ends_at", "timezone")
TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")
LONGEST_LINE, LONGEST_TEXT, MOST_SEATS = 200, 10_000, 100_000
LONG = ("rationale", "outlook", "objectives", "groups", "session_presenters")


class NoHead(Invalid):
    message = N_(
        "The first row must name the columns, as an exported list does. These are missing: "
        "%(columns)s."
    )
    field = "file"


class CellMissing(Invalid):
    message = N_("Fill this in.")


class NotATime(Invalid):
    message = N_("Write the time like 2027-03-01 09:00.")


class NotANumber(Invalid):
    message = N_("Write a whole number from 0 to %(most)d.")


class NotAFormat(Invalid):
    message = N_("Write in_person, hybrid or online.")


class UnknownProject(Invalid):
    message = N_("There is no project with this acronym.")
    field = "project"


class UnknownCountry(Invalid):
    message = N_("Write the country by its two letters, like LY.")
    field = "country"


class UnknownTopic(Invalid):
    message = N_("There is no topic called %(name)s.")
    field = "topics"


class UnknownLanguage(Invalid):
    message = N_("Write languages as en, fr or ar, with a semicolon between them.")
    field = "languages"


class UnfitText(Invalid):
    message = N_("This is too long, or holds invisible control characters.")


class NotAWebAddress(Invalid):
    message = N_("Give a whole web address, with https://.")
    field = "join_link"


@dataclass(frozen=True, slots=True)
class Known:
    """What rows refer to: projects by acronym and topics by slug or name, all casefolded;
    countries by their codes."""

    projects: Mapping[str, int]
    topics: Mapping[str, int]
    countries: frozenset[str]


def check_head(head: Sequence[str]) -> None:
    """Raise NoHead unless a workshop can be read from columns of these names."""
    missing = [name for name in NEEDED if name not in head]
    if not any(f"title_{lang}" in head for lang in LANGUAGES):
        missing.append("title_en")
    if missing:
        raise NoHead(columns=", ".join(missing))


def read_row(row: Mapping[str, str], known: Known) -> WorkshopDraft:
    """The workshop of a row; raises the first refusal, whose field is the column at fault."""
    cells = read_cells(row)
    title = read_texts(cells, "title")
    if not title:
        raise CellMissing(field="title_en")
    draft = WorkshopDraft(
        project_id=_project(_needed(cells, "project"), known),
        title=title,
        starts_at=read_time(cells, "starts_at"),
        ends_at=read_time(cells, "ends_at"),
        timezone=_needed(cells, "timezone"),
        format=_format(_needed(cells, "format")),
        seats_in_person=_number(cells, "seats_in_person"),
        seats_online=_number(cells, "seats_online"),
        venue=cells.get("venue", ""),
        city=read_texts(cells, "city"),
        country_code=_country(cells.get("country", "").upper(), known),
        address=cells.get("address", ""),
        join_link=read_link(cells, "join_link"),
        rationale=read_texts(cells, "rationale"),
        outlook=read_texts(cells, "outlook"),
        objectives=_lines(cells, "objectives"),
        groups=tuple(GroupDraft(name) for name in _lines(cells, "groups")),
        languages=_languages(listed(cells, "languages")),
        topics=_topics(listed(cells, "topics"), known),
    )
    check_draft(draft)
    return draft


def read_cells(row: Mapping[str, str]) -> dict[str, str]:
    """The cells by the names of their columns, without what nobody sees; raises UnfitText."""
    return {name: _cell(name, text) for name, text in row.items()}


def _cell(name: str, text: str) -> str:
    most = LONGEST_TEXT if name.startswith(LONG) else LONGEST_LINE
    is_long = name.startswith(LONG)
    odd = any(ord(char) < 32 and not (is_long and char in "\r\n\t") for char in text)
    if len(text) > most or odd:
        raise UnfitText(field=name)
    # Empty lines count: the same line of each language is one text.
    return text.strip(" \t\xa0") if is_long else text.strip()


def _needed(cells: Mapping[str, str], name: str) -> str:
    if not cells.get(name):
        raise CellMissing(field=name)
    return cells[name]


def read_texts(cells: Mapping[str, str], name: str) -> Texts:
    return Texts.of(**{lang: cells.get(f"{name}_{lang}", "") for lang in LANGUAGES})


def _lines(cells: Mapping[str, str], name: str) -> tuple[Texts, ...]:
    """Several texts of one kind, a line each, the same line in each language."""
    lines = {lang: cells.get(f"{name}_{lang}", "").splitlines() for lang in LANGUAGES}
    found = [
        Texts.of(**{lang: rows[number] for lang, rows in lines.items() if number < len(rows)})
        for number in range(max(map(len, lines.values())))
    ]
    return tuple(texts for texts in found if texts)


def _project(acronym: str, known: Known) -> int:
    if acronym.casefold() not in known.projects:
        raise UnknownProject
    return known.projects[acronym.casefold()]


def _country(code: str, known: Known) -> str:
    if code and code not in known.countries:
        raise UnknownCountry
    return code


def read_time(cells: Mapping[str, str], name: str) -> datetime:
    text = _needed(cells, name)
    for pattern in TIMES:
        try:
            return datetime.strptime(text, pattern).replace(second=0)  # noqa: DTZ007 - wall-clock time by contract
        except ValueError:
            continue
    raise NotATime(field=name)


def _format(text: str) -> Format:
    try:
        return Format(text.casefold())
    except ValueError:
        raise NotAFormat(field="format") from None


def _number(cells: Mapping[str, str], name: str) -> int:
    text = cells.get(name, "") or "0"
    # Spreadsheets write whole numbers as 20.0.
    whole = text.removesuffix(".0")
    if not (whole.isascii() and whole.isdigit()) or int(whole[:9]) > MOST_SEATS or len(whole) > 9:
        raise NotANumber(field=name, most=MOST_SEATS)
    return int(whole)


def read_link(cells: Mapping[str, str], name: str) -> str:
    text = cells.get(name, "")
    if text and not text.lower().startswith(("https://", "http://")):
        raise NotAWebAddress(field=name)
    return text


def listed(cells: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in cells.get(name, "").split(";") if part.strip()]


def _languages(codes: Sequence[str]) -> tuple[str, ...]:
    wanted = {code.casefold() for code in codes}
    if wanted - set(LANGUAGES):
        raise UnknownLanguage
    return tuple(lang for lang in LANGUAGES if lang in wanted) or ("en",)


def _topics(names: Sequence[str], known: Known) -> tuple[int, ...]:
    for name in names:
        if name.casefold() not in known.topics:
            raise UnknownTopic(name=name)
    return tuple(sorted({known.topics[name.casefold()] for name in names}))


class SheetDone(Refused):
    message = N_("This sheet has been imported already; nothing was registered twice.")


class NothingToImport(Refused):
    message = N_("No row of this sheet can be registered.")


class SheetNotImported(Refused):
    message = N_("This sheet is not imported, so there is nothing to undo.")


class WorkshopsInUse(Refused):
    message = N_(
        "It cannot be undone any more: these workshops are announced, or people, forms or reports "
        "belong to them: %(refs)s."
    )
