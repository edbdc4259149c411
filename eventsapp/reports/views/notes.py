"""What is said beside a section's text while it is written."""

from collections.abc import Mapping

from flask_babel import gettext as _

from eventsapp.core.errors import Refused
from eventsapp.documents.prose import references
from eventsapp.reports import rules
from eventsapp.reports.types import Fact
from eventsapp.web.errors import translate


def notes_of(
    texts: Mapping[str, str], facts: Mapping[str, Fact], lang: str, *, numbers: bool = True
) -> dict[str, list[str]]:
    """Sentences for each section that needs any; where there are no facts behind the figures,
    nothing is said of ``numbers`` typed by hand."""
    noted = {
        key: [*_refusals(text, facts, lang), *(_numbers(text) if numbers else ())]
        for key, text in texts.items()
    }
    return {key: notes for key, notes in noted.items() if notes}


def _refusals(text: str, facts: Mapping[str, Fact], lang: str) -> list[str]:
    """What saving would refuse."""
    try:
        rules.check_references(facts, references(text), field="")
        rules.check_claims(facts, text, lang, field="")
    except Refused as refused:
        return [translate(refused)]
    return []


def _numbers(text: str) -> list[str]:
    return [
        _(
            "Typed by hand: %(number)s, in “%(sentence)s”. Refer to a fact instead, so that the "
            "figure follows its rows.",
            number=number,
            sentence=sentence,
        )
        for number, sentence in rules.typed_numbers(text)
    ]
