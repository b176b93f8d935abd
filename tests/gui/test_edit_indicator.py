"""An own indicator put together in the window: previewed, saved, changed with a reason, withdrawn and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from kvalitetsapp.domain.indicator import OWN
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.edit_indicator import EditIndicatorDialog
from kvalitetsapp.gui.dialogs.indicator_files import ImportRecipesDialog
from kvalitetsapp.gui.dialogs.recipe import RecipeDialog
from kvalitetsapp.gui.dialogs.withdraw_indicator import WithdrawIndicatorDialog
from kvalitetsapp.gui.pages.quality_page import QualityPage
from support import pages
from support.keys import type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    D = TypeVar("D", bound=QDialog)

WORDS = ("purpose", "numerator", "denominator", "exclusions", "source")


@pytest.fixture
def page(qtbot: QtBot, leaving_store: Path) -> Iterator[QualityPage]:
    with pages.shown(qtbot, QualityPage, leaving_store) as each:
        yield each


def dialog_of(qtbot: QtBot, page: QualityPage, kind: type[D]) -> D:
    pages.settle(qtbot, page)
    return next(each for each in page.findChildren(kind) if each.isVisible())


def preview_of(qtbot: QtBot, page: QualityPage, dialog: EditIndicatorDialog) -> str:
    qtbot.waitUntil(lambda: not dialog._pause.isActive(), timeout=pages.PATIENCE_MS)
    pages.settle(qtbot, page)
    return dialog.preview.text()


def own(page: QualityPage) -> list[tuple[str, str]]:
    return [(one.version, one.name) for one in page._indicators.values() if one.family == OWN]


def made(qtbot: QtBot, page: QualityPage) -> None:
    """Make an indicator of one that came along."""
    page.list.table.choose_row([*page._indicators].index("reoperation_90d"))
    page.list.change.click()
    dialog = dialog_of(qtbot, page, EditIndicatorDialog)
    dialog.fields.inputs["indicator_id"].setText("egen_90d")
    dialog.fields.inputs["name"].setText("Vår egen")
    dialog.save.click()
    pages.settle(qtbot, page)


def test_an_own_indicator_is_filled_in_and_made(page: QualityPage, qtbot: QtBot) -> None:
    only_the_parts_of_the_chosen_counting_are_shown_and_faults_stand_at_their_fields(page, qtbot)
    one_is_made_from_another_with_what_it_comes_to_in_sight(page, qtbot)


def only_the_parts_of_the_chosen_counting_are_shown_and_faults_stand_at_their_fields(
    page: QualityPage, qtbot: QtBot
) -> None:
    page.list.new.click()
    dialog = dialog_of(qtbot, page, EditIndicatorDialog)
    kind = dialog.fields.inputs["kind"]
    for code, shown, hidden in (
        ("codes", "codes", "levels"),
        ("answer", "instruments", "last"),
        ("stay", "name", "last"),
    ):
        kind.setCurrentIndex(kind.findData(code))
        assert not dialog.fields.fields[shown].isHidden()
        assert dialog.fields.fields[hidden].isHidden()
    kind.setCurrentIndex(kind.findData("codes"))
    dialog.save.click()
    pages.settle(qtbot, page)
    told = {name for name, field in dialog.fields.fields.items() if field.wrong.text()}
    assert told == {"indicator_id", "name", *WORDS}
    for name in told:
        text = dialog.fields.inputs[name]
        text.setPlainText("x") if name in WORDS else text.setText("eget_ett")
    dialog.save.click()
    pages.settle(qtbot, page)
    assert {name for name, field in dialog.fields.fields.items() if field.wrong.text()} == {"codes", "last"}
    assert own(page) == []
    dialog.close()


def one_is_made_from_another_with_what_it_comes_to_in_sight(page: QualityPage, qtbot: QtBot) -> None:
    page.list.new.click()
    dialog = dialog_of(qtbot, page, EditIndicatorDialog)
    assert "går inte att räkna än" in preview_of(qtbot, page, dialog)
    dialog.fields.inputs["last"].setText("90")
    assert preview_of(qtbot, page, dialog).startswith("Det här ger ")
    dialog.close()
    made(qtbot, page)
    assert own(page) == [("1", "Vår egen")]
    page.list.undo.undo.click()
    pages.settle(qtbot, page)
    assert own(page) == []


def test_a_change_needs_a_reason_and_every_version_stays_until_it_is_withdrawn(
    page: QualityPage, qtbot: QtBot
) -> None:
    made(qtbot, page)
    page.list.edit_asked.emit("egen_90d")
    dialog = dialog_of(qtbot, page, EditIndicatorDialog)
    dialog.fields.inputs["name"].setText("Vår andra")
    dialog.save.click()
    pages.settle(qtbot, page)
    assert dialog.reason.wrong.text()
    dialog.reason.field.setText("Beslut i mars")  # type: ignore[attr-defined]
    dialog.save.click()
    pages.settle(qtbot, page)
    assert own(page) == [("2", "Vår andra")]
    page.show_recipe("egen_90d")
    recipe = dialog_of(qtbot, page, RecipeDialog)
    assert [row["version"] for row in recipe.versions.model.table.records()] == [2, 1]
    recipe.withdraw.click()
    ask = dialog_of(qtbot, page, WithdrawIndicatorDialog)
    type_text(ask.reason.edit, "Ersatt")
    ask.save.click()
    pages.settle(qtbot, page)
    assert own(page) == []


def test_recipes_go_out_as_files_and_come_back(page: QualityPage, qtbot: QtBot, tmp_path: Path) -> None:
    made(qtbot, page)
    out = tmp_path / "egen.toml"
    with messages.answering(str(out)):
        page.list.export_asked.emit("egen_90d")
        pages.settle(qtbot, page)
    out.write_text(out.read_text(encoding="utf-8").replace("egen_90d", "tredje_90d"), encoding="utf-8")
    with messages.answering(str(out)):
        page.list.import_asked.emit()
        dialog = dialog_of(qtbot, page, ImportRecipesDialog)
    type_text(dialog.reason.edit, "Från grannen")
    dialog.save.click()
    pages.settle(qtbot, page)
    assert len(own(page)) == 2
