"""Everything that no element announces becomes an artifact: heads, feet, repeated table heads."""

from typing import Any

import pydyf

from eventsapp.edge.pdf.structure import Structure, reference


def turn_the_rest_into_artifacts(structure: Structure) -> None:
    """Mark unannounced content as an artifact, and forget the elements that nothing leads to."""
    kept = _marks_by_page(structure)
    for number, page in enumerate(structure.pages):
        contents = structure.resolve(page["Contents"])
        contents.stream = _rewritten(contents.stream, kept[number])
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


def _rewritten(stream: list[Any], kept: set[int]) -> list[Any]:
    """The page's drawing with its marked sequences put right.

    A sequence is opened by tag, properties and operator, and closed by EMC. One whose mark is
    not kept becomes an artifact; an artifact inside another sequence is dissolved into it.
    """
    result: list[Any] = []
    open_sequences: list[bool] = []  # for each: is it written?
    for item in stream:
        if item == b"BMC":
            opening = [result.pop(), item]
        elif item == b"BDC":
            opening = _mended_opening(result, kept)
        elif item == b"EMC":
            if open_sequences.pop():
                result.append(item)
            continue
        else:
            result.append(item)
            continue
        is_written = not (any(open_sequences) and opening[0] == "/Artifact")
        open_sequences.append(is_written)
        if is_written:
            result.extend(opening)
    return result


def _mended_opening(result: list[Any], kept: set[int]) -> list[Any]:
    properties, tag = result.pop(), result.pop()
    if properties.get("MCID", -1) in kept:
        return [tag, properties, b"BDC"]
    return ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"}), b"BDC"]


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
