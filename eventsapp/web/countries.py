"""Countries by their ISO 3166-1 code, named in the language being written."""

from functools import lru_cache

from babel import Locale

from eventsapp.web.locale import current_language


def country_name(code: str, lang: str | None = None) -> str:
    """``LY`` is Libya, Libye or ليبيا; an unknown code is shown as it is."""
    return _names(lang or current_language()).get(code, code)


@lru_cache(maxsize=8)
def _names(lang: str) -> dict[str, str]:
    territories = Locale(lang).territories
    # CLDR also names continents (digits) and private or historic codes.
    skip = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    return {c: str(n) for c, n in territories.items() if len(c) == 2 and c not in skip}


def country_choices(lang: str | None = None) -> list[tuple[str, str]]:
    """Every country, by its name in the reader's language."""
    return sorted(_names(lang or current_language()).items(), key=lambda item: item[1])


def is_country(code: str) -> bool:
    return code in _names("en")
