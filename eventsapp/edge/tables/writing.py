"""CSV and XLSX for spreadsheet programs: text stays text there, whatever it starts with."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

Cell = str | int | float | None
Rows = Iterable[Sequence[Cell]]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


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


def without_guard(text: str) -> str:
    """Text as it was before ``write_csv`` made it harmless, so that what we wrote reads back."""
    if text.startswith("'") and text[1:].lstrip(" ").startswith(_FORMULA_STARTS):
        return text[1:]
    return text


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
