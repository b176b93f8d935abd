"""The structure tree of a PDF read back by pypdf, beside what PDFium finds marked on its pages."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTIFACT, UNMARKED = -1, -2


@dataclass(slots=True)
class Node:
    """An element: its role, what it says instead, its attributes, its parts, and where it is marked (page, number)."""

    role: str
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    identity: str = ""
    nodes: list[Node] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    links: int = 0

    def every(self) -> Iterator[Node]:
        """Go through the element and all below it, in reading order."""
        yield self
        for node in self.nodes:
            yield from node.every()


@dataclass(frozen=True, slots=True)
class Piece:
    """Something drawn on a page: what it is marked as (a number, ARTIFACT or UNMARKED), its text, none if a line."""

    mark: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tagged PDF: its tree, what is drawn on each page, and what leads back from there."""

    catalog: Any
    root: Node
    pages: list[list[Piece]]
    parents: list[list[str]]
    links: int
    reader: pypdf.PdfReader

    def texts(self) -> dict[tuple[int, int], str]:
        """Return the text of everything that is marked as part of an element, by page and number."""
        told: dict[tuple[int, int], str] = {}
        for page, pieces in enumerate(self.pages):
            for piece in pieces:
                if piece.mark >= 0:
                    told[page, piece.mark] = told.get((page, piece.mark), "") + (piece.text or "")
        return told

    def of(self, role: str) -> list[Node]:
        """Return all elements of a role."""
        return [node for node in self.root.every() if node.role == role]

    def text(self, node: Node) -> str:
        """Return what an element and all below it say."""
        told = self.texts()
        return " ".join(told.get(mark, "") for one in node.every() for mark in one.marks)


def read(content: bytes) -> Tagged:
    """Return what stands in a tagged PDF."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    catalog: Any = reader.trailer["/Root"]
    numbers = {_number(page): place for place, page in enumerate(reader.pages)}
    top = catalog["/StructTreeRoot"]
    nums = top["/ParentTree"]["/Nums"]
    found = [[str(one.get_object()["/S"]) for one in nums[place + 1]] for place in range(0, 2 * len(numbers), 2)]
    links = sum(len(page.get("/Annots", ())) for page in reader.pages)
    return Tagged(catalog, _node(top["/K"].get_object(), numbers), _drawn(content), found, links, reader)


def _number(page: pypdf.PageObject) -> int:
    assert page.indirect_reference
    return page.indirect_reference.idnum


def _node(entry: Any, pages: dict[int, int]) -> Node:  # noqa: ANN401 - pypdf's
    node = Node(str(entry["/S"])[1:], str(entry.get("/Alt", "")), dict(entry.get("/A", {})), str(entry.get("/ID", "")))
    kids = entry.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, int):
            node.marks.append((pages[entry.raw_get("/Pg").idnum], int(found)))
        elif found.get("/Type") == "/MCR":
            node.marks.append((pages[found.raw_get("/Pg").idnum], int(found["/MCID"])))
        elif found.get("/Type") == "/OBJR":
            node.links += 1
        else:
            assert found["/P"] == entry
            node.nodes.append(_node(found, pages))
    return node


def _drawn(content: bytes) -> list[list[Piece]]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [_pieces(page) for page in document]
    finally:
        document.close()


def _pieces(page: pypdfium2.PdfPage) -> list[Piece]:
    words = page.get_textpage()
    try:
        pieces: list[Piece] = []
        for one in page.get_objects(max_depth=2):
            if one.type == pdfium.FPDF_PAGEOBJ_FORM:
                form = one
                continue
            carrier = form if one.level else one
            text = _text(one, words) if one.type == pdfium.FPDF_PAGEOBJ_TEXT else None
            pieces.append(Piece(_mark(carrier), text))
        return pieces
    finally:
        words.close()
        page.close()


def _mark(one: pypdfium2.PdfObject) -> int:
    number = pdfium.FPDFPageObj_GetMarkedContentID(one)
    if number >= 0:
        return int(number)
    names = [_name(pdfium.FPDFPageObj_GetMark(one, place)) for place in range(pdfium.FPDFPageObj_CountMarks(one))]
    return ARTIFACT if "Artifact" in names else UNMARKED


def _name(mark: Any) -> str:  # noqa: ANN401 - a pointer
    length = ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, None, 0, length)
    name = (ctypes.c_ushort * (length.value // 2))()
    pdfium.FPDFPageObjMark_GetName(mark, name, length.value, length)
    return bytes(name).decode("utf-16-le").rstrip("\0")


def _text(one: pypdfium2.PdfObject, words: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(one, words, None, 0)
    told = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFTextObj_GetText(one, words, told, length)
    return bytes(told).decode("utf-16-le").rstrip("\0")
