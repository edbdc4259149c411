"""Which day it is where, and how dates are written: in whose manner, a stretch as one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

# English dates as the rest of the world writes them: 10 February 2022, 14:30.
_LOCALES = {"en": "en_GB"}


def day_in(timezone: str, *, now: datetime) -> date:
    """The date that a moment has in a zone."""
    return now.astimezone(ZoneInfo(timezone)).date()


def locale_of(lang: str) -> str:
    """Babel's name of the manner in which dates and numbers of a language are written."""
    return _LOCALES.get(lang, lang)


def format_period(first: date, last: date, locale: str) -> str:
    """``8–9 February 2022``, or one date when it is one day; ``locale`` is Babel's name.

    Babel's own intervals shorten the months.
    """
    whole = format_date(last, format="long", locale=locale)
    if first == last:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{whole}"
    if first.year == last.year:
        return f"{format_date(first, 'd MMMM', locale=locale)} – {whole}"
    return f"{format_date(first, format='long', locale=locale)} – {whole}"
