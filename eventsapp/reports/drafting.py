"""Prose that drafts itself: text templates, one a section and language, with fact references.

A template decides from the facts what there is to say; figures and names stay references, so
that a draft follows its data until it is frozen. Line breaks in a template mean nothing, an empty
line ends a paragraph.
"""

import re
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from eventsapp.config import ROOT
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.kinds import NotWritten, text_in

_ACTIVE = re.compile(r"([\\*_\[\]<>{}&`])")
_LINE_START = re.compile(r"^(\s*)(?:([-+])|(\d+)([.)]))(?=\s|$)", re.MULTILINE)
_BEFORE_MARK = re.compile(r" +([.,;:،؛\u202f])")
# Not those that keep a mark on the same line as its word.
_SPACES = re.compile(r"[ \t\n]+")


def draft(path: str, sheet: FactSheet) -> str:
    """The prose of ``templates/<path with {lang}>``, or nothing where there is no template."""
    try:
        template = _environment().get_template(path.format(lang=sheet.language.key))
    except TemplateNotFound:
        return ""
    written = template.render(
        has=sheet.has,
        value=sheet.value,
        inline=lambda key: _inline(sheet, key),
        plural=lambda count, **forms: _plural(sheet, count, forms),
        parts=lambda parts, before: _parts(sheet, parts, before),
    )
    return tidy(written)


def tidy(text: str) -> str:
    """One line a paragraph, one space between words, none before a mark that clings."""
    paragraphs = (_SPACES.sub(" ", part).strip(" ") for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(_BEFORE_MARK.sub(r"\1", part) for part in paragraphs if part)


def escape(text: str) -> str:
    """A text that somebody wrote elsewhere, as prose that reads the same and marks up nothing."""
    escaped = _ACTIVE.sub(r"\\\1", text)
    return _LINE_START.sub(_escape_list, escaped)


def _escape_list(match: re.Match[str]) -> str:
    space, bullet, number, mark = match.groups()
    return f"{space}\\{bullet}" if bullet else f"{space}{number}\\{mark}"


def _inline(sheet: FactSheet, key: str) -> str:
    """The text itself, to be edited; its reference where it is not there in this language."""
    fact = sheet.find(key)
    if fact is None:
        return ""
    try:
        return escape(text_in(fact.value, sheet.language))
    except NotWritten:
        return f"{{{key}}}"


def _plural(sheet: FactSheet, count: float, forms: Mapping[str, str]) -> str:
    return sheet.language.plural(count, forms)


def _parts(sheet: FactSheet, parts: Mapping[str, str], before: str) -> str:
    """What a total is made of, as a list; nothing where it has a single part."""
    there = [text for key, text in parts.items() if sheet.has(key)]
    return f"{before}{sheet.language.listed(there)}" if len(there) > 1 else ""


@cache
def _environment() -> Environment:
    """No escaping: the result is prose, and what is drawn of it is escaped when it is drawn."""
    return Environment(  # noqa: S701
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
