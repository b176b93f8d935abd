"""The structure tree of a PDF: what its parts are and in which order they are read, for who does not see the page.

reportlab knows no such tree. Elements are gathered while pages are drawn and written last, in PDF's own words: an
object for each element, and a parent tree that leads from what is marked on a page back to the element it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from collections.abc import Sequence

# A role of ours that PDF 1.7 does not know, and what it is to a program that knows no others.
_ROLE_MAP: Final = "<</Title/P>>"
_ROOT: Final = "StructTreeRoot"
_PARENTS: Final = "ParentTree"


@dataclass(slots=True, eq=False)
class Element:
    """A part of the document: what it is, where it belongs, what it is made of; `more` is written as it is.

    What it is made of: other elements, what is marked on a page (the page and its number there), links (their names).
    """

    role: str
    number: int
    parent: Element | None
    more: str = ""
    kids: list[Element | tuple[int, int] | str] = field(default_factory=list)
    page: int = 0

    def last(self, role: str) -> Element | None:
        """Return the last part, where it has that role."""
        last = self.kids[-1] if self.kids else None
        return last if isinstance(last, Element) and last.role == role else None


class Structure:
    """The tree in the making."""

    def __init__(self) -> None:
        self._elements: list[Element] = []
        self._marked: list[list[Element]] = []
        self._links: list[tuple[str, Element]] = []
        self._named: list[Element] = []
        self.document = self._element("Document", None)

    def add(self, role: str, parent: Element, more: str = "") -> Element:
        """Add a part to the end of another."""
        made = self._element(role, parent, more)
        parent.kids.append(made)
        return made

    def name(self, element: Element) -> Element:
        """Give an element an identity of its own, as standards ask of notes."""
        self._named.append(element)
        element.more += f"/ID({self._identity(len(self._named))})"
        return element

    def mark(self, element: Element, page: int) -> str:
        """Return the words that begin what belongs to an element on a page; `EMC` ends it."""
        while len(self._marked) < page:
            self._marked.append([])
        marked = self._marked[page - 1]
        element.page = element.page or page
        element.kids.append((page, len(marked)))
        marked.append(element)
        return f"/{element.role} <</MCID {len(marked) - 1}>> BDC"

    def link(self, element: Element, page: int, name: str) -> None:
        """Let a link on a page belong to an element, by the name that reportlab has for it."""
        element.page = element.page or page
        element.kids.append(name)
        self._links.append((name, element))

    def write(self, document: Any) -> None:  # noqa: ANN401 - reportlab's, without types
        """Add the tree to a document whose pages are all drawn."""
        pages: list[Any] = document.Pages.pages
        writing = _Writing(document, len(pages))
        for element in self._elements:
            document.Reference(writing.element(element).encode("ascii"), f"Struct{element.number}")
        document.Reference(self._parent_tree(writing, len(pages)).encode("ascii"), _PARENTS)
        parents, top = (writing.reference(name) for name in (_PARENTS, f"Struct{self.document.number}"))
        names = " ".join(f"({self._identity(n)}) {writing.of(one)}" for n, one in enumerate(self._named, start=1))
        root = f"<</Type/StructTreeRoot/K {top}/RoleMap {_ROLE_MAP}/IDTree<</Names[{names}]>>/ParentTree {parents}"
        root += f"/ParentTreeNextKey {len(pages) + len(self._links)}>>"
        document.idToObject[_ROOT] = root.encode("ascii")
        document.Catalog.StructTreeRoot = pdfdoc.PDFObjectReference(_ROOT)
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        self._lead_back(document, pages)

    def _element(self, role: str, parent: Element | None, more: str = "") -> Element:
        made = Element(role, len(self._elements), parent, more)
        self._elements.append(made)
        return made

    @staticmethod
    def _identity(number: int) -> str:
        """Return an identity that comes after those before it in the order of letters too."""
        return f"n{number:06}"

    def _parent_tree(self, writing: _Writing, pages: int) -> str:
        marked = [*self._marked, *([] for _ in range(pages - len(self._marked)))]
        told = [f"{place}[{' '.join(map(writing.of, elements))}]" for place, elements in enumerate(marked)]
        told += [f"{place} {writing.of(element)}" for place, (_n, element) in enumerate(self._links, start=pages)]
        return f"<</Nums[{' '.join(told)}]>>"

    def _lead_back(self, document: Any, pages: Sequence[Any]) -> None:  # noqa: ANN401 - reportlab's
        """Tell pages and links where in the parent tree they stand; readers go through a page in the tree's order."""
        for place, page in enumerate(pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = place, pdfdoc.PDFName("S")
        for place, (name, _element) in enumerate(self._links, start=len(pages)):
            link = document.idToObject[document.annotationName(name)]
            link.permitted = (*link.permitted, "StructParent")
            link.otherkw["StructParent"] = place


class _Writing:
    """Writes elements, whose objects get the numbers that come next in a document."""

    def __init__(self, document: Any, pages: int) -> None:  # noqa: ANN401 - reportlab's
        self._document = document
        document.Reference(b"", _ROOT)
        self._root = self.reference(_ROOT)
        self._before = document.objectcounter + 1
        self._pages = ["", *(self.reference(f"Page{number}") for number in range(1, pages + 1))]

    def reference(self, name: str) -> str:
        """Return what refers to an object of the document that has got its number."""
        return f"{self._document.idToObjectNumberAndVersion[name][0]} 0 R"

    def of(self, element: Element) -> str:
        """Return what refers to an element."""
        return f"{self._before + element.number} 0 R"

    def element(self, element: Element) -> str:
        """Return an element in PDF's words."""
        parent = self.of(element.parent) if element.parent else self._root
        page = f"/Pg {self._pages[element.page]}" if element.page else ""
        kids = [self._kid(kid, element.page) for kid in element.kids]
        made_of = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]" if kids else ""
        return f"<</S/{element.role}/P {parent}{page}{element.more}{made_of}>>"

    def _kid(self, kid: Element | tuple[int, int] | str, page: int) -> str:
        if isinstance(kid, Element):
            return self.of(kid)
        if isinstance(kid, str):
            return f"<</Type/OBJR/Obj {self.reference(self._document.annotationName(kid))}>>"
        if kid[0] == page:
            return str(kid[1])
        return f"<</Type/MCR/Pg {self._pages[kid[0]]}/MCID {kid[1]}>>"


def text(words: str) -> str:
    """Return words as a text string of PDF."""
    return f"<feff{words.encode('utf-16-be').hex()}>"
