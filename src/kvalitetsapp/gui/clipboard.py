"""The clipboard: everything that is copied goes through here, and is taken away again while it is still ours.

It is taken away after a minute, and when the window is locked, changes user or is closed. What somebody else has put
there since is left alone. Systems that keep a history of copies, or send them to other devices, are asked not to.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, QTimerEvent, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

KEPT_SECONDS: Final = 60
MARK: Final = "application/x-kvalitetsapp-copy"
_WINDOWS: Final = 'application/x-qt-windows-mime;value="{name}"'
_NO: Final = b"\0\0\0\0"
# What the systems' own documentation names for contents that are to stay out of histories and clouds.
KEEP_OUT: Final = {
    _WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format(name="CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format(name="CanUploadToCloudClipboard"): _NO,
    "application/x-nspasteboard-concealed-type": b"1",
    "x-kde-passwordManagerHint": b"secret",
}


class Copies(QObject):
    """Watches over what the program has copied; there is one of it, `copies()`."""

    copied = Signal()
    """Something was copied. What it was is in the clipboard, and who copied rows knows whose they are."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.kept_seconds: float = KEPT_SECONDS
        self._mark = b""
        self._digest = b""
        self._timer = 0
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._adopt)

    def put_text(self, text: str) -> None:
        """Copy a text."""
        content = QMimeData()
        content.setText(text)
        self._put(content)

    def put_image(self, image: QImage) -> None:
        """Copy a picture."""
        content = QMimeData()
        content.setImageData(image)
        self._put(content)

    def are_there(self) -> bool:
        """Tell whether the clipboard still holds what the program copied last."""
        content = self._content()
        if not self._mark or content is None:
            return False
        if content.data(MARK).data() == self._mark:
            return True
        # Some systems hand a text on without the mark that was beside it.
        return bool(self._digest) and _digest(content) == self._digest

    def clear(self) -> None:
        """Take away what the program copied; what others have copied since stays."""
        if self.are_there():
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
        self._mark, self._digest = b"", b""
        self._stop()

    def timerEvent(self, _event: QTimerEvent) -> None:  # noqa: N802 - Qt's name
        """Take it away: its time is over."""
        self.clear()

    def _put(self, content: QMimeData) -> None:
        self._mark = secrets.token_bytes(16)
        self._digest = _digest(content)
        content.setData(MARK, self._mark)
        for name, value in KEEP_OUT.items():
            content.setData(name, value)
        self._stop()
        self._timer = self.startTimer(round(self.kept_seconds * 1000))
        self._clipboard.setMimeData(content)
        self.copied.emit()

    def _adopt(self) -> None:
        """Take over what Qt's own fields copy, a selected text say, so that it is kept no longer than the rest."""
        content = self._content()
        if content is None or content.hasFormat(MARK) or not content.hasText():
            return
        if self._clipboard.ownsClipboard():
            self.put_text(content.text())

    def _content(self) -> QMimeData | None:
        """Return what the clipboard holds, None where nothing does."""
        return self._clipboard.mimeData()

    def _stop(self) -> None:
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0


def copies() -> Copies:
    """Return what watches over the program's copies."""
    application = QGuiApplication.instance()
    if application is None:
        message = "nothing can be copied before there is an application"
        raise RuntimeError(message)
    return application.findChild(Copies) or Copies(application)


def put_text(text: str) -> None:
    """Copy a text."""
    copies().put_text(text)


def put_image(image: QImage) -> None:
    """Copy a picture."""
    copies().put_image(image)


def clear() -> None:
    """Take away what the program copied, if it is still there."""
    copies().clear()


def _digest(content: QMimeData) -> bytes:
    """Return what tells a text from another without keeping it, b"" for a picture."""
    return hashlib.sha256(content.text().encode(errors="replace")).digest() if content.hasText() else b""
