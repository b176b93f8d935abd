"""`python -m kvalitetsapp.gui.screenshots OUT_DIR`: a picture of every page and dialog, with sample data.

Nothing of the machine is in the pictures: a made-up user, and folders that are named from where the program stands.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from contextlib import chdir
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from kvalitetsapp.gui import theme
from kvalitetsapp.gui.app import make_application
from kvalitetsapp.gui.dialogs.open_store import SAMPLE_PASSPHRASE, OpenStoreDialog
from kvalitetsapp.gui.main_window import MainWindow
from kvalitetsapp.gui.navigation import built_pages
from kvalitetsapp.gui.operations import StoreRunner
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.progress import Progress

SIZE: Final = QSize(1440, 900)
PATIENCE_MS: Final = 60_000
SETTLE_MS: Final = 500
USER: Final = "granskare"
REPORTS: Final = Path("Rapporter")
STORE: Final = Path("Kvalitetsapp", "kvalitetsapp.kvdb")
COLOURS: Final = 256  # in a picture; more would only make the file larger
EXPORTED_ROWS: Final = 500
EXPORT: Final = {
    "episode_id": "Kontakt-ID",
    "personal_id": "Personnr",
    "provider_id": "Klinik",
    "care_form": "Vårdform",
    "admitted": "In datum",
    "discharged": "Ut datum",
    "main_diagnosis": "Huvuddiagnos",
    "procedures": "Åtgärdskoder",
    "cost": "KPP-kostnad",
}
EXPORTED: Final = {"inpatient": "S", "outpatient": "Ö"}
FILE_NAMES: Final = {
    "overview": "01-oversikt",
    "import": "02-import",
    "data_quality": "11-datakvalitet",
    "episodes": "03-vardkontakter",
    "review": "04-granskning",
    "agreements": "05-avtal",
    "claims": "06-krav",
    "quality": "07-kvalitet",
    "waiting": "13-vantande",
    "development": "14-utveckling",
    "reports": "08-rapporter",
    "protection": "12-skydd",
}


def main() -> int:
    """Take the pictures into the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.stderr.write(_("Ange mappen som bilderna ska sparas i.") + "\n")
        return 2
    out = Path(sys.argv[1]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="kvalitetsapp-") as folder:
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
            os.environ[name] = folder
        for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
            os.environ[name] = USER
        with chdir(folder):
            take(out, Path(folder))
    return 0


def take(out: Path, folder: Path, size: QSize = SIZE) -> None:
    """Make a sample store in `folder`, open the window on it and picture every page into `out`."""
    application = make_application()
    runner = StoreRunner()
    window = MainWindow(runner, theme.apply(application))
    window.resize(size)
    window.show()
    try:
        _picture_start(out / "00-start.png", runner, window)
        _open_sample(runner, folder / "exempeldata.kvdb", folder / "files")
        for entry in built_pages():
            window.go_to(entry.name)
            _prepare(window, entry.name, folder, runner)
            _picture(out / f"{FILE_NAMES[entry.name]}.png", window, runner)
        _picture_wizard(out / "12-mappning.png", runner, folder)
        window.open_palette()
        _picture(out / "09-kommandon.png", window.dialogs[-1], runner)
        window.dialogs[-1].close()
        window.open_help()
        _picture(out / "10-hjalp.png", window.dialogs[-1], runner)
    finally:
        window.close()
        runner.close()


def _open_sample(runner: StoreRunner, path: Path, files: Path) -> None:
    def make(progress: Progress) -> None:
        from kvalitetsapp.services.demo import make_sample_store

        make_sample_store(
            path, SAMPLE_PASSPHRASE, progress, files=files, with_claims=True, with_development=True
        ).close()

    runner.run_outside(make, lambda _made: None)
    runner.open(path, SAMPLE_PASSPHRASE, lambda _store: None)
    _settle(runner)


def _prepare(window: MainWindow, name: str, folder: Path, runner: StoreRunner) -> None:
    """Bring a page to where it has something to show."""
    if name == "import":
        window.take_files(sorted((folder / "files").iterdir()))
    if name == "data_quality":
        window.go_to(name, "price_differs")
    if name == "reports":
        from kvalitetsapp.gui.pages.reports_page import ReportsPage

        _settle(runner)
        page = window.current_page()
        if isinstance(page, ReportsPage):
            REPORTS.mkdir(exist_ok=True)
            page.make.form.folder.set_path(REPORTS)
            page.make.make_draft()


def _picture_start(path: Path, runner: StoreRunner, window: MainWindow) -> None:
    dialog = OpenStoreDialog(runner, window)
    dialog.create_form.path.set_path(STORE)
    dialog.show()
    _picture(path, dialog, runner)
    dialog.close()
    dialog.deleteLater()


def _picture_wizard(path: Path, runner: StoreRunner, folder: Path) -> None:
    """Picture the wizard on a file as a record system might export it."""
    from kvalitetsapp.gui.dialogs.mapping_wizard import COLUMNS, MappingWizard
    from kvalitetsapp.services.import_plan import PlannedFile

    wizard = MappingWizard(runner, PlannedFile(_export(folder), None, None))
    theme.dress(wizard, theme.current_tokens())
    wizard.show()
    _settle(runner)
    wizard.go_to(COLUMNS)
    _picture(path, wizard, runner)
    wizard.close()
    wizard.deleteLater()


def _export(folder: Path) -> Path:
    with (folder / "files" / "episodes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(islice(csv.DictReader(file, delimiter=";"), EXPORTED_ROWS))
    path = folder / "uttag_2024.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(EXPORT.values())
        writer.writerows([EXPORTED.get(row[name], row[name].replace("-", "")) for name in EXPORT] for row in rows)
    return path


def _picture(path: Path, widget: QWidget, runner: StoreRunner) -> None:
    """Save a picture of a widget in its most frequent colours, which makes the file a third as large."""
    _settle(runner)
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    frequent = Counter(memoryview(image.constBits()).cast("I")).most_common(COLOURS)
    image.convertToFormat(QImage.Format.Format_Indexed8, [colour for colour, _times in frequent]).save(str(path))


def _settle(runner: StoreRunner) -> None:
    """Wait until the store's thread has nothing to do and everything is drawn."""
    _until(lambda: not runner.is_busy)
    _until(lambda: False, SETTLE_MS)
    _until(lambda: not runner.is_busy)


def _until(fulfilled: Callable[[], bool], patience: int = PATIENCE_MS) -> None:
    deadline = QDeadlineTimer(patience)
    while not fulfilled() and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


if __name__ == "__main__":
    sys.exit(main())
