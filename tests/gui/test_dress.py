"""How windows are dressed: all in the style sheet of the theme, and with icons in its colours."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from kvalitetsapp.gui import theme
from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow

MODES = ((QIcon.Mode.Normal, "muted"), (QIcon.Mode.Selected, "accent"), (QIcon.Mode.Disabled, "outline"))


def test_every_window_wears_the_sheet_or_belongs_to_one_that_does(
    county_window: MainWindow, settle: Callable[[], None]
) -> None:
    county_window.open_palette()
    county_window.open_help()
    settle()
    assert [bare for bare in _shown() if not bare.styleSheet() and bare.parentWidget() is None] == []
    for dialog in county_window.dialogs:
        dialog.close()
    county_window.guard.lock()
    settle()
    assert county_window.guard.lock_window in _shown()
    assert [window.styleSheet() for window in _shown()] == [county_window.styleSheet()]


def test_a_button_of_a_page_is_dressed_when_it_comes_into_the_window(window: MainWindow, qtbot: QtBot) -> None:
    button = primary_button("Spara")
    bare = button.sizeHint()
    window.status.addWidget(button)
    button.show()
    qtbot.waitUntil(button.isVisible)
    tokens = theme.tokens_of(QApplication.palette())
    assert button.sizeHint().width() != bare.width()
    middle = button.grab().toImage().pixelColor(button.height() // 3, button.height() // 2)
    assert middle == QColor(tokens.accent)


def test_windows_change_their_dress_with_the_theme(window: MainWindow) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    worn = window.styleSheet()
    theme.dress(window, theme.DARK)
    assert theme.DARK.surface in window.styleSheet()
    theme.apply(application)
    assert window.styleSheet() == worn


@pytest.mark.parametrize("size", [16, 21, 48])
def test_an_icon_is_drawn_in_the_size_and_colour_of_its_place(qapp: QApplication, size: int) -> None:
    made = icon("review", theme.LIGHT)
    for mode, name in MODES:
        picture = made.pixmap(QSize(size, size), mode)
        assert (picture.width(), picture.height()) == (size, size)
        assert _inks(picture) == {getattr(theme.LIGHT, name)}


def test_a_copy_of_an_icon_that_goes_its_own_way_is_drawn_as_before(qapp: QApplication) -> None:
    made = icon("review", theme.LIGHT)
    copied = QIcon(made)
    copied.addPixmap(made.pixmap(QSize(16, 16)))
    del made
    gc.collect()
    assert _inks(copied.pixmap(QSize(24, 24))) == {theme.LIGHT.muted}


def _shown() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def _inks(picture: QPixmap) -> set[str]:
    """Return the colours that are opaque; the corners of an icon are not."""
    image = picture.toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {colour.name() for colour in colours if colour.alpha() == 255}
