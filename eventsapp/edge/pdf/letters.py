"""Which letters a glyph stands for: what is copied, searched and read aloud.

The layout engine learns it from the first place where it meets a glyph. In Arabic a letter and
its marks are drawn as several glyphs of one cluster, and there it notes the whole cluster for one
glyph and nothing for the other, for the rest of the document. The fonts know better: their
glyphs' names say which letters they are.
"""

import unicodedata
from functools import lru_cache
from io import BytesIO
from typing import Any

import pydyf
from fontTools import agl
from fontTools.ttLib import TTFont
from weasyprint.document import Document
from weasyprint.text.fonts import get_hb_object_data


def correct_letters(document: Document, pdf: pydyf.PDF) -> None:
    """Note the right letters for glyphs that were met inside a cluster."""
    maps = _maps_by_font(pdf)
    for font in document.fonts.values():
        doubtful = [glyph for glyph, text in font.to_unicode.items() if len(text) != 1]
        if not doubtful:
            continue
        names = _glyph_names(get_hb_object_data(font.hb_face), font.index)
        for glyph in doubtful:
            if letters := _letters(names, glyph):
                for stream in maps[font.name]:
                    _note(stream, glyph, letters)


def _maps_by_font(pdf: pydyf.PDF) -> dict[bytes, list[list[Any]]]:
    found: dict[bytes, list[list[Any]]] = {}
    for thing in pdf.objects:
        if isinstance(thing, dict) and "ToUnicode" in thing:
            number = int(thing["ToUnicode"].split()[0])
            found.setdefault(thing["BaseFont"], []).append(pdf.objects[number].stream)
    return found


@lru_cache(maxsize=16)
def _glyph_names(font: bytes, index: int) -> list[str]:
    names: list[str] = TTFont(BytesIO(font), fontNumber=index, lazy=True).getGlyphOrder()
    return names


def _letters(names: list[str], glyph: int) -> str:
    """The letters of a glyph's name: ``uniFEFC`` is a final lam with alef, two letters."""
    if glyph >= len(names):
        return ""
    return unicodedata.normalize("NFKC", agl.toUnicode(names[glyph])).strip()


def _note(stream: list[Any], glyph: int, letters: str) -> None:
    entry = f"<{glyph:04x}> <".encode()
    for place, line in enumerate(stream):
        if isinstance(line, bytes) and line.startswith(entry):
            stream[place] = entry + letters.encode("utf-16-be").hex().encode() + b">"
