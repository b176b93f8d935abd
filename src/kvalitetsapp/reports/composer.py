"""Collects what a report is made of, numbers its tables and figures, and lists its chapters on the cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer

from kvalitetsapp.reports import document, styles, tables
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.paragraphs import marked, plain, titled
from kvalitetsapp.reports.picture import Picture
from kvalitetsapp.reports.printed import PrintedTable, PrintedText
from kvalitetsapp.reports.tagging import ContentsHead, Heading
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus.flowables import Flowable

    from kvalitetsapp.reports.printed import Printed
    from kvalitetsapp.reports.tables import Grid

_KEPT_TOGETHER: Final = 22
_ROOM: Final = 60 * mm
_BULLET: Final = "•"


class Composer:
    """A report in the making; methods add to it in reading order."""

    def __init__(self) -> None:
        self._cover: list[Flowable] = []
        self._story: list[Flowable] = []
        self._chapters: list[tuple[str, str]] = []
        self._headings = 0
        self._tables = 0
        self._figures = 0
        self._waiting: list[Flowable] = []
        self._printed: list[Printed] = []
        self._chapter = self._place = ""

    def cover(self, *flowables: Flowable) -> None:
        """Add to the cover, above the contents."""
        self._cover.extend(flowables)

    def chapter(self, text: str, *, new_page: bool = True, room: float = _ROOM) -> None:
        """Begin a chapter, on a page of its own unless told otherwise; else where `room` is left for it."""
        self._flush()
        if new_page:
            self._story.append(PageBreak())
        else:
            self._story.append(CondPageBreak(room))
        self._chapter = self._place = text
        key = self._key()
        self._chapters.append((text, key))
        above = [] if new_page else [Spacer(1, 14)]
        self._waiting = [*above, Heading(escaped(text), styles.CHAPTER, 0, key)]

    def section(self, text: str) -> None:
        """Begin a section of the chapter; its heading stays with what comes next."""
        if self._place != self._chapter:
            self._flush()  # else the chapter's heading may wait with the section's
        self._place = text
        self._waiting.append(Heading(escaped(text), styles.SECTION, 1, self._key()))

    def text(self, text: str, style: ParagraphStyle = styles.BODY) -> None:
        """Add a paragraph, shown as it is."""
        self._say([("", text)])
        self._keep([plain(text, style)])

    def bullets(self, texts: Sequence[str]) -> None:
        """Add a list."""
        self._say([("", text) for text in texts])
        items = [plain(text, styles.BULLET, _BULLET) for text in texts]
        self._keep(items[:1])
        self._story.extend(items[1:])

    def lines(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Add small lines under each other: a label in bold, then its text."""
        self._say(pairs)
        made = [titled(label, text, styles.LISTED) for label, text in pairs]
        self._keep(made[:3])
        self._story.extend(made[3:])

    def terms(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Add definitions: the word in bold, then what it means."""
        self._say(pairs)
        items = [titled(word, meaning, styles.BULLET, _BULLET) for word, meaning in pairs]
        self._keep(items[:1])
        self._story.extend(items[1:])

    def table(self, caption: str, grid: Grid, notes: Notes | None = None, *, parted: bool = False) -> None:
        """Add a table under its number and caption, with its footnotes.

        Short ones stay on one page, unless `parted` lets one of tall rows go on on the next.
        """
        self._tables += 1
        lines = tuple(notes.lines()) if notes else ()
        self._printed.append(PrintedTable(self._tables, self._chapter, self._place, caption, grid, lines))
        title = _("Tabell {number}.").format(number=self._tables)
        under: list[Flowable] = [*tables.flowables(grid), *_notes(notes), Spacer(1, 7)]
        if len(grid.rows) <= _KEPT_TOGETHER and not parted:
            self._keep([titled(title, caption, styles.CAPTION), *under])
        else:
            self._story.append(CondPageBreak(_ROOM))
            self._keep([titled(title, caption, styles.CAPTION_OF_LONG)])
            self._story.extend(under)

    def figure(self, caption: str, drawing: Drawing, notes: Notes | None = None, *, alt: str = "") -> None:
        """Add a figure over its number and caption; `alt` says in words what it shows, else the caption."""
        self._figures += 1
        title = _("Figur {number}.").format(number=self._figures)
        under = titled(title, caption, styles.CAPTION)
        self._keep([Spacer(1, 3), Picture(drawing, alt or caption), under, *_notes(notes), Spacer(1, 8)])

    def add(self, *flowables: Flowable) -> None:
        """Add something ready-made."""
        self._flush()
        self._story.extend(flowables)

    def space(self, points: float) -> None:
        """Leave some room."""
        self._story.append(Spacer(1, points))

    def story(self) -> list[Flowable]:
        """Return the whole: cover, contents, chapters."""
        contents: list[Flowable] = [ContentsHead(escaped(_("Innehåll")), styles.SECTION)]
        contents += [document.ContentsLine(text, key) for text, key in self._chapters]
        self._flush()
        return [*self._cover, *contents, *self._story]

    def printed(self) -> tuple[Printed, ...]:
        """Return the texts and tables in reading order, as they were printed."""
        return tuple(self._printed)

    def _say(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._printed += [PrintedText(self._chapter, word, text) for word, text in pairs]

    def _keep(self, parts: Sequence[Flowable]) -> None:
        """Add parts that stay together, with the heading that waits for them."""
        whole = [*self._waiting, *parts]
        self._waiting = []
        self._story.extend(whole if len(whole) == 1 else [KeepTogether(whole)])

    def _flush(self) -> None:
        self._story.extend(self._waiting)
        self._waiting = []

    def _key(self) -> str:
        self._headings += 1
        return f"h{self._headings}"


def _notes(notes: Notes | None) -> list[Flowable]:
    lines = (notes or Notes()).lines()
    return [marked(mark, text, styles.NOTE) if mark else plain(text, styles.REMARK) for mark, text in lines]
