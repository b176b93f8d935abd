"""The year's claims at the keyboard: what can be claimed in the window, and the money that comes, to the öre.

Each test takes up the year where a season ends (`year_gone_by`) and leaves a store in which everything agrees. The
steps of a further tab go into `FinanceAtKeyboard`; `come_to_claims(title)` finds the tab.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.gui.widgets.payments_view import PaymentsView
from kvalitetsapp.gui.widgets.rows_view import ALL
from kvalitetsapp.services import bases, claim_drafts, payments
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import receivables
from support import claim_year as year
from support import made_stores, pages
from support.agreeing_sums import disagreements
from support.claim_year import KR
from support.counties import PASSPHRASE
from support.finance_at_keyboard import FinanceAtKeyboard, plain
from support.year_gone_by import Year, winter

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.services.workspace import Workspace
    from support.finance_at_keyboard import Until


@pytest.fixture
def after_winter(tmp_path: Path) -> Path:
    """Return the closed store as it is in March: two documents are sent and nothing is paid."""
    with made_stores.opened(tmp_path, winter_gone_by) as workspace:
        return workspace.path


def winter_gone_by(folder: Path) -> Workspace:
    """Make the store as it is in March; the caller closes it."""
    workspace = year.make(folder)
    winter(Year(workspace, folder))
    return workspace


def test_the_cases_of_winter_are_read_and_a_missing_cost_entered_with_the_keyboard(
    finance: FinanceAtKeyboard, after_winter: Path
) -> None:
    finance.open_store(after_winter)
    finance.come_to_claims("Ärenden")
    can_be_claimed = {
        "bok/I01/hip/right": 200_000 * KR,
        "bok/I09/hip/left": 60_000 * KR,
        "bok/I11/knee/right": 90_006_45,
        "bok/I12/knee/left": 0,  # its cost is missing
        "bok/I14/knee/right": 80_000 * KR,
    }
    assert finance.each_case() == can_be_claimed
    assert plain(finance.cases.sums.text()).endswith("kan krävas 430 006,45 kr   ·   1 utan kostnad")
    finance.enter_cost("bok/I12/knee/left", "45000,75", "Fakturan från ekonomi")
    assert finance.each_case() == can_be_claimed | {"bok/I12/knee/left": 45_000_75}
    finance.runner.close()
    with open_workspace(after_winter, PASSPHRASE, write=True) as workspace:
        assert disagreements(workspace) == []
        assert [one.amount for one in claim_drafts.proposals(workspace)] == [45_000_75]


def test_payments_are_typed_with_the_keyboard_and_lie_on_what_they_name(
    qtbot: QtBot, after_winter: Path, until: Until
) -> None:
    with open_workspace(after_winter, PASSPHRASE, write=False) as workspace:
        first, second = (one.basis.number for one in bases.all_bases(workspace))
    with pages.shown(qtbot, PaymentsView, after_winter) as view:
        me = FinanceAtKeyboard(view, view.runner, until)
        me.type_payment("100000", first)
        me.type_payment("90006,45", "Faktura F-2025-0102")
        me.type_payment("160000,50", f"rest {first}")
        me.type_payment("1000", "tack")
        view.show_wanted(ALL)
        assert plain(view.sums.text()) == (
            "4 betalningar   ·   351 006,95 kr   ·   placerat 350 006,45 kr   ·   ej placerat 1 000,50 kr"
        )
        view.runner.close()
    with open_workspace(after_winter, PASSPHRASE, write=True) as workspace:
        assert disagreements(workspace) == []
        owed = {one.number: one.open for one in receivables.all_receivables(workspace.store)}
        assert owed == {first: 0, second: 80_000 * KR}
        assert sorted(one.left for one in payments.payments(workspace)) == [0, 0, 50, 1000 * KR]
