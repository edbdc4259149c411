"""What a report or an article says: headings, prose, figures, tables, charts, photos."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal, TypeAlias

Pairs: TypeAlias = tuple[tuple[str, str], ...]


def sorted_pairs(values: Mapping[str, str] | Pairs) -> Pairs:
    return tuple(sorted(dict(values).items()))


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading. Levels start at 2: level 1 is the cover or the article's headline."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Staff prose in Markdown, with fact references such as ``{participants.attended}``.

    ``facts`` gives each reference's formatted value; it may be passed as a mapping and is kept as
    sorted pairs, so that equal prose is equal whatever order the facts were found in.
    """

    markdown: str
    facts: Mapping[str, str] | Pairs = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", sorted_pairs(self.facts))


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its label; ``fact`` is the key of the evidence behind it."""

    label: str
    value: str
    note: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class FactBox:
    title: str
    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one line of heads. ``numeric`` names the columns aligned at their end."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    row_heads: bool = True
    # Rows high enough to be signed in by hand.
    is_tall: bool = False

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"table {self.caption!r}: every row needs {len(self.head)} cells")


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each category of the chart, and the same values as a reader sees them."""

    label: str
    values: tuple[float, ...]
    texts: tuple[str, ...]

    def __post_init__(self) -> None:
        values = tuple(float(value) for value in self.values)
        if not all(isfinite(value) and value >= 0 for value in values):
            raise ValueError(f"series {self.label!r}: a bar's length is a number from 0 up")
        if len(values) != len(self.texts):
            raise ValueError(f"series {self.label!r}: every value needs its text")
        object.__setattr__(self, "values", values)  # 14 and 14.0 must freeze alike


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with their values beside them.

    ``bar`` draws one bar for each series in each category; ``stacked`` draws one bar a category,
    cut into the series, with the values in columns that are also the key. ``summary`` says in a
    full sentence what the chart shows: it stands under the title and is the text alternative.
    """

    kind: Literal["bar", "stacked"]
    title: str
    summary: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        count = len(self.categories)
        if any(len(series.values) != count for series in self.series):
            raise ValueError(f"chart {self.title!r}: every series needs {count} values")


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values: dates, place, an agenda's times and titles."""

    items: Pairs


@dataclass(frozen=True, slots=True)
class Quote:
    """``lang`` is given when the quote is in another language than the document."""

    text: str
    attribution: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Quotes:
    items: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """Width and height keep a photo's place while a page loads; 0 where they are not known."""

    key: str
    alt: str
    caption: str
    credit: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Photos:
    items: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know first, such as that the figures are demonstration data."""

    text: str


@dataclass(frozen=True, slots=True)
class Emblem:
    """A donor's emblem or a partner's logo; width and height give its proportions."""

    key: str
    alt: str
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"emblem {self.key!r} needs a width and a height")


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    statement: tuple[str, ...]
    emblems: tuple[Emblem, ...]
    disclaimer: str


@dataclass(frozen=True, slots=True)
class Cover:
    kicker: str
    title: str
    subtitle: str
    lines: Pairs
    emblems: tuple[Emblem, ...]
    # A donor's emblem never stands without the donor's own words.
    statement: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass
