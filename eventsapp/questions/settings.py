"""What those who build forms may set for a question of some type: a switch, a choice, a number,
words.

A setting is asked by ``field``, read by ``value`` (None is left out) and shown again by ``data``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, DecimalField, RadioField
from wtforms.validators import NumberRange, Optional

from eventsapp.core.texts import Texts
from eventsapp.web.forms import TextsField, choices, texts_to_form

LARGEST = 10**9


class Setting(Protocol):
    """``label`` and ``hint`` are msgids."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def hint(self) -> str: ...
    def field(self) -> Any: ...
    def value(self, field: Any) -> Any: ...
    def data(self, value: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off; off until it is switched on."""

    key: str
    label: str
    hint: str = ""

    def field(self) -> Any:
        return BooleanField(_(self.label), description=_(self.hint) if self.hint else "")

    def value(self, field: Any) -> Any:
        return bool(field.data)

    def data(self, value: Any) -> Any:
        return bool(value)


@dataclass(frozen=True, slots=True)
class Pick:
    """One of a few; ``offered`` are (key, msgid), the first where nothing was chosen."""

    key: str
    label: str
    offered: Sequence[tuple[str, str]]
    hint: str = ""

    def field(self) -> Any:
        return RadioField(
            _(self.label),
            choices=choices((key, _(label)) for key, label in self.offered),
            default=self.offered[0][0],
            description=_(self.hint) if self.hint else "",
        )

    def value(self, field: Any) -> Any:
        return field.data

    def data(self, value: Any) -> Any:
        return value or self.offered[0][0]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or none."""

    key: str
    label: str
    hint: str = ""
    least: int = -LARGEST
    most: int = LARGEST

    def field(self) -> Any:
        in_range = NumberRange(self.least, self.most, _l("Give a number from %(min)s to %(max)s."))
        return DecimalField(
            _(self.label),
            [Optional(), in_range],
            description=_(self.hint) if self.hint else "",
        )

    def value(self, field: Any) -> Any:
        """A whole number as such, so that it is written without a point."""
        if field.data is None:
            return None
        number = float(field.data)
        return int(number) if number.is_integer() else number

    def data(self, value: Any) -> Any:
        return value


@dataclass(frozen=True, slots=True)
class Day:
    """A date as ``2022-02-10``, or none."""

    key: str
    label: str
    hint: str = ""

    def field(self) -> Any:
        hint = _(self.hint) if self.hint else ""
        return DateField(_(self.label), [Optional()], description=hint)

    def value(self, field: Any) -> Any:
        return field.data.isoformat() if field.data else None

    def data(self, value: Any) -> Any:
        return date.fromisoformat(value) if value else None


@dataclass(frozen=True, slots=True)
class Words:
    """A line in each language; read with ``texts_of``."""

    key: str
    label: str
    hint: str = ""

    def field(self) -> Any:
        return TextsField(_(self.label), description=_(self.hint) if self.hint else "")

    def value(self, field: Any) -> Any:
        return field.texts().to_json() or None

    def data(self, value: Any) -> Any:
        return texts_to_form(Texts.from_json(value))
