"""What differs between two texts, and who of two people changed what."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsapp.reports.changes import Change, Piece, compare_texts
from eventsapp.reports.merging import changed, clashes, fingerprint


def test_changed_words_are_picked_out_of_a_sentence_that_is_otherwise_the_same() -> None:
    pieces = compare_texts(
        "It was good. There were 24 participants in Tripoli.",
        "It was good. There were 25 participants in Tripoli.",
    )
    assert pieces == (
        Piece(Change.SAME, "It was good. There were "),
        Piece(Change.REMOVED, "24 "),
        Piece(Change.ADDED, "25 "),
        Piece(Change.SAME, "participants in Tripoli."),
    )


def test_sentences_that_share_little_are_shown_whole() -> None:
    assert compare_texts("Saved by a colleague.", "Typed by me.") == (
        Piece(Change.REMOVED, "Saved by a colleague."),
        Piece(Change.ADDED, "Typed by me."),
    )


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "New."), ("Old.", "")])
def test_an_empty_text_is_only_added_to_or_removed_from(old: str, new: str) -> None:
    kinds = [(piece.change, piece.text) for piece in compare_texts(old, new)]
    assert kinds == [(Change.REMOVED, old)] * bool(old) + [(Change.ADDED, new)] * bool(new)


@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60))
def test_the_pieces_make_both_texts_again(old: str, new: str) -> None:
    pieces = compare_texts(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change != Change.REMOVED) == new


@pytest.mark.parametrize("unit", ["a. ", "a ", "ab", "a.b\n", "\n"])
def test_long_hostile_texts_are_compared_at_once(unit: str) -> None:
    began = time.process_time()
    compare_texts(unit * (20_000 // len(unit)), unit * (19_000 // len(unit)) + "x")
    assert time.process_time() - began < 3


OPENED = {"summary": fingerprint("Draft."), "outlook": fingerprint("Later.")}


def test_only_what_was_touched_counts_as_typed() -> None:
    assert changed({"summary": "Draft.\r\n", "outlook": "Soon."}, OPENED) == {"outlook": "Soon."}


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        ({"summary": "Mine."}, {"summary": "Draft.", "outlook": "Theirs."}, ()),
        ({"summary": "Mine."}, {"summary": "Theirs.", "outlook": "Later."}, ("summary",)),
        ({"summary": "Same."}, {"summary": "Same.", "outlook": "Later."}, ()),
        ({"summary": "Draft."}, {"summary": "Theirs.", "outlook": "Later."}, ()),
    ],
)
def test_two_clash_where_both_changed_a_section_to_different_texts(
    mine: dict[str, str], theirs: dict[str, str], found: tuple[str, ...]
) -> None:
    assert clashes(mine, theirs, OPENED) == found
