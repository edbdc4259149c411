"""Which encoding a file of text is in, when it does not say."""

import codecs
import re
from typing import BinaryIO

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Among all of the world's old encodings a short file cannot be told apart; these are our
# languages'.
_LATIN, _ARABIC = "cp1252", "cp1256"
_CHUNK = 256 * 1024
_HIGH_RUNS = re.compile(rb"[\x80-\xff]{2,}")
_HIGH = re.compile(rb"[\x80-\xff]")


def find_encoding(file: BinaryIO) -> str:
    """The name of a file's encoding; every byte is looked at, a chunk at a time."""
    head = file.read(_CHUNK)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if unmarked := _utf16_without_mark(head):
        return unmarked
    file.seek(0)
    return "utf-8" if _is_utf8(file) else _old_encoding(head)


def _utf16_without_mark(head: bytes) -> str:
    """UTF-16 shows by the zero bytes of its spaces, digits and line ends, all on one side."""
    sample = head[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) / 10 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) / 10 and not odd else ""


def _is_utf8(file: BinaryIO) -> bool:
    """Whether all of it is UTF-8; a file that was cut off may end within a letter."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _old_encoding(head: bytes) -> str:
    """Arabic words are runs of high bytes; in French and English an accent mostly stands alone."""
    high = len(_HIGH.findall(head))
    in_runs = sum(len(run) for run in _HIGH_RUNS.findall(head))
    if in_runs > high * 2 / 3:
        return _ARABIC
    best = from_bytes(head, cp_isolation=[_LATIN, _ARABIC]).best()
    return _LATIN if best is None else best.encoding
