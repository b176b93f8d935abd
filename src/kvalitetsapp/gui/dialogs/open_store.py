"""The first thing a user meets: open a store, make one, or look around in sample data."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QTabWidget, QVBoxLayout, QWidget

from kvalitetsapp import settings
from kvalitetsapp.errors import CancelledError, HeldError, StoreError, UserError
from kvalitetsapp.gui.dialogs import held, messages
from kvalitetsapp.gui.dialogs.form import Form, PathField, passphrase_field, primary_button
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.spacing import enlarge, letters, pad
from kvalitetsapp.gui.widgets.progress_line import ProgressLine
from kvalitetsapp.services import places
from kvalitetsapp.texts import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.gui.operations import OpenStore, StoreRunner
    from kvalitetsapp.progress import Progress

LAST_STORE: Final = "stores/last"
SHORTEST_PASSPHRASE: Final = 8
SAMPLE_PASSPHRASE: Final = "exempeldata"  # noqa: S105 - invented data, and the dialog says it
LONGEST_DELAY: Final = 30
STORE_FILES: Final = f"Kvalitetsapp (*{settings.STORE_SUFFIX})"


class OpenStoreDialog(QDialog):
    """Lets the user open, make, or try; is accepted when a store is open in the runner."""

    opened = Signal(object)  # OpenStore

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Kvalitetsapp"))
        self._runner = runner
        self.setMinimumWidth(letters(self, 84))
        column = QVBoxLayout(self)
        pad(column, self, 1.4, 0.9)
        title = QLabel(_("Uppföljning av köpt ortopedisk vård"))
        enlarge(title, 1.35, bold=True)
        column.addWidget(title)
        promise = QLabel(_("Allt stannar på den här datorn. Programmet använder inget nätverk."))
        promise.setObjectName("muted")
        column.addWidget(promise)
        self.tabs = QTabWidget()
        self.tabs.setUsesScrollButtons(False)  # else Tab stops at buttons that nobody needs
        self.open_form, self.create_form, self.sample_form = OpenForm(), CreateForm(), SampleForm()
        self.tabs.addTab(self.open_form, _("Öppna databas"))
        self.tabs.addTab(self.create_form, _("Skapa ny"))
        self.tabs.addTab(self.sample_form, _("Prova med exempeldata"))
        column.addWidget(self.tabs)
        self.progress = ProgressLine()
        column.addWidget(self.progress)
        self.open_form.wanted.connect(self._open)
        self.create_form.wanted.connect(self._create)
        self.sample_form.wanted.connect(self._make_sample)
        known = self.open_form.path.path()
        self.tabs.setCurrentWidget(self.open_form if known.is_file() else self.create_form)
        (self.open_form if known.is_file() else self.create_form).passphrase.setFocus()

    def _open(self, path: Path, passphrase: str, write: bool, take_over: bool = False) -> None:
        def failed(error: BaseException) -> None:
            self._refused(self.open_form)(error)
            if isinstance(error, HeldError):
                self.open_form.complain(held.told(self, error, path, partial(self._open, path, passphrase)))

        self._wait()
        self._runner.open(path, passphrase, self._done, failed, write=write, take_over=take_over)

    def _create(self, path: Path, passphrase: str) -> None:
        self._wait()
        self._runner.create(path, passphrase, self._done, self._refused(self.create_form))

    def _make_sample(self, path: Path) -> None:
        self._wait()
        failed = self._refused(self.sample_form)
        if path.is_file():
            self._runner.open(path, SAMPLE_PASSPHRASE, self._done, failed)
            return

        def make(progress: Progress) -> None:
            from kvalitetsapp.services.demo import make_sample_store

            made = make_sample_store(path, SAMPLE_PASSPHRASE, progress, with_claims=True)
            close = getattr(made, "close", None)
            if close is not None:
                close()

        def then(_made: None) -> None:
            self._runner.open(path, SAMPLE_PASSPHRASE, self._done, failed)

        operation = self._runner.run_outside(make, then, label=_("Skapar exempeldata"), on_failed=failed)
        self.progress.follow(operation)

    def _wait(self) -> None:
        self.tabs.setEnabled(False)

    def _done(self, store: OpenStore) -> None:
        remember(LAST_STORE, str(store.path))
        self.opened.emit(store)
        self.accept()

    def _refused(self, form: StoreForm) -> Callable[[BaseException], None]:
        def tell(error: BaseException) -> None:
            self.tabs.setEnabled(True)
            if not isinstance(error, CancelledError):
                form.refuse(error)

        return tell


class StoreForm(QWidget):
    """What the three ways to a store have in common: fields, a button, and a line for what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        pad(self.column, self, 1.2, 0.7)
        self.wrong = QLabel()
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()

    def refuse(self, error: BaseException) -> None:
        """Say what was wrong."""
        self.complain(error.message if isinstance(error, UserError) else _("Det gick inte. Se felrapporten."))

    def complain(self, text: str) -> None:
        """Show `text`, nothing for ""."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))


class OpenForm(StoreForm):
    """Which store, and its passphrase; every wrong one makes the next try wait longer."""

    wanted = Signal(Path, str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._tries = 0
        self.path = PathField(self._choose)
        last = recall(LAST_STORE)
        self.path.set_path(Path(last) if last else settings.default_store_path())
        self.passphrase = passphrase_field()
        self.read_only = QCheckBox(_("Öppna skrivskyddat"))
        form = Form()
        form.add(_("&Databas"), self.path)
        form.add(_("&Lösenfras"), self.passphrase)
        form.add("", self.read_only)
        self.button = primary_button(_("Öppna"))
        self.button.clicked.connect(self.submit)
        self.passphrase.returnPressed.connect(self.submit)
        self.column.addWidget(form)
        self.column.addWidget(self.wrong)
        self.column.addStretch(1)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(self._try_again)

    def submit(self) -> None:
        """Ask for the store to be opened, unless the user has to wait."""
        if self.button.isEnabled():
            self.complain("")
            self.wanted.emit(self.path.path(), self.passphrase.text(), not self.read_only.isChecked())

    def refuse(self, error: BaseException) -> None:
        """Say what was wrong and let the next try wait: one second, two, four and so on."""
        super().refuse(error)
        if not isinstance(error, StoreError):
            return
        seconds = min(2**self._tries, LONGEST_DELAY)
        self._tries += 1
        waits = ngettext("Vänta {n} sekund.", "Vänta {n} sekunder.", seconds).format(n=seconds)
        self.complain(f"{self.wrong.text()} {waits}")
        self.button.setEnabled(False)
        self.passphrase.selectAll()
        self._delay.start(seconds * 1000)

    def _try_again(self) -> None:
        self.button.setEnabled(True)
        self.passphrase.setFocus()

    def _choose(self) -> str:
        return messages.choose_file(self, _("Välj databas"), str(self.path.path().parent), STORE_FILES)


class CreateForm(StoreForm):
    """Where a new store lies and its passphrase, twice."""

    wanted = Signal(Path, str)

    def __init__(self) -> None:
        super().__init__()
        self.path = PathField(self._choose)
        self.path.set_path(settings.default_store_path())
        self.passphrase, self.again = passphrase_field(), passphrase_field()
        form = Form()
        form.add(_("&Spara i"), self.path)
        form.add(_("&Lösenfras"), self.passphrase)
        form.add(_("&En gång till"), self.again)
        self.place = QLabel()
        self.place.setObjectName("warning")
        self.place.setWordWrap(True)
        advice = QLabel(
            _(
                "Databasen krypteras med lösenfrasen. Utan den går inget att läsa, och ingen kan återställa den: "
                "skriv upp den och förvara den inlåst."
            )
        )
        advice.setObjectName("muted")
        advice.setWordWrap(True)
        self.button = primary_button(_("Skapa"))
        self.button.clicked.connect(self.submit)
        self.again.returnPressed.connect(self.submit)
        for widget in (form, self.place, advice, self.wrong):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.path.changed.connect(self._look_at_place)
        self._look_at_place()

    def submit(self) -> None:
        """Ask for the store to be made, if the passphrases agree."""
        wrong = self._wrong()
        self.complain(wrong)
        if not wrong:
            self.wanted.emit(self.path.path(), self.passphrase.text())

    def _wrong(self) -> str:
        if len(self.passphrase.text()) < SHORTEST_PASSPHRASE:
            return _("Lösenfrasen är för kort. Ta minst {n} tecken, gärna några ord i följd.").format(
                n=SHORTEST_PASSPHRASE
            )
        if self.passphrase.text() != self.again.text():
            return _("De två lösenfraserna är olika. Skriv samma i båda fälten.")
        return ""

    def _look_at_place(self) -> None:
        warning = places.warning_about(self.path.path())
        self.place.setText(warning)
        self.place.setVisible(bool(warning))

    def _choose(self) -> str:
        return messages.choose_new_file(self, _("Var ska databasen ligga?"), self.path.path(), STORE_FILES)


class SampleForm(StoreForm):
    """Says what the sample data are and makes them."""

    wanted = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        said = QLabel(
            _(
                "Ett påhittat län: 2 000 primäroperationer hos åtta vårdgivare under fem år, med komplikationer, "
                "avtal och kostnader. Ingen som finns i verkligheten förekommer. Exempeldata ligger i en egen databas "
                "och märks EXEMPELDATA överallt."
            )
        )
        said.setWordWrap(True)
        self.path = settings.data_dir() / f"exempeldata{settings.STORE_SUFFIX}"
        where = QLabel(
            _("Databasen sparas i {path}. Lösenfrasen är ”{passphrase}”.").format(
                path=self.path, passphrase=SAMPLE_PASSPHRASE
            )
        )
        where.setObjectName("muted")
        where.setWordWrap(True)
        self.button = primary_button(_("Öppna exempeldata"))
        self.button.clicked.connect(lambda: self.wanted.emit(self.path))
        for widget in (said, where, self.wrong):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
