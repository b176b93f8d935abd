"""The tab Utbyte: a package is made, taken once it has been seen, and what went apart is settled."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.make_package import MakePackageDialog
from kvalitetsapp.gui.dialogs.settle_conflict import SettleConflictDialog
from kvalitetsapp.gui.dialogs.take_package import TakePackageDialog
from kvalitetsapp.gui.remembered import remember
from kvalitetsapp.gui.widgets.exchange_view import SETTLED, ExchangeView
from support import pages, reviewing, two_stores
from support.reviewing import ANNA, BO, decide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a closed store where Anna has rejected an event, and a package of one where Bo has confirmed it."""
    folder = tmp_path_factory.mktemp("utbyte")
    parted = two_stores.parted(reviewing.make(folder), folder, ANNA, BO)
    here, there = next(parted), next(parted)
    decide(here, ANNA, reject=True)
    decide(there, BO, comment="<b>feber</b>")
    decide(there, BO, "bok/3")
    package = two_stores.package(there, folder)
    path = here.path
    assert list(parted) == []
    return path, package


@pytest.fixture
def view(made: tuple[Path, Path], tmp_path: Path, qtbot: QtBot) -> Iterator[ExchangeView]:
    """Show the tab over a copy of the store."""
    for file in made[0].parent.glob(f"{made[0].name}*"):
        shutil.copy2(file, tmp_path / file.name)
    with pages.shown(qtbot, ExchangeView, tmp_path / made[0].name) as shown:
        yield shown


def dialog(view: ExchangeView, kind: type[QDialog]) -> QDialog:
    return next(child for child in view.findChildren(kind) if child.isVisible())


def test_a_package_is_seen_before_it_is_taken_and_a_conflict_settled(
    view: ExchangeView, made: tuple[Path, Path], qtbot: QtBot
) -> None:
    assert "Inga konflikter finns" in view.sides.toPlainText()
    with messages.answering(str(made[1])):
        view.take.click()
    taking = dialog(view, TakePackageDialog)
    assert isinstance(taking, TakePackageDialog)
    taking.password.setText("fel lösenord här")
    taking.save.click()
    pages.settle(qtbot, view)
    assert "passar inte" in taking.wrong.text()
    taking.password.setText(two_stores.PASSPHRASE)
    taking.save.click()
    pages.settle(qtbot, view)
    assert taking.table.model.table.rows[0][:2] == ("decision", 1)
    assert "båda har gått vidare" in taking.waiting.toPlainText()
    assert taking.save.text() == "&Ta emot"
    taking.save.click()
    pages.settle(qtbot, view)
    told = view.sides.toPlainText()
    assert "≠" in told
    assert "<b>feber</b>" in told  # what people write is text
    assert "Senast mottaget" in view.latest.text()
    view.settle.click()
    settling = dialog(view, SettleConflictDialog)
    assert isinstance(settling, SettleConflictDialog)
    settling.save.click()
    assert settling.how.wrong.text() == "Välj vad som ska gälla."
    settling.how.choices.press_digit(2)
    settling.reason.set_text("Bo läste journalen")
    settling.save.click()
    pages.settle(qtbot, view)
    assert view.current() is None
    view.show_wanted(SETTLED)
    pages.settle(qtbot, view)
    assert "Bekräftad" in view.sides.toPlainText()
    assert not view.settle.isEnabled()


def test_a_package_is_written_where_it_is_wanted(view: ExchangeView, tmp_path: Path, qtbot: QtBot) -> None:
    from kvalitetsapp.gui.dialogs.make_package import FOLDER

    remember(FOLDER, str(tmp_path))
    view.make.click()
    making = dialog(view, MakePackageDialog)
    assert isinstance(making, MakePackageDialog)
    making.save.click()
    assert making.isVisible()
    making.password.propose.click()
    making.save.click()
    pages.settle(qtbot, view)
    assert len(list(tmp_path.glob("utbyte-*.kvpaket"))) == 1
    assert "Senast skapat" in view.latest.text()
