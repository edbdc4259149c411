"""The contract of a report's section: one module a section, one template a language."""

from collections.abc import Callable
from dataclasses import dataclass

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Block, Heading, Prose
from eventsapp.reports import drafting
from eventsapp.reports.fact_sheet import FactSheet

Compose = Callable[[FactSheet, str], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """``compose`` makes blocks of the facts and of the section's prose, in the language and for
    the edition of the sheet; nothing when there is nothing to say.

    Where ``has_prose``, ``templates/reports/prose/<language>/<key>.md`` drafts it.
    """

    key: str
    order: int
    label: Texts
    compose: Compose
    has_prose: bool = True
    # Where outlines may not put another section before it, leave it out or call it otherwise.
    is_first: bool = False
    is_required: bool = False
    has_title: bool = True

    def draft(self, sheet: FactSheet) -> str:
        if not self.has_prose:
            return ""
        return drafting.draft(f"reports/prose/{{lang}}/{self.key}.md", sheet)


def headed(
    label: Texts, key: str, sheet: FactSheet, blocks: tuple[Block, ...]
) -> tuple[Block, ...]:
    """The blocks under the section's heading; without blocks no heading either."""
    title = sheet.title_of(key) or sheet.texts(label)
    return (Heading(2, title, key), *blocks) if blocks else ()


def prose_of(sheet: FactSheet, markdown: str) -> tuple[Block, ...]:
    """The prose with what its references stand for, if there is any."""
    return (Prose(markdown, sheet.written(markdown)),) if markdown.strip() else ()
