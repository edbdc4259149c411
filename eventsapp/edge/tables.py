"""Tables that come from and go to other people's programs: CSV and XLSX.

What we write never becomes a formula in the program that opens it. What we read may be in any
encoding, cut off, or no table at all: it becomes rows of text, or UnreadableFile says why.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

import openpyxl
import xlsxwriter
from charset_normalizer import from_bytes

from eventsapp.core.errors import N_, Invalid

Cell = str | int | float | None
Rows = Iterable[Sequence[Cell]]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
MOST_UNPACKED_BYTES: Final = 64 * 1024 * 1024
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Among all of the world's old encodings a short file cannot be told apart; these are our
# languages'.
_OLD_ENCODINGS = ["cp1252", "cp1256"]
_DELIMITERS = ",;\t|"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class UnreadableFile(Invalid):
    message = N_("This file could not be read as a table. Export it anew as CSV or XLSX.")
    field = "file"


class EmptyFile(UnreadableFile):
    message = N_("This file is empty.")


class TooManyRows(UnreadableFile):
    message = N_("This file has more than %(most)d rows.")


def write_csv(rows: Rows) -> bytes:
    """UTF-8 with its mark, without which spreadsheet programs guess; RFC 4180 line ends."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would run gets an apostrophe in front, which it shows as text."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def write_xlsx(rows: Rows, *, sheet: str = "Sheet1", right_to_left: bool = False) -> bytes:
    """One sheet with a bold head that stays; every text is text, whatever it starts with."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(sheet[:31])
        if right_to_left:
            page.right_to_left()
        page.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            page.write_row(number, 0, row, bold if number == 0 else None)
        page.autofit()
    return file.getvalue()


def read_table(data: bytes) -> list[list[str]]:
    """Every row as text, empty rows included; raises UnreadableFile."""
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFile
    rows = _read_xlsx(data) if data.startswith(_ZIP) else _read_text(data)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    return rows


def _read_text(data: bytes) -> list[list[str]]:
    text = _decode(data)
    if data.startswith(_OLE) or _looks_binary(text):
        raise UnreadableFile
    # A field that never closes its quote swallows the rest, so its length has a limit.
    csv.field_size_limit(100_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return [row[:MOST_COLUMNS] for row in reader]
    except csv.Error:
        raise UnreadableFile from None


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            # A cut-off file may end within a character.
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            return data.decode("utf-8", errors="replace")
    best = from_bytes(data[: 256 * 1024], cp_isolation=_OLD_ENCODINGS).best()
    if best is None:
        raise UnreadableFile
    return data.decode(best.encoding, errors="replace")


def _looks_binary(text: str) -> bool:
    sample = text[:8192]
    odd = sum(1 for char in sample if ord(char) < 32 and char not in "\r\n\t\f")
    return "\x00" in sample or odd > len(sample) / 50


def _delimiter(text: str) -> str:
    """The one that parts most lines; titles in a summary must not decide, so all lines vote."""
    lines = text.splitlines()[:200]
    votes = {mark: sum(mark in line for line in lines) for mark in _DELIMITERS}
    counts = {mark: sum(line.count(mark) for line in lines) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (votes[mark], counts[mark]))


def _read_xlsx(data: bytes) -> list[list[str]]:
    try:
        return _first_sheet(data)
    except Exception as error:
        # Whatever a broken or hostile file makes the reader raise, the answer is the same.
        raise UnreadableFile from error


def _first_sheet(data: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED_BYTES:
            raise UnreadableFile
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(
        max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True
    )
    return [_texts(row) for row in rows]


def _texts(row: Sequence[object]) -> list[str]:
    """Cells as text, without the empty ones that pad the row to the sheet's width."""
    texts = ["" if cell is None else str(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts
