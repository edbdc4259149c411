"""Rows of text out of CSV and XLSX, one after another: a file of any length fits into memory."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

import openpyxl

from eventsapp.core.errors import N_, Invalid
from eventsapp.edge.tables.encoding import find_encoding
from eventsapp.edge.tables.writing import without_guard

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
# A line of a million columns would be a list of a million cells before it could be cut.
LONGEST_LINE: Final = 200_000
LONGEST_FIELD: Final = 100_000
MOST_UNPACKED_BYTES: Final = 192 * 1024 * 1024
# Sheets shrink to a tenth; what shrinks to a five-hundredth was made to burst.
MOST_PACKED: Final = 500
SAMPLE_BYTES = 64 * 1024
_DELIMITERS = ",;\t|"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BLANK = b"\x00 \t\r\n\xff\xfe\xef\xbb\xbf"
# Some tools write ="00123" so that spreadsheets leave a text alone.
_AS_TEXT = '="'

Source = bytes | Path
Rows = Iterator[list[str]]


class UnreadableFile(Invalid):
    message = N_("This file could not be read as a table. Export it anew as CSV or XLSX.")
    field = "file"


class EmptyFile(UnreadableFile):
    message = N_("This file is empty.")


class TooManyRows(UnreadableFile):
    message = N_("This file has more than %(most)d rows.")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text, empty ones included, that can be gone through again and again.

    Going through them raises UnreadableFile where the file turns out to be none.
    """

    rows: Callable[[], Rows]

    def __iter__(self) -> Rows:
        for number, row in enumerate(self.rows(), start=1):
            if number > MOST_ROWS:
                raise TooManyRows(most=MOST_ROWS)
            yield row

    def first(self, count: int) -> list[list[str]]:
        return list(islice(self, count))


def read_table(source: Source) -> list[list[str]]:
    """Every row as text, empty rows included; raises UnreadableFile."""
    return list(open_table(source))


def open_table(source: Source) -> Table:
    """The table in a file or in its bytes; raises UnreadableFile for what is surely none."""
    with _open(source) as file:
        sample = file.read(SAMPLE_BYTES)
    if not sample.strip(_BLANK):
        raise EmptyFile
    if sample.startswith(_OLE):
        raise UnreadableFile
    if sample.startswith(_ZIP):
        _check_archive(source)
        return Table(lambda: _sheet_rows(source))
    return _text_table(source)


def _open(source: Source) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _text_table(source: Source) -> Table:
    with _open(source) as file:
        encoding = find_encoding(file)
    with _open(source) as file, _decoded(file, encoding) as text:
        sample = text.read(SAMPLE_BYTES)
    if _looks_binary(sample):
        raise UnreadableFile
    delimiter = _delimiter(sample)
    return Table(lambda: _text_rows(source, encoding, delimiter))


def _decoded(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    # A cut-off file may end within a character.
    return io.TextIOWrapper(file, encoding, errors="replace", newline="")


def _text_rows(source: Source, encoding: str, delimiter: str) -> Rows:
    # A field that never closes its quote swallows the rest, so its length has a limit.
    csv.field_size_limit(LONGEST_FIELD)
    with _open(source) as file, _decoded(file, encoding) as text:
        lines = _Lines(text)
        try:
            for row in csv.reader(lines, delimiter=delimiter):
                if len(row) > MOST_COLUMNS:
                    del row[MOST_COLUMNS:]
                yield [_plain(cell) for cell in row] if lines.may_be_guarded() else row
        except csv.Error:
            raise UnreadableFile from None


def _plain(cell: str) -> str:
    """A cell without what was put around it to keep spreadsheets from running it."""
    if cell[:1] not in {"'", "="}:
        return cell
    if cell.startswith(_AS_TEXT) and cell.endswith('"') and len(cell) > len(_AS_TEXT):
        return cell[2:-1]
    return without_guard(cell)


class _Lines:
    """Lines without NULs, which no database takes; raises UnreadableFile for an endless one."""

    def __init__(self, file: Iterable[str]) -> None:
        self._lines = iter(file)
        self._guarded = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if len(line) > LONGEST_LINE:
            raise UnreadableFile
        if "'" in line or _AS_TEXT in line:
            self._guarded = True
        return line.replace("\x00", "") if "\x00" in line else line

    def may_be_guarded(self) -> bool:
        """Whether the lines since the last question may have cells that ``_plain`` changes."""
        guarded, self._guarded = self._guarded, False
        return guarded


def _looks_binary(sample: str) -> bool:
    head = sample[:8192]
    odd = sum(1 for char in head if ord(char) < 32 and char not in "\r\n\t\f")
    return "\x00" in head or odd > len(head) / 50


def _delimiter(text: str) -> str:
    """The one that parts most lines; titles in a summary must not decide, so all lines vote."""
    lines = text.splitlines()[:200]
    votes = {mark: sum(mark in line for line in lines) for mark in _DELIMITERS}
    counts = {mark: sum(line.count(mark) for line in lines) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (votes[mark], counts[mark]))


def _check_archive(source: Source) -> None:
    """Refuse what would burst when it is unpacked, by what the archive says of itself.

    Python unpacks no more of an entry than it announces, so a lie gains nothing.
    """
    try:
        with _open(source) as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise UnreadableFile from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MOST_UNPACKED_BYTES or unpacked > MOST_PACKED * max(packed, 1):
        raise UnreadableFile


def _sheet_rows(source: Source) -> Rows:
    try:
        with _open(source) as file:
            yield from _first_sheet(file)
    except (UnreadableFile, GeneratorExit):
        raise
    except Exception as error:
        # Whatever a broken or hostile file makes the reader raise, the answer is the same.
        raise UnreadableFile from error


def _first_sheet(file: BinaryIO) -> Rows:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    page = book.worksheets[0]
    # What the sheet says of its size may be wrong, or a trap.
    page.reset_dimensions()
    for row in page.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield _texts(row)


def _texts(row: Sequence[object]) -> list[str]:
    """Cells as text, without the empty ones that pad the row to the sheet's width."""
    texts = ["" if cell is None else str(cell)[:LONGEST_FIELD] for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts
