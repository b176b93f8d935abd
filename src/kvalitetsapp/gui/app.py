"""Starting the window: Qt, the theme, the store's thread, and then the store that was asked for."""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from kvalitetsapp import settings
from kvalitetsapp.gui import theme
from kvalitetsapp.gui.icons import program_icon
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.operations import StoreRunner
from kvalitetsapp.gui.runs import Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    ExceptHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]

log: Final = logging.getLogger(__name__)


def run() -> int:
    """Open the window and return when it is closed."""
    application = make_application()
    if _is_open_already():
        return 0
    this_run = Run.begin()
    runner = StoreRunner()
    is_opening = open_store_of_environment(runner)
    window = MainWindow(runner, theme.apply(application))
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: theme.apply(application))
    sys.excepthook = _tell_window(window)
    # Qt's loop lets no Python handler run: Ctrl+C in a terminal ends the process, and the store rolls back by itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.keep_backups()
    window.show()
    if not is_opening:
        QTimer.singleShot(0, window, window.open_other)
    QTimer.singleShot(0, window, window.offer_earlier_ends)
    status = application.exec()
    runner.close()
    if this_run is not None:
        this_run.end()
    return status


def make_application() -> QApplication:
    """Return the application, Swedish and with letters even where the system has none."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Kvalitetsapp")
    application.setWindowIcon(program_icon())
    QLocale.setDefault(QLocale("sv_SE"))
    _speak_swedish(application)
    if QGuiApplication.platformName() == "offscreen" or not QFontDatabase.families():
        _use_own_font(application)
    return application


def open_store_of_environment(runner: StoreRunner) -> bool:
    """Begin to open the store that the environment names, while the window is being built; tell whether there is one.

    What goes wrong reaches the window through `runner.failed`, since results wait for the event loop.
    """
    path, passphrase = os.environ.get(settings.ENV_STORE), os.environ.get(settings.ENV_PASSPHRASE)
    if not path or not passphrase:
        return False
    runner.open(Path(path), passphrase, lambda _store: None, user=os.environ.get(settings.ENV_USER))
    return True


def _is_open_already() -> bool:
    """Tell whether the store that the environment names is open in a window of this user, which now comes forward."""
    from kvalitetsapp.services import second_window

    path = os.environ.get(settings.ENV_STORE)
    return bool(path) and second_window.calls_the_first(Path(str(path)))


def _speak_swedish(application: QApplication) -> None:
    translator = QTranslator(application)
    if translator.load(QLocale("sv_SE"), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


def _use_own_font(application: QApplication) -> None:
    families: list[str] = []
    for file in sorted((settings.resources_dir() / "fonts").glob("*.ttf")):
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    if families:
        application.setFont(QFont(families[0], 10))


def _tell_window(window: MainWindow) -> ExceptHook:
    def tell(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        window.say(error)

    return tell
