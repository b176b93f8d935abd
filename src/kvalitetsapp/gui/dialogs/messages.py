"""Questions and messages to the user, behind one door that a test can answer in the user's place."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

T = TypeVar("T")
_answers: list[object] = []


@contextlib.contextmanager
def answering(*answers: object) -> Iterator[None]:
    """Answer the next questions with these, in order; a question that was never put is an error."""
    _answers.extend(answers)
    try:
        yield
        left, wanted = len(_answers), 0
    finally:
        _answers.clear()
    if left != wanted:
        message = f"{left} answers were never asked for"
        raise AssertionError(message)


def ask(parent: QWidget, question: str, *, yes: str, no: str = "") -> bool:
    """Ask a question that can be answered with `yes` or `no`; nothing is the safe answer."""
    if _answers:
        return bool(_answers.pop(0))
    box = QMessageBox(QMessageBox.Icon.Question, _("Kvalitetsapp"), question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # a question may hold what people have written
    accepted = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(no or _("Avbryt"), QMessageBox.ButtonRole.RejectRole))
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return clicked is accepted


def ask_text(parent: QWidget, title: str, label: str, proposed: str = "") -> str:
    """Let the user write a short text; "" where nothing was written."""
    if _answers:
        return str(_answers.pop(0))
    text, accepted = QInputDialog.getText(parent, title, label, QLineEdit.EchoMode.Normal, proposed)
    return text.strip() if accepted else ""


def choose_files(parent: QWidget, title: str, folder: str, kinds: str) -> list[str]:
    """Let the user choose files; an empty list where none was chosen."""
    if _answers:
        return list(_answers.pop(0))  # type: ignore[call-overload, no-any-return]
    return QFileDialog.getOpenFileNames(parent, title, folder, kinds)[0]


def choose_file(parent: QWidget, title: str, folder: str, kinds: str) -> str:
    """Let the user choose a file that exists; "" where none was chosen."""
    return str(_answers.pop(0)) if _answers else QFileDialog.getOpenFileName(parent, title, folder, kinds)[0]


def choose_new_file(parent: QWidget, title: str, proposed: Path, kinds: str) -> str:
    """Let the user say where a new file goes; "" where nothing was chosen."""
    return str(_answers.pop(0)) if _answers else QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)[0]


def choose_folder(parent: QWidget, title: str, folder: str) -> str:
    """Let the user choose a folder; "" where none was chosen."""
    return str(_answers.pop(0)) if _answers else QFileDialog.getExistingDirectory(parent, title, folder)
