"""What became of the facts and the prose of a snapshot: since then, or in a later one."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventsapp.core.texts import LANGUAGES, Texts
from eventsapp.reports import queries
from eventsapp.reports.changes import Change, Piece, compare_texts
from eventsapp.reports.fact_sheet import FactSheet
from eventsapp.reports.language import Language
from eventsapp.reports.models import Snapshot
from eventsapp.reports.types import EditionKind, Fact
from eventsapp.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that reads otherwise now, as a reader sees it: a line, or the rows that differ.

    ``change`` is added, removed, or same where the fact is there in both and only its value is
    another.
    """

    key: str
    label: str
    change: Change
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    key: str
    label: str
    pieces: tuple[Piece, ...]


def stale_facts(snapshot: Snapshot, workshop: Workshop, lang: str) -> list[FactChange]:
    """The facts that the snapshot's editions state and that their rows no longer bear out."""
    old = queries.frozen_sheet(snapshot, lang, EditionKind.DONOR)
    new = queries.live_sheet(workshop, lang, EditionKind.DONOR)
    return [change for change in compare_facts(old, new) if change.change != Change.ADDED]


def changed_facts(old: Snapshot, new: Snapshot, lang: str) -> list[FactChange]:
    kind = EditionKind.DONOR
    return list(
        compare_facts(queries.frozen_sheet(old, lang, kind), queries.frozen_sheet(new, lang, kind))
    )


def changed_sections(old: Snapshot, new: Snapshot, lang: str) -> list[SectionChange]:
    """The sections whose words differ, with the facts written into them as readers saw them."""
    found = []
    for section in queries.written_sections():
        texts = [_read(snapshot, section.key, lang) for snapshot in (old, new)]
        if texts[0] != texts[1]:
            pieces = compare_texts(*texts)
            found.append(SectionChange(section.key, section.label.text(lang), pieces))
    return found


def _read(snapshot: Snapshot, key: str, lang: str) -> str:
    sheet = queries.frozen_sheet(snapshot, lang)
    return sheet.fill(queries.frozen_prose(snapshot, key, lang))


def compare_facts(old: FactSheet, new: FactSheet) -> Iterator[FactChange]:
    """In the order of the old facts, then what is new."""
    for key in {**old.facts, **new.facts}:
        was, now = old.facts.get(key), new.facts.get(key)
        if was is None or now is None:
            yield FactChange(
                key=key,
                label=(new if was is None else old).label(key),
                change=Change.ADDED if was is None else Change.REMOVED,
                old=_lines(was, old),
                new=_lines(now, new),
            )
        elif _content(was) != _content(now):
            before, after = _lines(was, old), _lines(now, new)
            yield FactChange(
                key=key,
                label=new.label(key),
                change=Change.SAME,
                old=tuple(line for line in before if line not in after) or before,
                new=tuple(line for line in after if line not in before) or after,
            )


def _content(fact: Fact) -> str:
    """What the database would give back: tuples are lists there."""
    return json.dumps([fact.value, fact.withheld], sort_keys=True)


def _lines(fact: Fact | None, sheet: FactSheet) -> tuple[str, ...]:
    if fact is None:
        return ()
    if fact.kind != "rows" or fact.withheld:
        return (sheet.write(fact.key),)
    return tuple(" · ".join(_words(row, sheet.language)) for row in fact.value)


def _words(value: Any, language: Language) -> Iterator[str]:
    """What a row of a table says, in reading order; names of its columns say nothing here."""
    if isinstance(value, Mapping):
        if value and set(value) <= set(LANGUAGES):
            yield Texts.from_json(value).text(language.key)
            return
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _words(item, language)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        yield language.number(value)
    elif value:
        yield str(value)
