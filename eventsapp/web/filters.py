"""How values look in a page: dates in the workshop's zone, numbers in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from flask import Flask, request

from eventsapp.core.dates import format_period
from eventsapp.core.texts import Texts, in_line
from eventsapp.web.countries import country_name
from eventsapp.web.locale import current_language, format_locale


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        clock_time=clock_time,
        period=period,
        number=number,
        percent=percent,
        text=text,
        text_lang=text_lang,
        country=country_name,
        sentence_list=sentence_list,
        groupby_day=groupby_day,
        joined=joined,
    )
    app.jinja_env.globals["page_url"] = page_url


def _zone(value: datetime, zone: str) -> datetime:
    return value.astimezone(ZoneInfo(zone))


def day(value: date | datetime, zone: str = "UTC", style: str = "long") -> str:
    """``10 February 2022`` in the language being written."""
    local = _zone(value, zone).date() if isinstance(value, datetime) else value
    return format_date(local, format=style, locale=format_locale())


def moment(value: datetime, zone: str, style: str = "long") -> str:
    """Date and time in the given zone; the page names the zone beside it."""
    local = _zone(value, zone)
    when = format_date(local.date(), format=style, locale=format_locale())
    return joined([when, clock_time(value, zone)])


def clock_time(value: datetime, zone: str) -> str:
    return format_time(_zone(value, zone), format="HH:mm", locale=format_locale())


def period(start: datetime, end: datetime, zone: str) -> str:
    """``8–9 February 2022``, or one date when it is one day."""
    first, last = _zone(start, zone).date(), _zone(end, zone).date()
    return format_period(first, last, format_locale())


def number(value: float) -> str:
    return format_decimal(value, locale=format_locale())


def percent(value: float) -> str:
    """A share between 0 and 1 as a whole percentage."""
    return format_percent(
        value, format="#,##0 %" if current_language() == "fr" else None, locale=format_locale()
    )


def text(value: Texts) -> str:
    """The text in the language being written, or in the first one there is."""
    return value.text(current_language())


def text_lang(value: Texts) -> str:
    """The language ``text`` really answers in, for the ``lang`` attribute."""
    return value.choose(current_language())[1]


def sentence_list(items: list[str]) -> str:
    """``A, B and C``."""
    return format_list(items, locale=format_locale())


def joined(parts: Iterable[str | None]) -> str:
    """``A, B``, with the comma of the language being written; what is empty is left out."""
    return in_line(parts, current_language())


def groupby_day(items: Iterable[Any], zone: str) -> list[tuple[date, list[Any]]]:
    """Things with a ``starts_at``, by the day on which they start in the zone."""
    return [
        (found, list(group))
        for found, group in groupby(items, lambda item: _zone(item.starts_at, zone).date())
    ]


def page_url(number: int) -> str:
    """This list at another page, its filters kept."""
    args = [(k, v) for k, v in request.args.items(multi=True) if k != "page"]
    return f"{request.path}?{urlencode([*args, ('page', number)])}"
