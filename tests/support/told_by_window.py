"""Everything that a window tells: what can be read on it, heard of it, dragged from it or read in a tip."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS: Final = 40
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def titles() -> list[str]:
    """Return the titles of all windows, which task bars and other programs show."""
    return [window.title() for window in QGuiApplication.allWindows()]


def by(window: QWidget) -> Iterator[tuple[str, str]]:
    """Give every text of a window and the widgets in it, with where it stands."""
    for widget in (window, *window.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}".strip()
        for text in (*_of_any(widget), *_of_kind(widget)):
            if text:
                yield where, text


def _of_any(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    yield from (action.text() for action in widget.actions())


def _of_kind(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(n) for n in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from _of_model(widget)


def _of_model(view: QAbstractItemView) -> Iterator[str]:
    model: QAbstractItemModel | None = view.model()
    if model is None:
        return
    for index in _indexes(model):
        yield from (str(value) for role in _ROLES if (value := model.data(index, role)) is not None)
        if view.dragEnabled():
            dragged = model.mimeData([index])
            yield from (_readable(bytes(dragged.data(kind).data())) for kind in dragged.formats())


def _readable(content: bytes) -> str:
    """Return what can be read in the bytes that a row is dragged as: Qt writes texts with two bytes a letter."""
    return content.replace(b"\0", b"").decode("latin-1")


def _indexes(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    within = QModelIndex() if parent is None else parent
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(within)
    for row, column in product(range(min(model.rowCount(within), ROWS)), range(columns)):
        index = model.index(row, column, within)
        yield index
        if column == 0 and model.rowCount(index):
            yield from _indexes(model, index)
