"""French: articles follow the gender of a name's first noun."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list

from eventsapp.reports.language import Donor, Language, Representative, Team, modes_of

LOCALE = "fr"

# The gender of nouns that names of institutions begin with. Others stand without an article.
GENDERS = {
    "m": (
        "bureau", "centre", "comité", "conseil", "département", "fonds", "gouvernement", "groupe",
        "haut-commissariat", "institut", "ministère", "office", "organisme", "programme",
        "royaume", "secrétariat", "service",
    ),
    "f": (
        "académie", "agence", "ambassade", "association", "autorité", "banque", "commission",
        "confédération", "coopération", "délégation", "direction", "division", "équipe",
        "fédération", "fondation", "mission", "organisation", "république", "section", "union",
        "unité", "université",
    ),
    "p": ("états-unis", "nations", "pays-bas", "services", "émirats"),
}  # fmt: skip
# Not the y: « le Yémen », « au Yémen ».
VOWELS = "aeiouéèêâîôû"
ARTICLES = {"m": "le ", "f": "la ", "p": "les "}


@lru_cache(maxsize=1)
def _genders() -> dict[str, str]:
    return {noun: gender for gender, nouns in GENDERS.items() for noun in nouns}


def gender_of(name: str) -> str:
    """``m``, ``f``, ``p`` for a plural, or nothing where the first noun is not known."""
    return _genders().get(name.split(maxsplit=1)[0].lower() if name.split() else "", "")


def named(name: str) -> str:
    gender = gender_of(name)
    if not gender:
        return name
    if name.split(maxsplit=1)[0] in {"Équipe", "Groupe"}:
        # Not an institution: within a sentence a common noun is small.
        name = name[0].lower() + name[1:]
    if gender != "p" and name[0].lower() in VOWELS:
        return f"l’{name}"
    return f"{ARTICLES[gender]}{name}"


def when(first: date, last: date) -> str:
    long = format_date(last, format="long", locale=LOCALE)
    if first == last:
        return f"le {_first(long)}"
    same_month = (first.year, first.month) == (last.year, last.month)
    pattern = "d" if same_month else "d MMMM" if first.year == last.year else "long"
    start = _first(format_date(first, pattern, locale=LOCALE))
    if (last - first).days == 1 and same_month:
        return f"les {start} et {long}"
    return f"du {start} au {_first(long)}"


def _first(text: str) -> str:
    """``1er février``, as the first of a month is said."""
    return f"1er{text[1:]}" if text == "1" or text.startswith("1 ") else text


# Countries that end in an e and are masculine all the same, the other way round, and those that
# never take an article.
MASCULINE = (
    "Belize", "Cambodge", "Congo-Brazzaville", "Mexique", "Mozambique", "Suriname", "Zimbabwe",
)  # fmt: skip
FEMININE = ("Guinée-Bissau", "Sierra Leone")
PLURAL = (
    "Bahamas", "Bermudes", "Comores", "Fidji", "Maldives", "Palaos", "Pays-Bas", "Philippines",
    "Samoa", "Seychelles", "Tonga", "États-Unis", "Émirats arabes unis",
)  # fmt: skip
BARE = (
    "Antigua-et-Barbuda", "Bahreïn", "Chypre", "Cuba", "Djibouti", "Haïti", "Kiribati",
    "Madagascar", "Malte", "Maurice", "Monaco", "Nauru", "Oman", "Sao Tomé-et-Principe",
    "Singapour", "Trinité-et-Tobago", "Tuvalu",
)  # fmt: skip
# Islands with their article: « à la Barbade ».
ISLANDS = ("Barbade", "Dominique", "Grenade")


def where(city: str, country: str) -> str:
    if city:
        return f"{at(city)} ({country})" if country else at(city)
    if country in PLURAL or country.startswith(("Îles ", "Territoires ")):
        return f"aux {country}"
    if country in BARE or country.startswith(("Saint-", "Sainte-")):
        return f"à {country}"
    if country in ISLANDS:
        return f"à la {country}"
    first_noun = country.split(maxsplit=1)[0]
    ends_feminine = first_noun.endswith("e") and country not in MASCULINE
    is_feminine = ends_feminine or country in FEMININE
    begins_with_a_vowel = country[0].lower() in VOWELS
    return f"en {country}" if is_feminine or begins_with_a_vowel else f"au {country}"


def funded_by(donors: Sequence[Donor]) -> str:
    verb = "cofinancé par" if len(donors) > 1 else "financé par"
    if len(donors) == 1 and donors[0].represented_by:
        return f"{verb} {_represented(donors[0])}"
    if len(donors) == 2 and donors[1].represented_by and not donors[0].represented_by:
        names = _and([named(donor.name) for donor in donors])
        return f"{verb} {names}, {_latter(donors[1])}"
    return f"{verb} {_and([_with_authorities(donor) for donor in donors])}"


def _latter(donor: Donor) -> str:
    participle = {
        "m": "ce dernier étant représenté par",
        "f": "cette dernière étant représentée par",
        "p": "ces derniers étant représentés par",
    }.get(gender_of(donor.name), "dont la représentation est assurée par")
    return f"{participle} {_authorities(donor)}"


def _represented(donor: Donor) -> str:
    participle = {
        "m": "représenté par",
        "f": "représentée par",
        "p": "représentés par",
    }.get(gender_of(donor.name), "par l’intermédiaire de\u202f:")
    return f"{named(donor.name)}, {participle} {_authorities(donor)}"


def _with_authorities(donor: Donor) -> str:
    name = named(donor.name)
    if not donor.represented_by:
        return name
    return f"{name} (par l’intermédiaire de\u202f: {_authorities(donor)})"


def _authorities(donor: Donor) -> str:
    first, *rest = [_authority(one) for one in donor.represented_by]
    return _and([first, *(f"par {name}" for name in rest)])


def _authority(one: Representative) -> str:
    return f"{one.acting_through} {one.titled}" if one.acting_through else named(one.titled)


def joined(teams: Sequence[Team], city: str) -> str:
    names = _and([named(team.name) for team in teams])
    here = f"en présentiel {at(city)}" if city else "en présentiel"
    ending = {
        frozenset({"in_person", "online"}): ", certains collègues intervenant à distance et "
        f"d’autres {here}",
        frozenset({"in_person"}): f", exclusivement {here}",
        frozenset({"online"}): ", exclusivement à distance",
    }.get(modes_of(teams), "")
    return f"les présentations ont été assurées par {names}{ending}"


def at(city: str) -> str:
    """``à Tripoli``, ``au Caire``, ``aux Cayes``."""
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if city.startswith(article):
            return f"{contracted}{city.removeprefix(article)}"
    return f"à {city}"


def _and(items: Sequence[str]) -> str:
    return format_list(list(items), locale=LOCALE)


FRENCH = Language(
    key="fr",
    locale=LOCALE,
    named=named,
    when=when,
    where=where,
    funded_by=funded_by,
    joined=joined,
    nouns={
        "participant": {"one": "{n} participant", "other": "{n} participants"},
        "person": {"one": "{n} personne", "other": "{n} personnes"},
        "woman": {"one": "{n} femme", "other": "{n} femmes"},
        "man": {"one": "{n} homme", "other": "{n} hommes"},
        "answer": {"one": "{n} réponse", "other": "{n} réponses"},
        "institution": {"one": "{n} institution", "other": "{n} institutions"},
        "country": {"one": "{n} pays", "other": "{n} pays"},
        "day": {"one": "{n} jour", "other": "{n} jours"},
        "session": {"one": "{n} séance", "other": "{n} séances"},
    },
    words={
        "in_person": "en présentiel",
        "online": "à distance",
        "both": "sous les deux formes",
        "workshop.in_person": "un atelier en présentiel",
        "workshop.hybrid": "un atelier hybride",
        "workshop.online": "un atelier en ligne",
        "format.in_person": "En présentiel",
        "format.hybrid": "Hybride\u202f: en présentiel et à distance",
        "format.online": "En ligne",
        "female": "Femmes",
        "male": "Hommes",
        "undisclosed": "Non précisé",
        "place": "{city} ({country})",
        "missing": "[non rédigé en français\u202f: {label}]",
        "withheld": "[non publié, trop peu de réponses\u202f: {label}]",
        "quoted": "«\u202f{text}\u202f»",
        "colon": "{label}\u202f: {value}",
    },
)
