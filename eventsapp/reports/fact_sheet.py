"""Facts as a reader of one language and one edition may see them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from eventsapp.core.texts import NO_TEXT, Texts
from eventsapp.documents.prose import references
from eventsapp.reports.kinds import KINDS, NotWritten, text_in
from eventsapp.reports.language import Language, capitalised
from eventsapp.reports.types import EditionKind, Fact, Outline

_REFERENCE = re.compile(r"\{([A-Za-z0-9_.-]+)\}")


class FactSheet:
    """Writes facts and remembers which of those it was asked for it could not write.

    A reference with a capital, ``{Teams.sentence}``, begins a sentence.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        language: Language,
        kind: EditionKind,
        outline: Outline,
    ) -> None:
        self.language = language
        self.kind = kind
        self.outline = outline
        self.facts: dict[str, Fact] = {
            fact.key: fact for fact in facts if fact.public or kind is EditionKind.DONOR
        }
        # Labels of texts that were asked for and are not there in this language.
        self.untranslated: set[str] = set()
        self.withheld: set[str] = set()

    def shows(self, section_key: str) -> bool:
        return any(place.key == section_key and place.is_shown for place in self.outline)

    def title_of(self, section_key: str) -> str:
        """What the section is called here, where it is not called as usual."""
        titles = (place.title for place in self.outline if place.key == section_key)
        return next(titles, NO_TEXT).find(self.language.key) or ""

    def find(self, reference: str) -> Fact | None:
        return self.facts.get(reference[:1].lower() + reference[1:])

    def has(self, key: str) -> bool:
        """Whether the fact is there, may be printed and is not nothing."""
        fact = self.find(key)
        return fact is not None and not fact.withheld and bool(fact.value)

    def value(self, key: str) -> Any:
        """What the fact holds; None where there is no such fact or it is withheld."""
        fact = self.find(key)
        return None if fact is None or fact.withheld else fact.value

    def label(self, key: str) -> str:
        fact = self.find(key)
        return key if fact is None else self.texts(fact.label)

    def texts(self, texts: Texts) -> str:
        """A label, in this language where it has it."""
        return texts.text(self.language.key)

    def write(self, reference: str) -> str:
        """The fact in words; a missing translation or a withheld figure says so in brackets."""
        fact = self.find(reference)
        if fact is None:
            return f"{{{reference}}}"
        written = self._write(fact)
        return capitalised(written) if reference[:1].isupper() else written

    def _write(self, fact: Fact) -> str:
        if fact.withheld:
            label = self.texts(fact.label)
            self.withheld.add(label)
            return self.language.word("withheld").format(label=label)
        try:
            return KINDS[fact.kind](fact.value, self.language)
        except NotWritten:
            return self._missing(self.texts(fact.label))

    def text_of(self, value: Mapping[str, str], key: str) -> str:
        """One text of a table, of the fact ``key``; brackets where it has no translation."""
        try:
            return text_in(value, self.language)
        except NotWritten:
            return self._missing(self.label(key))

    def _missing(self, label: str) -> str:
        self.untranslated.add(label)
        return self.language.word("missing").format(label=label)

    def write_texts(self, key: str) -> tuple[str, ...]:
        """Each text of a list on its own, for bullets."""
        return tuple(self.text_of(item, key) for item in self.value(key) or ())

    def written(self, markdown: str) -> Mapping[str, str]:
        """What the references of this prose stand for; unknown ones are not among them."""
        return {key: self.write(key) for key in references(markdown) if self.find(key)}

    def fill(self, text: Texts | str) -> str:
        """A sentence of ours with its references replaced, for captions and summaries."""
        sentence = text if isinstance(text, str) else self.language.text(text)
        return _REFERENCE.sub(lambda match: self.write(match[1]), sentence)
