"""The first thing a user meets: open a store, make one, or look around in sample data."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp import settings
from kvalitetsapp.domain import passphrase, user_name
from kvalitetsapp.errors import CancelledError, HeldError, StoreError, UserError
from kvalitetsapp.gui import arrangement
from kvalitetsapp.gui.desk.growing_delay import GrowingDelay
from kvalitetsapp.gui.dialogs import held, messages
from kvalitetsapp.gui.dialogs.form import Form, PathField, passphrase_field, primary_button
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.spacing import enlarge, letters, pad
from kvalitetsapp.gui.widgets.progress_line import ProgressLine
from kvalitetsapp.services import places
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.store_keeper import OpenStore
    from kvalitetsapp.progress import Progress

LAST_STORE: Final = "stores/last"
LAST_USER: Final = "stores/last_user"
SAMPLE_PASSPHRASE: Final = "exempeldata"  # noqa: S105 - invented data, and the dialog says it
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
        self.restore = QPushButton(_("Återställ &från säkerhetskopia …"))
        self.receive = QPushButton(_("&Ta emot från en annan dator …"))
        for button, do in ((self.restore, self._ask_to_restore), (self.receive, self._ask_to_receive)):
            button.setAutoDefault(False)  # Return in a field is to open
            button.clicked.connect(do)
        column.addLayout(arrangement.ends((self.restore, self.receive)))
        self.open_form.wanted.connect(self._open)
        self.create_form.wanted.connect(self._create)
        self.sample_form.wanted.connect(self._make_sample)
        known = self.open_form.path.path()
        self.tabs.setCurrentWidget(self.open_form if known.is_file() else self.create_form)
        form = self.open_form if known.is_file() else self.create_form
        (self.open_form.user if form is self.open_form and self.open_form.asks_who() else form.passphrase).setFocus()

    def _open(self, path: Path, user: str, passphrase: str, write: bool, take_over: bool = False) -> None:
        def failed(error: BaseException) -> None:
            self._refused(self.open_form)(error)
            if isinstance(error, HeldError):
                again = partial(self._open, path, user, passphrase)
                self.open_form.complain(held.told(self, error, path, again))

        self._wait()
        done = partial(self._done, user)
        self._runner.open(path, passphrase, done, failed, write=write, user=user or None, take_over=take_over)

    def _create(self, path: Path, user: str, passphrase: str) -> None:
        self._wait()
        self._runner.create(path, passphrase, partial(self._done, user), self._refused(self.create_form), user=user)

    def _make_sample(self, path: Path) -> None:
        self._wait()
        failed = self._refused(self.sample_form)
        if path.is_file():
            self._runner.open(path, SAMPLE_PASSPHRASE, partial(self._done, ""), failed)
            return

        def make(progress: Progress) -> None:
            from kvalitetsapp.services.demo import make_sample_store

            made = make_sample_store(path, SAMPLE_PASSPHRASE, progress, with_claims=True, with_development=True)
            close = getattr(made, "close", None)
            if close is not None:
                close()

        def then(_made: None) -> None:
            self._runner.open(path, SAMPLE_PASSPHRASE, partial(self._done, ""), failed)

        operation = self._runner.run_outside(make, then, label=_("Skapar exempeldata"), on_failed=failed)
        self.progress.follow(operation)

    def _ask_to_restore(self) -> None:
        from kvalitetsapp.gui.dialogs.restore_store import RestoreDialog
        from kvalitetsapp.services.saved_copies import folder_of

        path = self.open_form.path.path()
        dialog = RestoreDialog(self._runner, path, folder_of(path), parent=self)
        dialog.saved.connect(lambda done: self.open_form.begin_with(done.path))
        dialog.open()

    def _ask_to_receive(self) -> None:
        from kvalitetsapp.gui.dialogs.carry_store import ReceiveStoreDialog

        dialog = ReceiveStoreDialog(self._runner, self)
        dialog.received.connect(partial(self._open, write=True))
        dialog.open()

    def _wait(self) -> None:
        self.tabs.setEnabled(False)

    def _done(self, user: str, store: OpenStore) -> None:
        remember(LAST_STORE, str(store.path))
        if user:
            remember(LAST_USER, store.user)
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
    """Which store, who comes, and with which passphrase; every wrong one makes the next try wait longer."""

    wanted = Signal(Path, str, str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.path = PathField(self._choose)
        last = recall(LAST_STORE)
        self.path.set_path(Path(last) if last else settings.default_store_path())
        self.user = QComboBox()
        self.user.setEditable(True)
        self.user.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.passphrase = passphrase_field()
        self.read_only = QCheckBox(_("Öppna skrivskyddat"))
        form = Form()
        form.add(_("&Databas"), self.path)
        form.add(_("&Namn"), self.user)
        form.add(_("&Lösenfras"), self.passphrase)
        form.add("", self.read_only)
        self.button = primary_button(_("Öppna"))
        self.button.clicked.connect(self.submit)
        self.passphrase.returnPressed.connect(self.submit)
        self.path.changed.connect(self._offer_names)
        self.user.editTextChanged.connect(lambda _text: self._tell_if_remembered())
        self._offer_names()
        self.column.addWidget(form)
        self.column.addWidget(self.wrong)
        self.column.addStretch(1)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self._delay = GrowingDelay(self)
        self._delay.over.connect(self._try_again)

    def asks_who(self) -> bool:
        """Tell whether the user has yet to say who comes."""
        return self.user.count() > 1 and not self.user.currentText()

    def submit(self) -> None:
        """Ask for the store to be opened, unless the user has to wait."""
        if self.button.isEnabled():
            self.complain("")
            user = self.user.currentText().strip()
            self.wanted.emit(self.path.path(), user, self.passphrase.text(), not self.read_only.isChecked())

    def begin_with(self, path: Path) -> None:
        """Show another store, whose passphrase is asked for."""
        self.path.set_path(path)
        self.passphrase.clear()
        self.complain("")
        self.passphrase.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say what was wrong and let the next try wait: one second, two, four and so on."""
        super().refuse(error)
        if not isinstance(error, StoreError):
            return
        self.complain(f"{self.wrong.text()} {self._delay.begin()}")
        self.button.setEnabled(False)
        self.passphrase.selectAll()

    def _offer_names(self) -> None:
        """Offer those who can open the store, the last one first; where there is only one, nobody has to choose."""
        from kvalitetsapp.services import entrance

        names, last = entrance.names(self.path.path()), recall(LAST_USER)
        self.user.clear()
        self.user.addItems(names)
        self.user.setEditText(last if last in names else names[0] if len(names) == 1 else "")
        self._tell_if_remembered()

    def _tell_if_remembered(self) -> None:
        from kvalitetsapp.services import remembering

        is_remembered = remembering.is_remembered(self.path.path(), self.user.currentText().strip() or None)
        self.passphrase.setPlaceholderText(_("Behövs inte på den här datorn") if is_remembered else "")

    def _try_again(self) -> None:
        self.button.setEnabled(True)
        self.passphrase.setFocus()

    def _choose(self) -> str:
        return messages.choose_file(self, _("Välj databas"), str(self.path.path().parent), STORE_FILES)


