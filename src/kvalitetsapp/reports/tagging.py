"""What is drawn on a page, and what it is: headings, paragraphs, lists, tables, figures; all else is decoration.

Sections hand over reportlab's own flowables. The frame marks what each of them drew, by its class and its style, so
that no section has to think of it. What goes on on the next page goes on in the same element.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Literal
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, Paragraph, Table

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.paragraphs import Prose
from kvalitetsapp.reports.structure import Structure, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportlab.platypus.flowables import Flowable

    from kvalitetsapp.reports.structure import Element

_PDF_VERSION: Final = (1, 7)
_ROLES: Final = {styles.COVER_TITLE.name: "Title"}
_CAPTIONS: Final = {styles.CAPTION.name, styles.CAPTION_OF_LONG.name}
_HEADS_COLUMN: Final = "/A<</O/Table/Scope/Column>>"
_HEADS_ROW: Final = "/A<</O/Table/Scope/Row>>"
_NAME_AND_VALUE: Final = 2
_ARTIFACT: Final = "/Artifact BMC"
_END: Final = "EMC"
# What programs read that show documents in lists; only the title matters to PDF/UA.
_METADATA: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""


class Heading(Prose):
    """A heading that becomes an entry of the outline, and a target for the contents."""

    def __init__(self, text: str, style: Any, level: int, key: str) -> None:  # noqa: ANN401 - reportlab's style
        super().__init__(text, style)
        self.level = level
        self.key = key

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: ARG002, N803 - reportlab's names
        """Stay on one page."""
        return []


class ContentsHead(Prose):
    """The line over the contents."""


class TaggedCanvas(Canvas):
    """A canvas that keeps what the parts of its pages are, and writes it into the file."""

    # What reportlab keeps to itself: where it gathers a page, the file, and how many links there are.
    _code: list[str]
    _doc: Any
    _annotationCount: int  # noqa: N815 - reportlab's name

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - reportlab's
        named["pdfVersion"] = _PDF_VERSION
        super().__init__(*given, **named)
        self.structure = Structure()
        self.tags = Tags(self)

    @property
    def length(self) -> int:
        """Return how much is drawn on the page."""
        return len(self._code)

    def write(self, drawn: str) -> None:
        """Draw something that is told in PDF's own operators."""
        self._code.append(drawn)

    def begin(self, element: Element, at: int | None = None) -> None:
        """Let what is drawn from now on, or was from a place on, belong to an element until `end`."""
        self._code.insert(self.length if at is None else at, self.structure.mark(element, self.getPageNumber()))

    def begin_artifact(self) -> None:
        """Let what is drawn until `end` be no part of what is read."""
        self._code.append(_ARTIFACT)

    def end(self, at: int | None = None) -> None:
        """End what was begun, here or at a place."""
        self._code.insert(self.length if at is None else at, _END)

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Let what is drawn meanwhile be no part of what is read: decoration, or what every page repeats."""
        self.begin_artifact()
        yield
        self.end()

    def texts_from(self, place: int) -> list[int]:
        """Return where texts stand that were drawn from a place on."""
        return [at for at in range(place, self.length) if self._code[at].startswith(("BT", "q BT"))]

    def link(self, element: Element, told: str, key: str, box: tuple[float, float, float, float]) -> None:
        """Lay a link over a box, that is read as part of an element."""
        self.linkRect(told, key, box, relative=1, Border="[0 0 0]")
        self.structure.link(element, self.getPageNumber(), f"NUMBER{self._annotationCount}")

    def save(self) -> None:
        """Write the file."""
        if self.length:
            self.showPage()
        self.structure.write(self._doc)
        self._doc.Catalog.Metadata = pdfdoc.XMP(creator=self._metadata)
        super().save()

    def _metadata(self, document: Any) -> bytes:  # noqa: ANN401 - reportlab's
        title, language = document.info.title, document.Catalog.Lang.s
        return _METADATA.format(title=escape(title), language=language).encode()


class TaggedFrame(Frame):
    """A frame that tells the canvas what it draws there."""

    def add(self, flowable: Any, canv: Any, trySplit: int = 0) -> Literal[0, 1]:  # noqa: ANN401, N803 - reportlab's
        """Draw a flowable where it has room, and mark it as what it is."""
        canvas: TaggedCanvas = canv
        if isinstance(flowable, Table):
            tables: Any = flowable
            tables._renderCB = _TableTags(canvas, flowable)  # noqa: SLF001 - no other way to where cells are drawn
        begun = canvas.length
        added = super().add(flowable, canvas, trySplit)
        if added and isinstance(flowable, Paragraph) and canvas.texts_from(begun):
            canvas.tags.paragraph(flowable, begun)
        return added

    def split(self, flowable: Any, canv: Any) -> list[Flowable]:  # noqa: ANN401 - reportlab's
        """Part a flowable, and remember that its parts are one."""
        parts: list[Any] = super().split(flowable, canv)
        if isinstance(flowable, Paragraph | Table):
            for part in parts:
                part.whole = _whole(flowable)
        return parts


class Tags:
    """Finds the place in the tree for what is drawn next."""

    def __init__(self, canvas: TaggedCanvas) -> None:
        self._canvas, self._structure = canvas, canvas.structure
        self._begun: dict[Flowable, Element] = {}
        self._place = self._structure.document
        self._captioned: Element | None = None

    def paragraph(self, flowable: Paragraph, begun: int) -> None:
        """Mark a paragraph that was drawn from a place on."""
        whole, ends = _whole(flowable), self._canvas.length
        element = self._begun.get(whole)
        if element is None and flowable.bulletText:
            element, begun = self._item(begun)
            ends = begun + 1
        self._begun[whole] = element = element or self._new(flowable)
        self._canvas.begin(element, begun)
        self._canvas.end(ends + 1)

    def figure(self, told: str, width: float, height: float) -> Element:
        """Return a new figure with what it says in words, at the place where the canvas stands."""
        left, bottom = self._canvas.absolutePosition(0, 0)
        box = f"[{left:.1f} {bottom:.1f} {left + width:.1f} {bottom + height:.1f}]"
        look = f"/A<</O/Layout/Placement/Block/BBox{box}>>"
        return self._structure.add("Figure", self._place, f"/Alt{text(told)}{look}")

    def table(self, whole: Flowable, role: str) -> tuple[Element, bool]:
        """Return the element of a table, the one that has its caption if any, and whether the table goes on in it."""
        known = self._begun.get(whole)
        if known is not None:
            return known, True
        made, self._captioned = self._captioned or self._structure.add(role, self._place), None
        self._begun[whole] = made
        return made, False

    def line_of_contents(self) -> Element:
        """Return a new link in the contents."""
        contents = self._place.last("TOC") or self._structure.add("TOC", self._place)
        line = self._structure.add("TOCI", contents)
        return self._structure.add("Link", self._structure.add("Reference", line))

    def _new(self, flowable: Paragraph) -> Element:
        add, style = self._structure.add, flowable.style.name
        if isinstance(flowable, Heading):
            if not flowable.level:
                self._place = add("Sect", self._structure.document)
            return add(f"H{flowable.level + 1}", self._place)
        if isinstance(flowable, ContentsHead):
            return add("Caption", add("TOC", self._place))
        if style in _CAPTIONS:
            return self._caption()
        if style == styles.NOTE.name:
            return self._structure.name(add("Note", self._place))
        return add(_ROLES.get(style, "P"), self._place)

    def _item(self, begun: int) -> tuple[Element, int]:
        """Return the text of a new item, and where it is drawn: after its bullet, which is marked apart."""
        add = self._structure.add
        items = self._place.last("L") or add("L", self._place, "/A<</O/List/ListNumbering/Disc>>")
        item = add("LI", items)
        bullet = self._canvas.texts_from(begun)[0]
        self._canvas.begin(add("Lbl", item), bullet)
        self._canvas.end(bullet + 2)
        return add("LBody", item), self._canvas.texts_from(bullet + 2)[0]

    def _caption(self) -> Element:
        """Return a caption: of the figure that it stands under, or of the table that comes."""
        if self._place.last("Figure"):
            return self._structure.add("Caption", self._place)
        self._captioned = self._structure.add("Table", self._place)
        return self._structure.add("Caption", self._captioned)


class _TableTags:
    """Follows a table while it is drawn; heads that are repeated on the next page are decoration there.

    Tables without heads: in two columns the first names what stands in the second; in others cells only stand beside
    each other, as lines to sign on do.
    """

    def __init__(self, canvas: TaggedCanvas, table: Any) -> None:  # noqa: ANN401 - reportlab's, not all of it told
        self._canvas, self._whole = canvas, _whole(table)
        self._heads: int = table.repeatRows
        self._is_table = bool(self._heads) or len(table._colWidths) == _NAME_AND_VALUE  # noqa: SLF001 - not told otherwise
        self._goes_on = self._repeated = False
        self._element = self._row = canvas.structure.document
        self._steps: dict[str, Callable[..., None]] = {
            "startTable": self._begin,
            "startBG": canvas.begin_artifact,
            "endBG": canvas.end,
            "startRow": self._begin_row,
            "endRow": self._end_row,
            "startCell": self._begin_cell,
            "endCell": self._end_cell,
            "startLines": canvas.begin_artifact,
            "endLines": canvas.end,
        }

    def __call__(self, _table: Table, step: str, *about: Any) -> None:  # noqa: ANN401 - reportlab's
        """Take a step that reportlab tells of."""
        take = self._steps.get(step)
        if take:
            take(*about)

    def _begin(self) -> None:
        role = "Table" if self._is_table else "Div"
        self._element, self._goes_on = self._canvas.tags.table(self._whole, role)

    def _begin_row(self, number: int) -> None:
        self._repeated = self._goes_on and number < self._heads
        if self._repeated:
            self._canvas.begin_artifact()
        elif self._is_table:
            self._row = self._canvas.structure.add("TR", self._element)

    def _end_row(self) -> None:
        if self._repeated:
            self._canvas.end()

    def _begin_cell(self, row: int, column: int, value: object, *_where: object) -> None:
        add = self._canvas.structure.add
        if self._repeated:
            return
        if not self._is_table and value == "":
            self._canvas.begin_artifact()
        elif not self._is_table:
            self._canvas.begin(add("P", self._element))
        elif row < self._heads:
            self._canvas.begin(add("TH", self._row, _HEADS_COLUMN))
        elif not self._heads and not column:
            self._canvas.begin(add("TH", self._row, _HEADS_ROW))
        else:
            self._canvas.begin(add("TD", self._row))

    def _end_cell(self) -> None:
        if not self._repeated:
            self._canvas.end()


def _whole(flowable: Flowable) -> Flowable:
    """Return what a flowable is a part of, itself if it was not parted."""
    whole: Flowable = getattr(flowable, "whole", flowable)
    return whole
