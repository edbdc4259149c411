"""The structure tree of a PDF that is about to be written: reading it and taking it apart."""

from collections.abc import Iterator
from typing import Any, TypeAlias, cast

import pydyf
from weasyprint.document import Document, Page

# A dictionary of the file under construction: pydyf has no types of its own.
Element: TypeAlias = dict[str, Any]


class MarkedPage(Page):  # type: ignore[misc]  # the base class is untyped
    """A page that remembers which box was drawn under which mark, so that mends can ask."""

    def __init__(self, page: Page) -> None:
        self.__dict__.update(page.__dict__)
        self.marks: dict[Any, int] = {}

    def paint(self, stream: Any, scale: float = 1) -> None:
        super().paint(stream, scale)
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001


class Structure:
    """The tree, its pages and what leads from a mark on a page to an element."""

    def __init__(self, document: Document, pdf: pydyf.PDF) -> None:
        self.document = document
        self.pdf = pdf
        self.pages: list[Element] = [self.resolve(ref) for ref in pdf.page_references]
        self.root = self.resolve(pdf.catalog["StructTreeRoot"])
        self.parents = self.resolve(self.root["ParentTree"])["Nums"]

    def resolve(self, reference: bytes | str) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Element) -> list[Element]:
        """The structure elements below; marks and object references are not among them."""
        found = (self.resolve(kid) for kid in element["K"] if isinstance(kid, bytes))
        return [kid for kid in found if kid.get("Type") == "/StructElem"]

    def parent(self, element: Element) -> Element:
        found: Element = self.resolve(element["P"])
        return found

    def elements(self, top: Element | None = None) -> Iterator[Element]:
        """Every element below ``top``, or of the whole tree, in reading order."""
        for kid in self.kids(top or self.root):
            yield kid
            yield from self.elements(kid)

    def remove(self, element: Element) -> None:
        """Take the element off its parent; one that hangs in a page's margin has none to leave."""
        kids = self.parent(element)["K"]
        if reference(element) in kids:
            kids.remove(reference(element))

    def move(self, element: Element, to: Element) -> None:
        """Put the element at the end of another one's kids."""
        self.remove(element)
        to["K"].append(reference(element))
        element["P"] = reference(to)

    def ancestor(self, element: Element, kind: str) -> Element:
        while element["S"] != kind:
            element = self.parent(element)
        return element

    def marked(self, page_number: int, mark: int) -> Element:
        """The element that a mark on a page belongs to, reachable or not."""
        found: Element = self.resolve(self.parents[2 * page_number + 1][mark])
        return found

    def page_number(self, element: Element) -> int:
        number: int = self.pdf.page_references.index(element["Pg"])
        return number

    def boxes(self, page_number: int) -> Iterator[Any]:
        yield from descend(self.document.pages[page_number]._page_box)  # noqa: SLF001


def reference(element: Element) -> bytes:
    return cast("pydyf.Dictionary", element).reference  # type: ignore[no-any-return]


def descend(box: Any) -> Iterator[Any]:
    """The box and all boxes in it, those that were moved out of the flow included."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from descend(child)