class CreateForm(StoreForm):
    """Where a new store lies, who its first user is, and the passphrase, twice."""

    wanted = Signal(Path, str, str)

    def __init__(self) -> None:
        super().__init__()
        from kvalitetsapp.services import entrance

        self.path = PathField(self._choose)
        self.path.set_path(settings.default_store_path())
        self.user = QLineEdit(entrance.login())
        self.passphrase, self.again = passphrase_field(), passphrase_field()
        form = Form()
        form.add(_("&Spara i"), self.path)
        form.add(_("Ditt &namn"), self.user)
        form.add(_("&Lösenfras"), self.passphrase)
        form.add(_("&En gång till"), self.again)
        self.place = QLabel()
        self.place.setObjectName("warning")
        self.place.setWordWrap(True)
        advice = QLabel(
            _(
                "Utan lösenfrasen går inget i databasen att läsa. Ta genast fram en återställningsnyckel på sidan "
                "Skydd, skriv ut den och lås in den."
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
            self.wanted.emit(self.path.path(), self.user.text(), self.passphrase.text())

    def _wrong(self) -> str:
        if fault := user_name.fault(self.user.text()):
            return fault
        if weak := passphrase.weakness(self.passphrase.text(), self.user.text(), self.path.path().stem):
            return weak
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
