"""Everything that no element announces becomes an artifact: heads, feet, repeated table heads."""

from typing import Any

import pydyf

from eventsapp.edge.pdf.structure import Structure, reference


def turn_the_rest_into_artifacts(structure: Structure) -> None:
    """Mark unannounced content as an artifact, and forget the elements that nothing leads to."""
    kept = _marks_by_page(structure)
    for number, page in enumerate(structure.pages):
        _unmark_others(structure.resolve(page["Contents"]).stream, kept[number])
        marks = structure.parents[2 * number + 1]
        marks[:] = [ref if mark in kept[number] else "null" for mark, ref in enumerate(marks)]
    _forget_orphans(structure)


def _marks_by_page(structure: Structure) -> list[set[int]]:
    kept: list[set[int]] = [set() for _ in structure.pages]
    for element in structure.elements():
        marks = [kid for kid in element["K"] if isinstance(kid, int)]
        if marks:
            kept[structure.page_number(element)].update(marks)
    return kept


def _unmark_others(stream: list[Any], kept: set[int]) -> None:
    """Open as artifacts those sequences of the page's drawing whose mark is not kept.

    A sequence is opened by its tag, its properties and an operator.
    """
    for place, operator in enumerate(stream):
        if operator == b"BDC" and stream[place - 1]["MCID"] not in kept:
            stream[place - 2] = "/Artifact"
            stream[place - 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _forget_orphans(structure: Structure) -> None:
    """Empty the elements outside the tree: an object's number cannot be given back."""
    alive = {id(element) for element in structure.elements()}
    for thing in structure.pdf.objects:
        if (
            isinstance(thing, dict)
            and thing.get("Type") == "/StructElem"
            and id(thing) not in alive
        ):
            thing.clear()
    _forget_annotations(structure)


def _forget_annotations(structure: Structure) -> None:
    """A link that only stands in an artifact is no link: what cannot be heard cannot be used."""
    first = 2 * len(structure.pages)
    dead: set[int] = set()
    entries = structure.parents[first:]
    for key, ref in zip(entries[::2], entries[1::2], strict=True):
        if not structure.resolve(ref):
            dead.add(key)
    structure.parents[first:] = [
        value
        for key, ref in zip(entries[::2], entries[1::2], strict=True)
        if key not in dead
        for value in (key, ref)
    ]
    for page in structure.pages:
        for annotation in [structure.resolve(ref) for ref in page.get("Annots", ())]:
            if annotation.get("StructParent") in dead:
                page["Annots"].remove(reference(annotation))
