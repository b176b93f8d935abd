"""A drawing in a report, with what it says in words for who does not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus.flowables import Flowable

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from kvalitetsapp.reports.tagging import TaggedCanvas


class Picture(Flowable):
    """A drawing that is read as a text."""

    def __init__(self, drawing: Drawing, told: str) -> None:
        super().__init__()
        self.drawing, self.told = drawing, told
        self.width, self.height = drawing.width, drawing.height

    def draw(self) -> None:
        """Draw it as one figure."""
        canvas: TaggedCanvas = self.canv
        canvas.begin(canvas.tags.figure(self.told, self.width, self.height))
        self.drawing.drawOn(canvas, 0, 0)
        canvas.end()
