"""A chart as a picture for other programs: its title, the drawing and its reading, on white.

pyqtgraph's own export to SVG fails with this Qt; Qt's generator writes what the scene paints as vectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from kvalitetsapp.gui.theme import LIGHT

if TYPE_CHECKING:
    from kvalitetsapp.gui.plots.drawing import Drawing

_SCALE: Final = 2
_MARGIN: Final = 0.8  # of a line of text
_WRAPPED: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a drawing in a picture; `mark` says where the figures are no one's."""

    title: str
    reading: str = ""
    mark: str = ""


def svg(plot: Drawing, frame: Frame) -> bytes:
    """Return the picture as SVG."""
    content, whole = QByteArray(), _whole(plot, frame)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the older one knows no clipping
    generator.setOutputDevice(buffer)
    generator.setSize(whole.size())
    generator.setViewBox(whole)
    generator.setResolution(plot.logicalDpiX())
    generator.setTitle(frame.title)
    generator.setDescription(plot.accessibleDescription())
    painter = QPainter(generator)
    _write(painter, plot, frame, whole)
    with plot.as_on_paper():
        _draw(painter, plot)
    painter.end()
    buffer.close()
    return bytes(content.data())


def image(plot: Drawing, frame: Frame) -> QImage:
    """Return the picture in pixels, twice as many as on screen."""
    whole = _whole(plot, frame)
    drawn, made = _empty(plot.viewport().size()), _empty(whole.size())
    painter = QPainter(drawn)
    with plot.as_on_paper(_SCALE):
        _draw(painter, plot)
    painter.end()
    painter = QPainter(made)
    painter.translate(-whole.topLeft())
    _write(painter, plot, frame, whole)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return made


def png(plot: Drawing, frame: Frame) -> bytes:
    """Return the picture as PNG."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image(plot, frame).save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes
    buffer.close()
    return bytes(content.data())


def _empty(size: QSize) -> QImage:
    made = QImage(size * _SCALE, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(_SCALE)
    made.fill(QColor(LIGHT.surface))
    return made


def _draw(painter: QPainter, plot: Drawing) -> None:
    """Draw the plot at the origin: pyqtgraph's marks and words take every other place for that."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plot.render(painter, QRectF(plot.viewport().rect()), plot.viewport().rect())


def _write(painter: QPainter, plot: Drawing, frame: Frame, whole: QRect) -> None:
    """Write the title above the plot, which lies at the origin, and the reading below it."""
    margin = _margin(plot)
    width = whole.width() - 2 * margin
    painter.fillRect(whole, QColor(LIGHT.surface))
    title = QRectF(margin, whole.top() + margin, width, -whole.top())
    painter.setFont(_bold(plot))
    painter.setPen(QColor(LIGHT.text))
    painter.drawText(title, _WRAPPED, frame.title)
    painter.setPen(QColor(LIGHT.warning))
    painter.drawText(title, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), frame.mark)
    painter.setFont(plot.font())
    painter.setPen(QColor(LIGHT.text))
    painter.drawText(QRectF(margin, plot.height(), width, whole.height()), _WRAPPED, frame.reading)


def _whole(plot: Drawing, frame: Frame) -> QRect:
    """Return what the picture covers where the plot lies at the origin."""
    above = round(_height(plot, _bold(plot), frame.title) + _margin(plot) * 1.5)
    below = round(_height(plot, plot.font(), frame.reading) + _margin(plot))
    return QRect(0, -above, plot.width(), above + plot.height() + below)


def _margin(plot: Drawing) -> float:
    return QFontMetricsF(plot.font()).height() * _MARGIN


def _bold(plot: Drawing) -> QFont:
    font = QFont(plot.font())
    font.setBold(True)
    return font


def _height(plot: Drawing, font: QFont, text: str) -> float:
    room = QRectF(0, 0, plot.width() - 2 * _margin(plot), 10_000)
    return QFontMetricsF(font).boundingRect(room, _WRAPPED, text).height() if text else 0.0
