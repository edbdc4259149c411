"""The contract of a language that reports are written in: one module a language.

Templates hold the sentences; a language knows what sentences are made of: how numbers, dates and
lists look, how a counted noun agrees with its number, and how names stand within a sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from eventsapp.core.dates import format_period
from eventsapp.core.texts import Texts


@dataclass(frozen=True, slots=True)
class Representative:
    name: str
    acronym: str = ""
    acting_through: str = ""

    @property
    def titled(self) -> str:
        """``Peace and Human Rights Division (PHRD)``."""
        return f"{self.name} ({self.acronym})" if self.acronym else self.name


@dataclass(frozen=True, slots=True)
class Donor:
    name: str
    represented_by: tuple[Representative, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """``modes`` has those of its members: in_person, online, both of them, or none known."""

    name: str
    modes: frozenset[str]


Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Language:
    """``locale`` is Babel's name of it; nouns are given by plural category, with ``{n}``."""

    key: str
    locale: str
    nouns: Mapping[str, Forms]
    words: Mapping[str, str]
    # "the European Union": a name as it stands within a sentence.
    named: Callable[[str], str]
    # "on 8 and 9 February 2022": when something was, as an adverb.
    when: Callable[[date, date], str]
    # "in Tripoli, Libya": where something was, of a city and a country, of which one may be empty.
    where: Callable[[str, str], str]
    # "co-funded by the European Union and …"
    funded_by: Callable[[Sequence[Donor]], str]
    # "presentations were given by X, Y and Z, with some colleagues joining virtually …"
    joined: Callable[[Sequence[Team], str], str]

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.locale)

    def mean(self, value: float) -> str:
        return format_decimal(value, format="0.0", locale=self.locale)

    def share(self, value: float) -> str:
        """A share between 0 and 1 as a whole percentage, its sign kept on the same line."""
        return format_percent(value, locale=self.locale).replace("\u202f", "\u00a0")

    def day(self, value: date) -> str:
        return format_date(value, format="long", locale=self.locale)

    def weekday(self, value: date) -> str:
        return format_date(value, format="full", locale=self.locale)

    def clock(self, value: Any) -> str:
        return format_time(value, format="HH:mm", locale=self.locale)

    def period(self, first: date, last: date) -> str:
        """``8–9 February 2022``; months are never shortened."""
        return format_period(first, last, self.locale)

    def listed(self, items: Sequence[str]) -> str:
        return format_list(list(items), locale=self.locale)

    def country(self, code: str) -> str:
        return str(_locale(self.locale).territories.get(code, code))

    def plural(self, count: float, forms: Forms) -> str:
        """The form that agrees with the number; ``other`` stands in for one that is not given."""
        category = _locale(self.locale).plural_form(count)
        return forms.get(category, forms["other"])

    def counted(self, count: int, noun: str) -> str:
        """``24 participants``."""
        return self.plural(count, self.nouns[noun]).format(n=self.number(count))

    def word(self, key: str) -> str:
        return self.words[key]

    def text(self, texts: Texts) -> str:
        """A text of ours, which has every language."""
        return texts.by_lang[self.key]


def modes_of(teams: Sequence[Team]) -> frozenset[str]:
    """How the members of all teams joined, taken together."""
    return frozenset().union(*(team.modes for team in teams))


@lru_cache(maxsize=8)
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def capitalised(text: str) -> str:
    """The first letter of a sentence; the rest is left as it is."""
    return text[:1].upper() + text[1:]
