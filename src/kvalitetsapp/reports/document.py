"""The page that every report stands on: A4, header, page x of y, outline, contents, watermark, the same bytes again.

What is known only at the end (the number of pages, the page of a heading) is drawn as a form that is filled in last,
so that one pass is enough.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, Final, cast

from reportlab.platypus import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable

from kvalitetsapp.reports import styles
from kvalitetsapp.reports.tagging import Heading, TaggedCanvas, TaggedFrame
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas

AUTHOR: Final = "Kvalitetsapp"
LANGUAGE: Final = "sv-SE"
HEADER_SIZE: Final = 7.2


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands on every page: the document's title, the line at the top, the line at the bottom, whether sample."""

    title: str
    header_left: str
    header_right: str
    footer: str
    sample: bool


class ContentsLine(Flowable):
    """A line of the contents: the heading, dots, and its page filled in at the end."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__()
        self.text = text
        self.key = key
        self.width = styles.WIDTH
        self.height = 17.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Take the whole width."""
        self.width = available_width
        return available_width, self.height

    def draw(self) -> None:
        """Draw the line on the canvas it was given."""
        canvas = cast("TaggedCanvas", self.canv)
        link = canvas.tags.line_of_contents()
        canvas.begin(link)
        canvas.setFont(styles.FONT, 9.5)
        canvas.setFillColor(styles.INK)
        canvas.drawString(0, 4, self.text)
        canvas.saveState()
        canvas.translate(self.width, 4)
        canvas.doForm(_contents_form(self.key))
        canvas.restoreState()
        canvas.end()
        canvas.link(link, self.text, self.key, (0, 0, self.width, 15))
        with canvas.artifact():
            self._draw_dots(canvas)

    def _draw_dots(self, canvas: Canvas) -> None:
        end = canvas.stringWidth(self.text, styles.FONT, 9.5)
        canvas.setStrokeColor(styles.RULE)
        canvas.setLineWidth(0.5)
        canvas.setDash(0.5, 2.5)
        canvas.line(end + 6, 5.5, self.width - 22, 5.5)
        canvas.setDash()


class _Template(BaseDocTemplate):
    """The document while it is built."""

    def __init__(self, target: io.BytesIO, frame: PageFrame) -> None:
        super().__init__(
            target,
            pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
            title=frame.title,
            author=AUTHOR,
            subject=frame.header_left,
            creator=AUTHOR,
            producer=AUTHOR,
            lang=LANGUAGE,
            displayDocTitle=True,
            invariant=1,
            pageCompression=1,
            initialFontName=styles.FONT,
            initialFontSize=9,
            initialLeading=12,
        )
        self.frame_text = frame
        self.heading_pages: dict[str, int] = {}
        body = TaggedFrame(
            styles.LEFT,
            styles.BOTTOM,
            styles.WIDTH,
            styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(
            [
                PageTemplate("cover", [body], onPage=self._begin_cover, autoNextPageTemplate="page"),
                PageTemplate("page", [body], onPage=self._begin_page),
            ]
        )

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Put headings into the outline where they came to stand."""
        if isinstance(flowable, Heading):
            self.canv.bookmarkPage(flowable.key)
            self.canv.addOutlineEntry(flowable.getPlainText(), flowable.key, flowable.level, closed=False)
            self.heading_pages.setdefault(flowable.key, self.page)

    def _begin_cover(self, canvas: Any, _document: object) -> None:  # noqa: ANN401 - to reportlab any canvas
        with canvas.artifact():
            watermark(canvas, shown=self.frame_text.sample)
            canvas.setFillColor(styles.ACCENT)
            canvas.rect(0, styles.PAGE_HEIGHT - 14, styles.PAGE_WIDTH, 14, stroke=0, fill=1)
            foot(canvas, self.frame_text.footer)

    def _begin_page(self, canvas: Any, _document: object) -> None:  # noqa: ANN401 - to reportlab any canvas
        with canvas.artifact():
            self._draw_edges(canvas)

    def _draw_edges(self, canvas: Canvas) -> None:
        watermark(canvas, shown=self.frame_text.sample)
        top = styles.PAGE_HEIGHT - styles.TOP + 16
        canvas.setFont(styles.FONT, HEADER_SIZE)
        canvas.setFillColor(styles.MUTED)
        canvas.drawString(styles.LEFT, top, self.frame_text.header_left)
        canvas.drawRightString(styles.PAGE_WIDTH - styles.RIGHT, top, self.frame_text.header_right)
        canvas.setStrokeColor(styles.RULE)
        canvas.setLineWidth(0.5)
        canvas.line(styles.LEFT, top - 5, styles.PAGE_WIDTH - styles.RIGHT, top - 5)
        foot(canvas, self.frame_text.footer)

    def fill_in_pages(self) -> None:
        """Draw what had to wait: the page labels and the pages of the contents."""
        label_pages(self.canv, self.page)
        for key, page in self.heading_pages.items():
            right_aligned(self.canv, _contents_form(key), str(page), 9.5, styles.INK)


def build(frame: PageFrame, story: Sequence[Flowable]) -> bytes:
    """Return the PDF of the flowables, the first of them on the cover."""
    styles.register_fonts()
    target = io.BytesIO()
    template = _Template(target, frame)
    template.build([*story, _Ending(template)], canvasmaker=TaggedCanvas)
    return target.getvalue()


class _Ending(Flowable):
    """Stands last, takes no room, and fills in what the pages before it could not know."""

    def __init__(self, template: _Template) -> None:
        super().__init__()
        self.template = template
        self.width = self.height = 0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Fill in the pages and show the outline when the file is opened."""
        self.template.fill_in_pages()
        self.canv.showOutline()


def watermark(canvas: Canvas, *, shown: bool) -> None:
    """Say across a page that its data are made up, where they are."""
    if not shown:
        return
    canvas.saveState()
    canvas.setFillColor(styles.WATERMARK)
    canvas.setFont(styles.BOLD, 74)
    canvas.translate(styles.PAGE_WIDTH / 2, styles.PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -26, _("EXEMPELDATA"))
    canvas.restoreState()


def foot(canvas: Canvas, text: str) -> None:
    """Draw the line at the bottom of a page, with room for its label."""
    bottom = styles.BOTTOM - 22
    canvas.setFont(styles.FONT, HEADER_SIZE)
    canvas.setFillColor(styles.MUTED)
    canvas.drawString(styles.LEFT, bottom, text)
    canvas.saveState()
    canvas.translate(styles.PAGE_WIDTH - styles.RIGHT, bottom)
    canvas.doForm(page_form(canvas.getPageNumber()))
    canvas.restoreState()


def label_pages(canvas: Canvas, last: int) -> None:
    """Fill in the labels of all pages, once their number is known."""
    for page in range(1, last + 1):
        label = _("Sida {page} av {pages}").format(page=page, pages=last)
        right_aligned(canvas, page_form(page), label, HEADER_SIZE, styles.MUTED)


def right_aligned(canvas: Canvas, form: str, text: str, size: float, colour: Color) -> None:
    """Fill in a form that was drawn before with a text that ends where the form stands."""
    width = canvas.stringWidth(text, styles.FONT, size)
    canvas.beginForm(form, lowerx=-ceil(width) - 2, lowery=-4, upperx=2, uppery=ceil(size) + 2)
    canvas.setFont(styles.FONT, size)
    canvas.setFillColor(colour)
    canvas.drawRightString(0, 0, text)
    canvas.endForm()


def page_form(page: int) -> str:
    """Return the name of the form that holds the label of a page."""
    return f"page-{page}"


def _contents_form(key: str) -> str:
    return f"contents-{key}"
