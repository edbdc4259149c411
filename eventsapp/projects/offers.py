"""How a donor's representatives are named wherever a donor is acknowledged."""

from eventsapp.projects.models import DonorRepresentative
from eventsapp.web.filters import text
from eventsapp.web.registry import Registry


def offer(registry: Registry) -> None:
    registry.template_filters["representative_words"] = representative_words


def representative_words(row: DonorRepresentative) -> str:
    """``the Federal Department … acting through its Peace and Human Rights Division (PHRD)``."""
    name = f"{text(row.name)} ({row.acronym})" if row.acronym else text(row.name)
    return f"{text(row.acting_through)} {name}".strip()
