"""The window: navigation to the left, one page at a time to the right, and a status bar that tells the truth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import CancelledError, UserError
from kvalitetsapp.gui import crash_report, permissions, theme
from kvalitetsapp.gui.backup_rounds import BackupRounds
from kvalitetsapp.gui.called_forward import CalledForward
from kvalitetsapp.gui.desk.guard import DeskGuard
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.crash import CrashDialog, EarlierEndDialog
from kvalitetsapp.gui.navigation import built_pages
from kvalitetsapp.gui.remembered import remember, remembered
from kvalitetsapp.gui.shortcuts import Shortcut, action
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.status_bar import StatusBar
from kvalitetsapp.gui.widgets.message_panel import MessagePanel
from kvalitetsapp.gui.widgets.navigation_panel import NavigationPanel
from kvalitetsapp.gui.widgets.page_header import PageHeader
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from kvalitetsapp.domain.changes import Changes
    from kvalitetsapp.gui.navigation import PageEntry
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.gui.pages.page import Page
    from kvalitetsapp.gui.store_keeper import OpenStore
    from kvalitetsapp.gui.theme import Tokens
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.backups import Standing
    from kvalitetsapp.services.overview import Waiting
    from kvalitetsapp.services.workspace import Workspace

GEOMETRY = "window/geometry"


class MainWindow(QMainWindow):
    """Holds the pages and shows one of them; what they want done goes through the runner."""

    def __init__(self, runner: StoreRunner, tokens: Tokens) -> None:
        super().__init__()
        self._runner = runner
        self._entries = built_pages()
        self._pages: dict[str, Page] = {}
        self._rounds: BackupRounds | None = None
        self.dialogs: list[QWidget] = []
        self.navigation = NavigationPanel(self._entries, tokens)
        self.header = PageHeader()
        self.banner = QLabel(_("EXEMPELDATA – personer, vårdgivare och belopp är påhittade"))
        self.banner.setObjectName("sampleBanner")
        self.message = MessagePanel()
        self.stack = QStackedWidget()
        self.status = StatusBar()
        self.guard = DeskGuard(self, runner)
        self._arrange()
        self._connect()
        self._add_actions()
        self._called = CalledForward(self, runner)
        self._show_store(None)
        theme.dress(self, tokens)

    # what others use

    def go_to(self, name: str, wanted: object = None) -> None:
        """Show a page, and on it what is wanted, to who may see it; without an open store there is nothing to show."""
        entry = next((entry for entry in self._entries if entry.name == name), None)
        if entry is None or self._runner.store is None:
            return
        if not self._runner.may(entry.right):
            self.message.say(permissions.refusal(entry.right))
            return
        page = self._page(entry)
        if wanted is not None:
            page.show_wanted(wanted)
        self.message.hide()
        self.header.show_title(_(entry.title))
        self.stack.setCurrentWidget(page)
        self.navigation.choose(name)
        page.setFocus()

    def current_page(self) -> Page | None:
        """Return the page that is shown."""
        return next((page for page in self._pages.values() if page is self.stack.currentWidget()), None)

    def say(self, error: BaseException) -> None:
        """Say what was refused; a bug gets its report, a cancelled work nothing."""
        if isinstance(error, UserError):
            self.message.say(error.message)
        elif not isinstance(error, CancelledError):
            self._crashed(error)

    def keep_backups(self) -> None:
        """Back up what is done here from now on, every half hour and when the window closes."""
        self._rounds = BackupRounds(self._runner, self)
        self._rounds.failed.connect(self.say)
        self._rounds.crashed.connect(self._crashed)

    def take_files(self, paths: list[Path]) -> None:
        """Bring files that were dropped anywhere in the window to the import page."""
        self.go_to("import", tuple(paths))

    # making

    def _arrange(self) -> None:
        self.setWindowTitle(_("Kvalitetsapp"))
        self.setAcceptDrops(True)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (self.banner, self.header, self.message):
            right.addWidget(widget)
        right.addWidget(self.stack, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(self.status)
        self.stack.addWidget(QWidget())
        state = remembered().value(GEOMETRY)
        if state is None or not self.restoreGeometry(state):
            self.resize(letters(self, 200), lines(self, 56))

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.go_to)
        self._runner.failed.connect(self.say)
        self._runner.crashed.connect(self._crashed)
        self._runner.store_opened.connect(self._show_store)
        self._runner.changed.connect(self._on_changed)
        self._runner.operation_started.connect(self._on_started)

    def _add_actions(self) -> None:
        self._rights: list[tuple[QAction, tuple[Right, ...]]] = [
            (action(self, entry.shortcut, partial(self.go_to, entry.name)), (entry.right,)) for entry in self._entries
        ]
        self._rights += [self._go_to_tab(entry, *tab) for entry in self._entries for tab in entry.tabs]
        self._rights.append((action(self, Shortcut.IMPORT_FILES, self._choose_files), (Right.IMPORT,)))
        self._palette_actions = [
            *(each for each, _rights in self._rights),
            action(self, Shortcut.FIND, self._find),
            action(self, Shortcut.REFRESH, self._refresh),
            action(self, Shortcut.OPEN_STORE, self.open_other),
            action(self, Shortcut.LOCK, self.guard.lock),
            action(self, Shortcut.CHANGE_USER, self.guard.change_user),
            action(self, Shortcut.HELP, self.open_help),
            action(self, Shortcut.QUIT, self.close),
        ]
        action(self, Shortcut.PALETTE, self.open_palette)
        self.navigation.help_wanted.connect(self.open_help)
        self.navigation.palette_wanted.connect(self.open_palette)
        self.navigation.lock_wanted.connect(self.guard.lock)

    def _go_to_tab(self, entry: PageEntry, name: str, title: str) -> tuple[QAction, tuple[Right, ...]]:
        """Return an action that goes to a tab, and the rights that it takes."""
        made = QAction(_("Gå till {page}: {tab}").format(page=_(entry.title), tab=_(title)), self)
        made.triggered.connect(lambda _checked=False: self.go_to(entry.name, name))
        of_tab = permissions.NEEDED.get(entry.class_name, {}).get(name, entry.right)
        return made, (entry.right, of_tab)

    def _page(self, entry: PageEntry) -> Page:
        if entry.name not in self._pages:
            page = entry.make(self._runner)
            if self._runner.store is not None:
                permissions.withhold(page, self._runner.store.rights)
            page.page_requested.connect(self.go_to)
            page.told.connect(self.status.word.setText)
            self._pages[entry.name] = page
            self.stack.addWidget(page)
        return self._pages[entry.name]

    # the store

    def _show_store(self, store: OpenStore | None) -> None:
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self.banner.setVisible(store is not None and store.is_sample)
        self.status.show_store(store)
        self.navigation.setEnabled(store is not None)
        self.setWindowTitle(
            _("Kvalitetsapp") if store is None else _("{name} – Kvalitetsapp").format(name=store.path.stem)
        )
        if store is None:
            return
        self.navigation.offer(store.rights)
        for each, rights in self._rights:
            each.setEnabled(store.rights.issuperset(rights))
        first = next((entry for entry in self._entries if entry.right in store.rights), None)
        if first is not None:
            self.go_to(first.name)
        if store.findings:
            self.message.say(" ".join(store.findings))
        self._read_status()

    def _on_changed(self, _changes: Changes) -> None:
        self._read_status()

    def _read_status(self) -> None:
        if self._runner.may(Right.READ_FIGURES):
            self._runner.run(_waiting, self._show_waiting)
        self._runner.run(_backed_up, self.status.show_backup)

    def _closes_without_backup(self, error: UserError) -> bool:
        question = _("{why} Stänga utan säkerhetskopia?").format(why=error.message)
        return messages.ask(self, question, yes=_("Stäng utan"))

    def _show_waiting(self, waiting: Waiting) -> None:
        self.status.show_waiting(waiting)
        self.navigation.set_count("review", waiting.to_review)

    def _on_started(self, operation: Operation) -> None:
        if operation.label:
            self.status.progress.follow(operation)

    # dialogs

    def open_other(self) -> None:
        """Let the user choose a store."""
        from kvalitetsapp.gui.dialogs.open_store import OpenStoreDialog

        self._open(OpenStoreDialog(self._runner, self))

    def open_help(self) -> None:
        """Open the manual at what is shown."""
        from kvalitetsapp.gui.dialogs.help import HelpDialog

        dialog = HelpDialog(self)
        page = self.current_page()
        dialog.show_topic((page and page.help_topic()) or self.navigation.current())
        self._open(dialog, modal=False)

    def open_palette(self) -> None:
        """Open the command palette."""
        from kvalitetsapp.gui.dialogs.palette import CommandPalette

        self._open(CommandPalette(self._palette_actions, self))

    def offer_earlier_ends(self) -> None:
        """Offer the reports of earlier runs that ended badly, once."""
        from kvalitetsapp.gui import runs

        ends = runs.earlier_ends()
        kept = crash_report.unseen() + [crash_report.write(end.report) for end in ends]
        if kept:
            report = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in kept)
            crashed = len(kept) > len(ends) or any(end.crashed for end in ends)
            self._open(EarlierEndDialog(report, kept, crashed=crashed, parent=self))

    def _crashed(self, error: BaseException) -> None:
        text = crash_report.describe(error)
        self._open(CrashDialog(text, crash_report.write(text), self))

    def _open(self, dialog: QWidget, *, modal: bool = True) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal if modal else Qt.WindowModality.NonModal)
        self.dialogs.append(dialog)
        dialog.destroyed.connect(self._forget_dialog)
        dialog.show()

    def _forget_dialog(self) -> None:
        self.dialogs = [dialog for dialog in self.dialogs if shiboken6.isValid(dialog)]

    # keys and files

    def _find(self) -> None:
        page = self.current_page()
        if page is not None:
            page.focus_find()

    def _refresh(self) -> None:
        page = self.current_page()
        if page is not None:
            page.mark_stale()

    def _choose_files(self) -> None:
        self.go_to("import", "choose")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files."""
        if self._runner.may(Right.IMPORT) and _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Import files that are dropped."""
        event.acceptProposedAction()
        self.take_files(_files(event))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Dye the icons anew when the system changes between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "navigation"):
            self.navigation.dye(theme.tokens_of(self.palette()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where the window stood, and close the store after a last backup; nothing copied is left."""
        if self._rounds is not None and self._rounds.hold(self.close, self._closes_without_backup):
            event.ignore()
            return
        self.guard.stop()
        remember(GEOMETRY, self.saveGeometry())
        self._called.stop()
        self._runner.close()
        super().closeEvent(event)


def _files(event: QDropEvent) -> list[Path]:
    from pathlib import Path

    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _backed_up(workspace: Workspace, _progress: Progress) -> Standing:
    from kvalitetsapp.services.backups import standing

    return standing(workspace)


def _waiting(workspace: Workspace, _progress: Progress) -> Waiting:
    from kvalitetsapp.services.overview import waiting

    return waiting(workspace)
