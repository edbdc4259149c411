"""Each kind of block in a Word file; charts become tables, so that their figures can be edited."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docx.shared import Mm

from eventsapp.documents import blocks as kinds
from eventsapp.documents.blocks import Block, Document, Emblem
from eventsapp.documents.labels import labels_for
from eventsapp.documents.prose import prose_html
from eventsapp.documents.render import emblem_size
from eventsapp.documents.typography import set_spaces
from eventsapp.documents.word.prose import passages
from eventsapp.documents.word.writer import LOCALES, Run, Writer

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STATIC = Path(__file__).parents[2] / "static"
PIXEL = Mm(25.4 / 96)

Media = Callable[[str], bytes | None]


def word_file(document: Document, *, read_media: Media) -> bytes:
    """The document as a Word file; a picture that cannot be read stands as its description."""
    document = set_spaces(document, document.lang)
    writer = Writer(document.lang)
    labels = {**labels_for(document.lang), **dict(document.labels)}
    _describe(writer, document)
    writer.running_title(f"{document.running_title} · {document.edition_note}")
    words = re.split(r"\{pages?\}", labels["page"])
    writer.page_numbers(words[0], words[1], words[2])
    drawing = _Drawing(writer, labels, read_media)
    for block in document.blocks:
        DRAW[type(block)](drawing, block)
    return writer.save()


def _describe(writer: Writer, document: Document) -> None:
    about = writer.file.core_properties
    about.title, about.author, about.subject = document.title, document.author, document.subject
    about.keywords, about.identifier = ", ".join(document.keywords), document.identifier
    about.language, about.comments = LOCALES[document.lang], document.edition_note
    about.created = about.modified = document.created.replace(tzinfo=None)


class _Drawing:
    """What each kind of block needs to draw itself."""

    def __init__(self, writer: Writer, labels: Mapping[str, str], read_media: Media) -> None:
        self.writer = writer
        self.labels = labels
        self._read = read_media

    def read(self, key: str) -> bytes | None:
        """A picture that Word can show: a vector emblem has a drawing of its pixels beside it."""
        if not key.startswith("static/"):
            return self._read(key)
        path = (STATIC / key.removeprefix("static/")).with_suffix(".png")
        return path.read_bytes() if path.is_relative_to(STATIC) and path.is_file() else None

    def emblems(self, emblems: tuple[Emblem, ...]) -> None:
        for emblem in emblems:
            data = self.read(emblem.key)
            if data is None:
                self.writer.paragraph(emblem.alt)
            else:
                width, _height = emblem_size(emblem)
                self.writer.picture(data, emblem.alt, width * PIXEL)


def _heading(drawing: _Drawing, block: kinds.Heading) -> None:
    drawing.writer.heading(block.level - 1, block.text)


def _prose(drawing: _Drawing, block: kinds.Prose) -> None:
    for passage in passages(str(prose_html(block.markdown, dict(block.facts)))):
        drawing.writer.paragraph(passage.runs, style=passage.style)


def _fact_box(drawing: _Drawing, block: kinds.FactBox) -> None:
    if block.title:
        drawing.writer.paragraph([Run(block.title, bold=True)])
    rows = [(figure.value, f"{figure.label} {figure.note}".strip()) for figure in block.items]
    drawing.writer.table((), rows, description=block.title)


def _table(drawing: _Drawing, block: kinds.Table) -> None:
    if block.caption:
        drawing.writer.paragraph(block.caption, style="Caption")
    drawing.writer.table(block.head, block.rows, numeric=block.numeric, description=block.caption)


def _chart(drawing: _Drawing, block: kinds.Chart) -> None:
    unit = f" ({block.unit})" if block.unit else ""
    drawing.writer.paragraph([Run(f"{block.title}{unit}", bold=True)], style="Caption")
    if block.summary:
        drawing.writer.paragraph(block.summary)
    head = ("", *(series.label for series in block.series))
    rows = [
        (category, *(series.texts[at] for series in block.series))
        for at, category in enumerate(block.categories)
    ]
    numeric = tuple(range(1, len(head)))
    drawing.writer.table(head, rows, numeric=numeric, description=block.summary or block.title)


def _bullets(drawing: _Drawing, block: kinds.Bullets) -> None:
    for item in block.items:
        drawing.writer.paragraph(item, style="List Bullet")


def _facts(drawing: _Drawing, block: kinds.Facts) -> None:
    drawing.writer.table((), block.items)


def _quotes(drawing: _Drawing, block: kinds.Quotes) -> None:
    for quote in block.items:
        drawing.writer.paragraph(quote.text, style="Quote", lang=quote.lang)
        if quote.attribution:
            drawing.writer.paragraph(quote.attribution, style="Caption")


def _photos(drawing: _Drawing, block: kinds.Photos) -> None:
    for photo in block.items:
        data = drawing.read(photo.key)
        if data is None:
            drawing.writer.paragraph(photo.alt)
        else:
            drawing.writer.picture(data, photo.alt)
        credit = drawing.labels["photo_credit"].format(credit=photo.credit) if photo.credit else ""
        caption = " · ".join(part for part in (photo.caption, credit) if part)
        if caption:
            drawing.writer.paragraph(caption, style="Caption")


def _notice(drawing: _Drawing, block: kinds.Notice) -> None:
    drawing.writer.paragraph([Run(block.text, bold=True)], style="Intense Quote")


def _acknowledgement(drawing: _Drawing, block: kinds.Acknowledgement) -> None:
    drawing.emblems(block.emblems)
    for sentence in block.statement:
        drawing.writer.paragraph([Run(sentence, bold=True)])
    if block.disclaimer:
        drawing.writer.paragraph(block.disclaimer)


def _cover(drawing: _Drawing, block: kinds.Cover) -> None:
    writer = drawing.writer
    if block.kicker:
        writer.paragraph(block.kicker, style="Subtitle")
    writer.paragraph(block.title, style="Title")
    if block.subtitle:
        writer.paragraph(block.subtitle, style="Subtitle")
    if block.lines:
        writer.table((), block.lines)
    drawing.emblems(block.emblems)
    for sentence in block.statement:
        writer.paragraph([Run(sentence, bold=True)])
    writer.page_break()


def _page_break(drawing: _Drawing, _block: kinds.PageBreak) -> None:
    drawing.writer.page_break()


DRAW: Mapping[type[Block], Callable[[_Drawing, Any], None]] = {
    kinds.Heading: _heading,
    kinds.Prose: _prose,
    kinds.FactBox: _fact_box,
    kinds.Table: _table,
    kinds.Chart: _chart,
    kinds.Bullets: _bullets,
    kinds.Facts: _facts,
    kinds.Quotes: _quotes,
    kinds.Photos: _photos,
    kinds.Notice: _notice,
    kinds.Acknowledgement: _acknowledgement,
    kinds.Cover: _cover,
    kinds.PageBreak: _page_break,
}
