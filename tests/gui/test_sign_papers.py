"""Rapporter over lists and papers: they are chosen, signed, saved again, checked and recalled in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.released import ReportKind
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.sign_report import SignReportDialog
from kvalitetsapp.gui.dialogs.withdraw_report import WithdrawReportDialog
from kvalitetsapp.gui.pages.reports_page import ReportsPage
from support import county_store, final_papers, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CHOSEN = {
    "waiting": ("Väntande – Alla län och vårdgivare", "Väntanderapport: Alla län och vårdgivare"),
    "agenda": ("Kvalitetsagenda – Läget nu", "Kvalitetsagenda: Läget nu"),
    "quarter": ("Kvalitetsagenda – kvartal 2 2020", "Kvalitetsagenda: kvartal 2 2020"),
    "gap": ("Beslutsunderlag – Höften", "Beslutsunderlag: Höften"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return final_papers.make(tmp_path_factory.mktemp("papers"))


@pytest.fixture
def page(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[ReportsPage]:
    with pages.shown(qtbot, ReportsPage, county_store.copy(made, tmp_path)) as each:
        each.make.form.folder.set_path(tmp_path)
        yield each


def test_the_day_is_chosen_of_what_is_worked_out_anew_and_not_of_papers(page: ReportsPage) -> None:
    form = page.make.form
    for name, has_day in (("waiting", True), ("agenda", True), ("quarter", False), ("gap", False)):
        order = final_papers.ORDERS[name]
        form.choose(order.kind, order.subject)
        assert form.order() == order
        assert form.until.isVisible() is has_day
        assert page.make.sign.isEnabled()


@pytest.mark.parametrize("kind", CHOSEN)
def test_it_is_signed_saved_again_checked_and_recalled_in_the_window(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    order, (file, about) = final_papers.ORDERS[kind], CHOSEN[kind]
    page.make.form.choose(order.kind, order.subject)
    page.make.sign.click()
    (asked,) = page.make.findChildren(SignReportDialog)
    pages.settle(qtbot, page)
    number = asked.number.text()
    asked.by.set_text("Anna Exempel")
    asked.role.set_text("chef")
    with messages.answering("ja"):
        asked.save.click()
    pages.settle(qtbot, page)
    page.show_wanted("finals")
    pages.settle(qtbot, page)
    view, again = page.finals, tmp_path / "igen.pdf"
    assert about in view.facts.toPlainText()
    with messages.answering(str(again)):
        view.hand_out.click()
    view.check.click()
    pages.settle(qtbot, page)
    assert again.read_bytes() == (tmp_path / f"{file} – {number}.pdf").read_bytes()
    assert view.checked.text().startswith("✓ Dagens data ger samma rapport")
    view.withdraw.click()
    (recall,) = view.findChildren(WithdrawReportDialog)
    recall.reason.set_text("Fel mål")
    recall.save.click()
    pages.settle(qtbot, page)
    assert "Fel mål" in view.facts.toPlainText()


def test_without_a_gap_analysis_it_is_said_where_one_is_made(qtbot: QtBot, leaving_store: Path) -> None:
    with pages.shown(qtbot, ReportsPage, leaving_store) as page:
        page.make.form.choose(ReportKind.GAP)
        assert not page.make.make.isEnabled()
        assert not page.make.sign.isEnabled()
        assert "fliken Gapanalys" in page.make.explained.text()
