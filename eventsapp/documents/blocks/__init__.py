"""What a report, an article or a paper is made of: frozen values that know no renderer.

A kind of block is one dataclass here and one template of its name in ``templates/documents``.
Every text is already written in the document's language, every figure already formatted.
"""

from eventsapp.documents.blocks.content import (
    Acknowledgement,
    Bullets,
    Chart,
    Cover,
    Emblem,
    FactBox,
    Facts,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Pairs,
    Photo,
    Photos,
    Prose,
    Quote,
    Quotes,
    Series,
    Table,
)
from eventsapp.documents.blocks.document import KINDS, Accent, Block, Document, kind_of
from eventsapp.documents.blocks.papers import (
    AnswerSheet,
    Badge,
    Badges,
    Certificate,
    Masthead,
    PaperQuestion,
)

__all__ = [
    "KINDS",
    "Accent",
    "Acknowledgement",
    "AnswerSheet",
    "Badge",
    "Badges",
    "Block",
    "Bullets",
    "Certificate",
    "Chart",
    "Cover",
    "Document",
    "Emblem",
    "FactBox",
    "Facts",
    "Figure",
    "Heading",
    "Masthead",
    "Notice",
    "PageBreak",
    "Pairs",
    "PaperQuestion",
    "Photo",
    "Photos",
    "Prose",
    "Quote",
    "Quotes",
    "Series",
    "Table",
    "kind_of",
]
