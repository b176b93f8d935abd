"""Ärendebilaga: written behind a password by keyboard, told at its field what is wrong, listed and logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.gui.dialogs.write_case_annex import WriteCaseAnnexDialog
from kvalitetsapp.gui.pages.reports_page import ReportsPage
from kvalitetsapp.services import provider_questions
from support import pages, store_files
from support.county_store import opened
from support.keys import focused, press_mnemonic, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def store(county_store: Path, tmp_path: Path) -> Path:
    return store_files.copy(county_store, tmp_path)


@pytest.fixture
def page(qtbot: QtBot, store: Path) -> Iterator[ReportsPage]:
    with pages.shown(qtbot, ReportsPage, store) as each:
        yield each


@pytest.fixture
def asked(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> WriteCaseAnnexDialog:
    page.make.form.choose(ReportKind.PROVIDER, "P01")
    press_mnemonic(qtbot, page.make, Qt.Key.Key_G, page.make.annex)
    (found,) = page.make.findChildren(WriteCaseAnnexDialog)
    qtbot.waitUntil(found.isActiveWindow)
    pages.settle(qtbot, page)
    found.folder.path_field.set_path(tmp_path)
    return found


def test_the_annex_is_written_with_a_proposed_password_listed_and_logged(
    page: ReportsPage, asked: WriteCaseAnnexDialog, qtbot: QtBot, store: Path, tmp_path: Path
) -> None:
    said: list[str] = []
    page.told.connect(said.append)
    assert (asked.provider.currentText(), asked.numbers.currentText()) == ("Fjällkliniken", "Inga personnummer")
    type_text(asked.receiver.edit, "Verksamhetschefen")
    asked.ground.offered.setCurrentIndex(1)
    press_mnemonic(qtbot, asked, Qt.Key.Key_F, asked.password.propose)
    password = asked.password.proposed.text()
    QTest.keyClick(asked, Qt.Key.Key_Return, CTRL)
    pages.settle(qtbot, page)
    out = tmp_path / "Ärendebilaga – Fjällkliniken.pdf"
    assert pypdf.PdfReader(out).decrypt(password)
    assert said[0].startswith("Bilagan med ")
    (row,) = page.make.made.table.model.table.records()
    assert (row["about"], row["file"]) == ("Ärendebilaga: Fjällkliniken", out.name)
    page.runner.close()
    with opened(store) as workspace:
        logged = provider_questions.disclosures(workspace).records()
    assert {row["receiver"] for row in logged} == {"Verksamhetschefen"}


def test_what_is_wrong_is_told_at_its_field_and_stopped_work_leaves_no_file(
    page: ReportsPage, asked: WriteCaseAnnexDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    asked.folder.path_field.text.clear()
    type_text(asked.password.field, "fjällkliniken 7")
    asked.save.click()
    assert focused() is asked.receiver.edit
    told = (asked.ground.wrong, asked.folder.wrong, asked.password.at_field.wrong, asked.password.at_again.wrong)
    assert [label.text().split(":")[0] for label in told] == [
        "Välj grunden för utlämnandet.",
        "Mappen finns inte. Välj en mapp.",
        "Lösenordet är lätt att gissa",
        "Lösenorden är olika. Skriv samma två gånger.",
    ]
    asked.receiver.set_text("Verksamhetschefen")
    asked.ground.offered.setCurrentIndex(1)
    asked.folder.path_field.set_path(tmp_path)
    asked.save.click()
    assert focused() is asked.password.field
    asked.password.propose.click()
    asked.save.click()
    asked.reject()
    pages.settle(qtbot, page)
    assert asked.wrong.text() == "Avbrutet. Ingen bilaga skrevs."
    assert list(tmp_path.glob("*.pdf")) == []
    fields = (asked.provider, asked.receiver.edit, asked.ground.offered, asked.numbers, asked.folder.path_field.text)
    assert all(field.accessibleName() for field in fields)
    asked.reject()
