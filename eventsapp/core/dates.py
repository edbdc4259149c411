"""How a stretch of days is written; Babel's own intervals shorten the months."""

from datetime import date

from babel.dates import format_date


def format_period(first: date, last: date, locale: str) -> str:
    """``8–9 February 2022``, or one date when it is one day; ``locale`` is Babel's name."""
    whole = format_date(last, format="long", locale=locale)
    if first == last:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{whole}"
    if first.year == last.year:
        return f"{format_date(first, 'd MMMM', locale=locale)} – {whole}"
    return f"{format_date(first, format='long', locale=locale)} – {whole}"
