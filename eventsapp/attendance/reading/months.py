"""Names of months in the languages that exports come in, full and short."""

from babel import Locale

# Arabic months have other names from Morocco to Iraq.
_LOCALES = (
    *("en", "fr", "ar", "ar_DZ", "ar_MA", "ar_IQ", "ar_LB", "de", "es", "it", "pt", "nl", "tr"),
    *("pl", "sv", "da", "ro", "el", "uk", "ru"),
)


def _names() -> dict[str, int]:
    found: dict[str, int] = {}
    for code in _LOCALES:
        for context in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in context[width].items():
                    found.setdefault(name.casefold().rstrip("."), number)
    return found


MONTHS = _names()
