"""How each kind of fact is written in a language: the one place that knows the values' shapes.

| kind | value |
| --- | --- |
| plain | text that is the same in every language: a reference, an acronym, an address |
| text, quoted, named | language to text; ``named`` with its article and, in brackets, its acronym |
| texts | a list of language to text: "A, B and C" |
| word | a key of the language's own words |
| count, counted | a number; with its noun: ``{"n": 24, "noun": "participant"}`` |
| share, mean | a number: 0.875 is 88 %, 4.25 is 4.3 |
| day, weekday, period, when | ISO dates, one or two |
| place, where | ``{"city": language to text, "country": "LY"}``; where: "in Tripoli, Libya" |
| country, countries | a code; a list of them |
| donors, teams | as their sources gather them |
| rows | a list that only tables and charts draw; written as its length |
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from eventsapp.core.texts import Texts
from eventsapp.projects.rules import is_lone_article
from eventsapp.reports.language import Donor, Language, Representative, Team


class NotWritten(LookupError):
    """A text of the fact has no translation in the language being written."""


def text_in(value: Mapping[str, str], language: Language) -> str:
    """The text in exactly this language; raises NotWritten, for languages are never mixed."""
    found = Texts.from_json(value).find(language.key)
    if found is None:
        raise NotWritten
    return found


def _named(value: Mapping[str, Any], language: Language) -> str:
    name = language.named(text_in(value["name"], language))
    return f"{name} ({value['acronym']})" if value["acronym"] else name


def _texts(value: list[Mapping[str, str]], language: Language) -> str:
    return language.listed([text_in(item, language) for item in value])


def _counted(value: Mapping[str, Any], language: Language) -> str:
    return language.counted(value["n"], value["noun"])


def _period(value: list[str], language: Language) -> str:
    first, last = (date.fromisoformat(day) for day in value)
    return language.period(first, last)


def _when(value: list[str], language: Language) -> str:
    first, last = (date.fromisoformat(day) for day in value)
    return language.when(first, last)


def _city_and_country(value: Mapping[str, Any], language: Language) -> tuple[str, str]:
    city = text_in(value["city"], language) if value["city"] else ""
    return city, language.country(value["country"]) if value["country"] else ""


def _place(value: Mapping[str, Any], language: Language) -> str:
    city, country = _city_and_country(value, language)
    if city and country:
        return language.word("place").format(city=city, country=country)
    return city or country


def _where(value: Mapping[str, Any], language: Language) -> str:
    return language.where(*_city_and_country(value, language))


def _donors(value: list[Mapping[str, Any]], language: Language) -> str:
    return language.funded_by([_donor(item, language) for item in value])


def _donor(value: Mapping[str, Any], language: Language) -> Donor:
    return Donor(
        name=text_in(value["name"], language),
        represented_by=tuple(
            Representative(
                name=text_in(one["name"], language),
                acronym=one["acronym"],
                acting_through=_acting_through(one["acting_through"], language),
            )
            for one in value["represented_by"]
        ),
    )


def _acting_through(value: Mapping[str, str], language: Language) -> str:
    """A lone article may be missing; an authority may not."""
    if is_lone_article(value.values()):
        return value.get(language.key, "")
    return text_in(value, language)


def _teams(value: Mapping[str, Any], language: Language) -> str:
    teams = [
        Team(name=text_in(team["name"], language), modes=frozenset(team["modes"]))
        for team in value["teams"]
    ]
    city = text_in(value["city"], language) if value["city"] else ""
    return language.joined(teams, city)


def _team_names(value: list[Mapping[str, str]], language: Language) -> str:
    return language.listed([language.named(text_in(name, language)) for name in value])


Write = Callable[[Any, Language], str]
KINDS: Mapping[str, Write] = {
    "plain": lambda value, _: str(value),
    "text": text_in,
    "quoted": lambda value, lang: lang.word("quoted").format(text=text_in(value, lang)),
    "named": _named,
    "names": _team_names,
    "texts": _texts,
    "word": lambda value, lang: lang.word(value),
    "count": lambda value, lang: lang.number(value),
    "counted": _counted,
    "share": lambda value, lang: lang.share(value),
    "mean": lambda value, lang: lang.mean(value),
    "day": lambda value, lang: lang.day(date.fromisoformat(value)),
    "period": _period,
    "when": _when,
    "place": _place,
    "where": _where,
    "country": lambda value, lang: lang.country(value),
    "countries": lambda value, lang: lang.listed([lang.country(code) for code in value]),
    "donors": _donors,
    "teams": _teams,
    "rows": lambda value, lang: lang.number(len(value)),
}
