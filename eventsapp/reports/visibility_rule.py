"""The contract of a rule of donor visibility: one module a rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.documents.blocks import Acknowledgement, Block, Cover, Emblem
from eventsapp.documents.render import plain_text
from eventsapp.projects.models import Derogation, Donor

EUROPEAN_EMBLEM = "static/emblems/european-union.svg"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, as a msgid with its values, for people who can mend it."""

    message: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked: blocks about to be published in one language, and what the project owes.

    ``donors`` are those of the workshop's contracts or of its project, those with a running
    derogation left out; ``statements`` are what the frozen facts say of them.
    """

    blocks: tuple[Block, ...]
    lang: str
    donors: tuple[Donor, ...]
    derogations: tuple[Derogation, ...]
    statements: tuple[Mapping[str, Any], ...]
    disclaimer: Texts
    today: date
    # Numbers of the contracts whose time the workshop was not held in.
    outside: tuple[str, ...] = ()

    def places(self) -> Iterator[tuple[tuple[Emblem, ...], tuple[str, ...]]]:
        """Each place where emblems and statements stand together."""
        for block in self.blocks:
            if isinstance(block, Cover | Acknowledgement):
                yield block.emblems, block.statement

    def words(self) -> str:
        """All words of the blocks, for what must be said somewhere."""
        return " ".join(plain_text(self.blocks, lang=self.lang).split())


Check = Callable[[Subject], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class VisibilityRule:
    key: str
    label: Texts
    check: Check
