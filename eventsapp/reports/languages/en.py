"""British English."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from babel.lists import format_list

from eventsapp.reports.language import Donor, Language, Representative, Team, modes_of

LOCALE = "en_GB"

# A name with one of these takes an article within a sentence; Germany and UNICEF do not.
COMMON_NOUNS = frozenset(
    {
        "academy", "agency", "association", "authority", "bank", "board", "bureau", "centre",
        "center", "commission", "committee", "confederation", "council", "delegation",
        "department", "directorate", "division", "embassy", "federation", "foundation", "fund",
        "government", "group", "institute", "kingdom", "ministry", "office", "organisation",
        "organization", "programme", "republic", "secretariat", "service", "services", "states",
        "team", "union", "unit", "university",
    }
)  # fmt: skip


def named(name: str) -> str:
    first, *rest = name.split() or [""]
    if first.lower() in {"the", "a", "an"}:
        return f"the {' '.join(rest)}" if first.lower() == "the" else name
    return f"the {name}" if COMMON_NOUNS & set(name.lower().split()) else name


def when(first: date, last: date) -> str:
    long = format_date(last, format="long", locale=LOCALE)
    if first == last:
        return f"on {long}"
    same_month = (first.year, first.month) == (last.year, last.month)
    pattern = "d" if same_month else "d MMMM" if first.year == last.year else "long"
    start = format_date(first, pattern, locale=LOCALE)
    return f"on {start} and {long}" if (last - first).days == 1 else f"from {start} to {long}"


# Names of countries that take the article: the United States, the Philippines.
WITH_ARTICLE = (
    "United", "Netherlands", "Philippines", "Gambia", "Bahamas", "Maldives", "Comoros",
    "Seychelles", "Central African Republic", "Dominican Republic",
)  # fmt: skip


def where(city: str, country: str) -> str:
    if city:
        return f"in {city}, {country}" if country else f"in {city}"
    article = "the " if country.startswith(WITH_ARTICLE) else ""
    return f"in {article}{country}"


def funded_by(donors: Sequence[Donor]) -> str:
    verb = "co-funded by" if len(donors) > 1 else "funded by"
    if len(donors) == 1 and donors[0].represented_by:
        donor = donors[0]
        return f"{verb} {named(donor.name)}, represented by {_authorities(donor)}"
    if len(donors) == 2 and donors[1].represented_by and not donors[0].represented_by:
        names = _and([named(donor.name) for donor in donors])
        return f"{verb} {names}, the latter represented by {_authorities(donors[1])}"
    return f"{verb} {_and([_with_authorities(donor) for donor in donors])}"


def _with_authorities(donor: Donor) -> str:
    name = named(donor.name)
    return f"{name} (represented by {_authorities(donor)})" if donor.represented_by else name


def _authorities(donor: Donor) -> str:
    first, *rest = [_authority(one) for one in donor.represented_by]
    return _and([first, *(f"by {name}" for name in rest)])


def _authority(one: Representative) -> str:
    return f"{one.acting_through} {one.titled}" if one.acting_through else named(one.titled)


def joined(teams: Sequence[Team], city: str) -> str:
    names = _and([named(team.name) for team in teams])
    here = f"in person in {city}" if city else "in person"
    all_of_them = "all of them " if len(teams) > 1 else ""
    ending = {
        frozenset({"in_person", "online"}): f", with some colleagues joining virtually and "
        f"others {here}",
        frozenset({"in_person"}): f", {all_of_them}{here}",
        frozenset({"online"}): f", {all_of_them}virtually",
    }.get(modes_of(teams), "")
    return f"presentations were given by {names}{ending}"


def _and(items: Sequence[str]) -> str:
    return format_list(list(items), locale=LOCALE)


ENGLISH = Language(
    key="en",
    locale=LOCALE,
    named=named,
    when=when,
    where=where,
    funded_by=funded_by,
    joined=joined,
    nouns={
        "participant": {"one": "{n} participant", "other": "{n} participants"},
        "person": {"one": "{n} person", "other": "{n} people"},
        "woman": {"one": "{n} woman", "other": "{n} women"},
        "man": {"one": "{n} man", "other": "{n} men"},
        "answer": {"one": "{n} answer", "other": "{n} answers"},
        "institution": {"one": "{n} institution", "other": "{n} institutions"},
        "country": {"one": "{n} country", "other": "{n} countries"},
        "day": {"one": "{n} day", "other": "{n} days"},
        "session": {"one": "{n} session", "other": "{n} sessions"},
    },
    words={
        "in_person": "in person",
        "online": "online",
        "both": "both ways",
        "workshop.in_person": "an in-person workshop",
        "workshop.hybrid": "a hybrid workshop",
        "workshop.online": "an online workshop",
        "format.in_person": "In person",
        "format.hybrid": "Hybrid: in person and online",
        "format.online": "Online",
        "female": "Women",
        "male": "Men",
        "undisclosed": "Not stated",
        "place": "{city}, {country}",
        "missing": "[not written in English: {label}]",
        "withheld": "[not published, too few answers: {label}]",
        "quoted": "“{text}”",
        "colon": "{label}: {value}",
    },
)
