"""The contract of a fact source: one module that gathers the facts of one kind of row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from eventsapp.core.texts import Texts
from eventsapp.reports.types import Evidence, Fact
from eventsapp.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class FactSource:
    """``gather`` reads rows and never writes; ``trace`` gives the rows behind one fact.

    A source's facts have its key as the first part of theirs, or one of ``prefixes``.
    """

    key: str
    order: int
    label: Texts
    gather: Callable[[Workshop], Iterable[Fact]]
    # Given the workshop, the fact's key and the language to describe the rows in.
    trace: Callable[[Workshop, str, str], Evidence]
    prefixes: tuple[str, ...] = ()

    def owns(self, key: str) -> bool:
        return key.split(".", maxsplit=1)[0] in {self.key, *self.prefixes}
