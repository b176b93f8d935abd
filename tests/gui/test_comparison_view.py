"""Jämförelse on screen: the providers of the command, what is said of the chosen one, and what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.gui.widgets.comparison_view import ComparisonView
from support import pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def view(qtbot: QtBot, county_store: Path) -> Iterator[ComparisonView]:
    with pages.shown(qtbot, ComparisonView, county_store, write=False) as each:
        yield each


def test_a_chosen_provider_is_told_of_and_its_operations_and_recipe_can_be_asked_for(
    view: ComparisonView, qtbot: QtBot
) -> None:
    rows = view.table.model.table.records()
    assert view.chosen == rows[0]["provider_id"]
    view.table.choose_row(1)
    assert view.chosen == rows[1]["provider_id"]
    assert f"{rows[1]['events']} av {rows[1]['followed']}" in view.said.text()
    view.chart.chosen.emit(str(rows[2]["provider_id"]))
    assert (view.chosen, view.table.current_row()) == (rows[2]["provider_id"], 2)
    with qtbot.waitSignal(view.cases_asked) as cases:
        view.cases.click()
    with qtbot.waitSignal(view.recipe_asked) as recipe:
        view.recipe.click()
    assert (cases.args, recipe.args) == ([rows[2]["provider_id"]], ["reoperation_2y"])
    assert "ingen rangordning" in view.reading.text()


def test_another_joint_and_outcome_are_worked_out(view: ComparisonView, qtbot: QtBot) -> None:
    view.joint.setCurrentIndex(view.joint.findData("knee"))
    view.indicator.setCurrentIndex(view.indicator.findData("length_of_stay"))
    view.refresh()
    pages.settle(qtbot, view)
    assert view.indicator.currentData() == "length_of_stay"
    assert "bland" in view.said.text()
    assert not view.chart.save.isEnabled()
