"""A finished PDF as a test reads it: its structure tree, its marks and its text."""

import gc
import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import weasyprint

from eventsapp.edge.pdf.fetcher import MediaFetcher


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def unmended(html: str, media: dict[str, bytes]) -> bytes:
    """The same page as the layout engine alone would write it: what every mend must change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the engine leaves a file to be collected
        page = weasyprint.HTML(string=html, url_fetcher=MediaFetcher(media.get))
        data: bytes = page.write_pdf(pdf_variant="pdf/a-3a")
        del page
        gc.collect()
    return data


def elements(pdf: pikepdf.Pdf, kind: str | None = None) -> list[Any]:
    """The structure elements of a kind in reading order."""
    found = _below(pdf.Root.StructTreeRoot)
    return [element for element in found if kind is None or str(element.S) == kind]


def kids(element: Any, kind: str | None = None) -> list[Any]:
    return [kid for kid in _kids(element) if kind is None or str(kid.S) == kind]


def below(element: Any, kind: str) -> list[Any]:
    return [kid for kid in _below(element) if str(kid.S) == kind]


def spoken(pdf: pikepdf.Pdf, element: Any) -> str:
    """The words that an element announces, from the marks below it."""
    words = [_text_of(pdf, page, mark) for page, mark in _marks(element)]
    return " ".join("".join(words).split())


def drawn_sequences(page: Any) -> list[tuple[str, int | None]]:
    """The marked sequences of a page in order: tag and mark (None for an artifact)."""
    found: list[tuple[str, int | None]] = []
    for operands, operator in _instructions(page):
        if str(operator) == "BMC":
            found.append((str(operands[0]), None))
        elif str(operator) == "BDC":
            mark = operands[1].get("/MCID")
            found.append((str(operands[0]), None if mark is None else int(mark)))
    return found


def _instructions(page: Any) -> Iterator[tuple[Any, Any]]:
    for instruction in pikepdf.parse_content_stream(page):
        yield instruction.operands, instruction.operator


def _kids(element: Any) -> Iterator[Any]:
    content = element.get("/K", [])
    for kid in content if isinstance(content, pikepdf.Array) else [content]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            yield kid


def _below(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        yield kid
        yield from _below(kid)


def _marks(element: Any) -> Iterator[tuple[Any, int]]:
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            yield element.Pg, int(kid)
        elif kid.get("/Type") == "/StructElem":
            yield from _marks(kid)


def _text_of(pdf: pikepdf.Pdf, page: Any, mark: int) -> str:
    letters: dict[str, dict[str, str]] = {
        str(name): _letters(font) for name, font in page.Resources.Font.items()
    }
    text, inside, depth, font = "", False, 0, ""
    for operands, operator in _instructions(page):
        kind = str(operator)
        if kind in {"BDC", "BMC"}:
            depth += inside
            if kind == "BDC" and operands[1].get("/MCID") == mark:
                inside, depth = True, 1
        elif kind == "EMC" and inside:
            depth -= 1
            inside = depth > 0
        elif kind == "Tf":
            font = str(operands[0])
        elif kind == "TJ" and inside:
            codes = b"".join(
                bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)
            )
            text += "".join(letters[font].get(code, "") for code in _codes(codes))
    return text


def _codes(data: bytes) -> list[str]:
    return [data[start : start + 2].hex() for start in range(0, len(data), 2)]


def _letters(font: Any) -> dict[str, str]:
    rows = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", font.ToUnicode.read_bytes())
    return {code.decode(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in rows}
