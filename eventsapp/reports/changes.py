"""What differs between two texts, and between two sets of facts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_SENTENCE = re.compile(r".+?(?:[.!?؟…](?=\s)|\n|\Z)\s*", re.DOTALL)
_WORD = re.compile(r"\S+\s*|\s+")
# Longer passages are compared as wholes: nobody reads hundreds of changed words one by one.
MOST_WORDS = 500
MOST_SENTENCES = 4_000
# Passages that share little are shown whole: words picked out of them would say nothing.
LEAST_LIKENESS = 0.4


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    text: str


def compare_texts(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; neighbours of one kind are one piece."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if max(len(before), len(after)) > MOST_SENTENCES:
        before, after = [old], [new]
    return tuple(_joined(_by_sentence(before, after)))


def _by_sentence(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(before[a:b]))
        else:
            yield from _by_word("".join(before[a:b]), "".join(after[c:d]))


def _by_word(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        before, after = [old], [new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LEAST_LIKENESS:
        matcher.set_seqs([old], [new])
        before, after = [old], [new]
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(before[a:b]))
            continue
        yield Piece(Change.REMOVED, "".join(before[a:b]))
        yield Piece(Change.ADDED, "".join(after[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.change == piece.change:
            last = Piece(last.change, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
