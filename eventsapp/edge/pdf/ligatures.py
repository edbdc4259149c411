"""Arabic ligatures that can be searched: one glyph, yet one letter at a time.

Viewers read a right-to-left line backwards, glyph by glyph, and the two letters of one glyph come
out in the wrong order: in every common browser الاتصال is found as االتصال. Written as one letter
a glyph there is no order to get wrong. So a ligature keeps its shape and stands for its last
letter only, and a blank glyph of no width after it (to the right, that is before it in reading)
stands for each earlier letter.
"""

import re
import unicodedata
from functools import partial
from typing import Any

import pydyf

from eventsapp.edge.pdf.letters import FontFile

FONT = re.compile(rb"/(\S+) \S+ Tf")
STRING = re.compile(rb"<([0-9a-f]+)>")
LARGEST_CODE = 0xFFFF


def spell_ligatures(pages: list[Any], fonts: dict[str, FontFile], pdf: pydyf.PDF) -> None:
    """``pages`` are the streams that draw the pages; their text is rewritten in place."""
    spelling = {name: _spelling(font, pdf) for name, font in fonts.items()}
    if not any(spelling.values()):
        return
    for page in pages:
        codes: dict[bytes, bytes] = {}
        for place, item in enumerate(page.stream):
            if not isinstance(item, bytes):
                continue
            if choice := FONT.fullmatch(item):
                codes = spelling[choice[1].decode()]
            elif codes and item.endswith(b"] TJ"):
                page.stream[place] = STRING.sub(partial(_spelt, codes), item)


def _spelling(font: FontFile, pdf: pydyf.PDF) -> dict[bytes, bytes]:
    """For the code of each ligature, the codes to write instead; notes what each stands for."""
    ligatures = _ligatures(font)
    blank = font.blank_glyph()
    if not ligatures or blank is None:
        return {}
    first = font.font.glyph_count
    earlier = sorted({letter for letters in ligatures.values() for letter in letters[:-1]})
    codes = {letter: first + place for place, letter in enumerate(earlier)}
    if first + len(earlier) > LARGEST_CODE:
        return {}
    for letter, code in codes.items():
        font.note(code, letter)
    font.glyphs["W"].extend([first, pydyf.Array([0] * len(earlier))])
    font.glyphs["CIDToGIDMap"] = _glyph_map(pdf, first, len(earlier), blank)
    result = {}
    for glyph, letters in ligatures.items():
        font.note(glyph, letters[-1])
        written = [glyph, *(codes[letter] for letter in reversed(letters[:-1]))]
        result[_code(glyph)] = b"".join(_code(code) for code in written)
    return result


def _ligatures(font: FontFile) -> dict[int, str]:
    if font.font.missing:  # such a font has codes of its own for letters that it lacks
        return {}
    found = {glyph: font.letters_of(glyph) for glyph in font.doubtful()}
    return {
        glyph: letters
        for glyph, letters in found.items()
        if len(letters) > 1 and all(unicodedata.bidirectional(letter) == "AL" for letter in letters)
    }


def _glyph_map(pdf: pydyf.PDF, known: int, more: int, blank: int) -> bytes:
    """Every known code is its own glyph; the further ones are all the blank glyph."""
    glyphs = [*range(known), *[blank] * more]
    stream = pydyf.Stream([b"".join(glyph.to_bytes(2, "big") for glyph in glyphs)], compress=True)
    pdf.add_object(stream)
    reference: bytes = stream.reference
    return reference


def _spelt(codes: dict[bytes, bytes], string: re.Match[bytes]) -> bytes:
    glyphs = (string[1][start : start + 4] for start in range(0, len(string[1]), 4))
    return b"<" + b"".join(codes.get(glyph, glyph) for glyph in glyphs) + b">"


def _code(number: int) -> bytes:
    return f"{number:04x}".encode()
