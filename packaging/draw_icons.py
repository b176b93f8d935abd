"""Draw resources/icons/kvalitetsapp.png and .ico again from the .svg: `python packaging/draw_icons.py`."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parents[1] / "resources" / "icons"
ICO_SIZES = (16, 24, 32, 48, 64, 256)
ICO_HEADER, ICO_ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def png(drawing: QSvgRenderer, size: int) -> bytes:
    """Return the drawing as a PNG of `size` × `size`."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return PNGs by size as one Windows icon."""
    head = ICO_HEADER.pack(0, 1, len(pictures))
    offset = len(head) + ICO_ENTRY.size * len(pictures)
    for size, picture in pictures.items():
        head += ICO_ENTRY.pack(size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return head + b"".join(pictures.values())


def main() -> None:
    """Write both files."""
    drawing = QSvgRenderer(str(FOLDER / "kvalitetsapp.svg"))
    (FOLDER / "kvalitetsapp.png").write_bytes(png(drawing, 256))
    (FOLDER / "kvalitetsapp.ico").write_bytes(ico({size: png(drawing, size) for size in ICO_SIZES}))


if __name__ == "__main__":
    main()
