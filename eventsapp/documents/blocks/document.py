"""A whole document, and every kind of block that it can be made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from eventsapp.documents.blocks.content import (
    Acknowledgement,
    Bullets,
    Chart,
    Cover,
    FactBox,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Pairs,
    Photos,
    Prose,
    Quotes,
    Table,
    sorted_pairs,
)
from eventsapp.documents.blocks.papers import (
    AnswerSheet,
    Badges,
    Certificate,
    Masthead,
)

# The themes that the style sheets know; "petrol" is ours.
Accent: TypeAlias = Literal["petrol", "blue", "green", "plum", "rust"]

Block: TypeAlias = (
    Heading
    | Prose
    | FactBox
    | Table
    | Chart
    | Bullets
    | Facts
    | Quotes
    | Photos
    | Notice
    | Acknowledgement
    | Cover
    | Masthead
    | Badges
    | Certificate
    | AnswerSheet
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document with what its file says about itself.

    ``labels`` are the few words that templates add (labels.py), so that a frozen document needs
    no translation catalogue to be drawn again years later. ``edition_note`` is printed at the
    foot of every page.
    """

    lang: str
    title: str
    blocks: tuple[Block, ...]
    running_title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    created: datetime
    identifier: str
    edition_note: str
    labels: Mapping[str, str] | Pairs
    accent: Accent = "petrol"

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("a document's date needs its zone")
        object.__setattr__(self, "labels", sorted_pairs(self.labels))


def kind_of(block: type[Block] | Block) -> str:
    """The kind's name, of its template and in JSON: ``FactBox`` is ``fact_box``."""
    name = block.__name__ if isinstance(block, type) else type(block).__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


KINDS: dict[str, type[Block]] = {kind_of(cls): cls for cls in get_args(Block)}
