"""Översikt: figures that agree with the expected tables, tasks that lead on, and an empty store that says so."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from kvalitetsapp.domain.paper import Cover
from kvalitetsapp.gui.pages.overview_page import OverviewPage
from kvalitetsapp.gui.widgets.pressable import Pressable
from kvalitetsapp.services import need_papers
from kvalitetsapp.texts import NOTHING, number
from support import county_store, examples, pages, paper_calls, small_county
from support.counties import PASSPHRASE
from support.keys import press

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QAbstractItemModel
    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import Operation, StoreRunner


@pytest.fixture
def page(county_window: MainWindow, settle: Callable[[], None]) -> OverviewPage:
    settle()
    found = county_window.current_page()
    assert isinstance(found, OverviewPage)
    return found


@pytest.fixture
def small_window(window: MainWindow, runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]) -> MainWindow:
    """Return the window over a county of few persons, for what leads on wherever there is something to lead to."""
    runner.open(small_county.copy(tmp_path), PASSPHRASE, lambda _store: None)
    settle()
    return window


@pytest.fixture
def small(small_window: MainWindow) -> OverviewPage:
    found = small_window.current_page()
    assert isinstance(found, OverviewPage)
    return found


def test_the_page_agrees_with_the_expected_tables(
    page: OverviewPage, model_tester: Callable[[QAbstractItemModel], None]
) -> None:
    the_five_figures_agree_with_the_expected_tables(page)
    the_tasks_say_how_much_waits(page)
    the_table_of_providers_is_honest(page, model_tester)


def the_five_figures_agree_with_the_expected_tables(page: OverviewPage) -> None:
    sums = examples.expected_rows("county", "summary_reoperations_provider_joint")
    operations = sum(int(row["operations"]) for row in sums)
    eligible, reoperated = (sum(int(row[name]) for row in sums) for name in ("eligible", "reoperated"))
    links = examples.expected_rows("county", "list_links")
    potential = examples.expected_rows("county", "list_claims-basis_potential")
    kronor = round(sum(float(row["claimable"]) for row in potential))
    decided = sum(row["status"] in {"confirmed", "rejected"} for row in links)
    open_ = sum(row["status"] in {"proposed", "ambiguous"} for row in links)
    figures = {name: card.figure.text() for name, card in page.cards.items()}
    assert figures == {
        "operations": number(operations),
        "reoperated": f"{100 * reoperated / eligible:.1f}\u00a0%".replace(".", ","),
        "events": number(len(links)),
        "potential": f"{number(kronor)}\u00a0kr",
        "reviewed": f"{100 * decided / (decided + open_):.0f}\u00a0%",
    }
    assert f"{number(reoperated)} av {number(eligible)}" in page.cards["reoperated"].note.text()
    assert "Riket: höft" in page.cards["reoperated"].note.text()


def the_tasks_say_how_much_waits(page: OverviewPage) -> None:
    links = examples.expected_rows("county", "list_links")
    waiting = sum(row["status"] in {"proposed", "ambiguous"} for row in links)
    confirmed = examples.expected_rows("county", "list_claims-basis")
    events = [row for row in confirmed if float(row["claimable"] or 0) or (row["covered"] == "1" and not row["cost"])]
    texts = page.tasks.texts()
    assert texts[0].startswith(f"{number(waiting)} kopplingar att granska")
    (told,) = [text for text in texts if "händelser har inte krävts" in text]
    assert told.startswith(number(len(events)))
    assert page.findings.texts()


def test_who_goes_on_at_once_waits_for_no_figures_and_finds_them_on_coming_back(
    window: MainWindow, runner: StoreRunner, county: Path, settle: Callable[[], None]
) -> None:
    first: list[OverviewPage] = []

    def go_on(_store: object) -> None:
        first.extend(window.stack.findChildren(OverviewPage))
        window.go_to("import")

    runner.open(county, PASSPHRASE, go_on)
    settle()
    (page,) = first
    shown = page.cards["operations"].figure.text
    assert (shown(), page.findings.texts()) == (NOTHING, [])
    window.go_to("overview")
    settle()
    assert shown() != NOTHING
    assert page.findings.texts()


def test_what_is_cancelled_is_read_on_when_the_page_comes_into_view_again(
    small: OverviewPage, small_window: MainWindow, runner: StoreRunner, settle: Callable[[], None]
) -> None:
    begun: list[Operation] = []
    gate = threading.Event()

    def cancel_third(operation: Operation) -> None:
        begun.append(operation)
        if len(begun) == 3:
            operation.cancel()
            gate.set()

    runner.operation_started.connect(cancel_third)
    small.mark_stale()
    runner.run(lambda _workspace, _progress: gate.wait(10), lambda _waited: None)
    settle()
    assert len(begun) == 3, "what waits, the gate, and the first that takes long"
    small.findings.set_tasks([])
    small_window.go_to("agreements")
    small_window.go_to("overview")
    settle()
    assert small.findings.texts()


def test_what_is_told_leads_to_what_is_behind_it(
    small: OverviewPage, small_window: MainWindow, settle: Callable[[], None]
) -> None:
    a_task_leads_to_its_part_of_the_queue_and_a_finding_to_its_rows(small, small_window, settle)
    a_figure_leads_to_the_page_behind_it(small, small_window, settle)


def a_figure_leads_to_the_page_behind_it(page: OverviewPage, window: MainWindow, settle: Callable[[], None]) -> None:
    behind = {
        "operations": "episodes",
        "reoperated": "quality",
        "events": "review",
        "potential": "claims",
        "reviewed": "review",
    }
    for card, name in behind.items():
        window.go_to("overview")
        settle()
        press(page.cards[card], Qt.Key.Key_Return)
        settle()
        assert window.navigation.current() == name, card


def a_task_leads_to_its_part_of_the_queue_and_a_finding_to_its_rows(
    page: OverviewPage, window: MainWindow, settle: Callable[[], None]
) -> None:
    from kvalitetsapp.gui.pages.data_quality_page import DataQualityPage
    from kvalitetsapp.gui.widgets.pressable import Pressable

    said = page.findings.texts()[0]
    page.findings.findChildren(Pressable)[0].clicked.emit()
    settle()
    there = window.current_page()
    assert isinstance(there, DataQualityPage)
    assert said == f"{number(there.rules.rows.model.rowCount())} {there.rules.heading.text().partition(': ')[2]}"
    page.tasks.findChildren(Pressable)[0].clicked.emit()
    settle()
    assert window.navigation.current() == "review"


def test_an_empty_store_says_what_to_do_next(
    window: MainWindow, runner: StoreRunner, tmp_path: Path, settle: Callable[[], None]
) -> None:
    runner.create(tmp_path / "tom.kvdb", PASSPHRASE, lambda _store: None)
    settle()
    page = window.current_page()
    assert isinstance(page, OverviewPage)
    assert page.empty.isVisible()
    page.empty.asked.emit()
    settle()
    assert window.navigation.current() == "import"


def test_links_that_rest_on_less_than_what_is_stored_are_made_anew_from_here(
    small: OverviewPage, runner: StoreRunner, settle: Callable[[], None]
) -> None:
    from kvalitetsapp.domain.imports import KindOfFile
    from kvalitetsapp.services import imports

    file = examples.FOLDER / "county" / "persons.csv"
    runner.run(
        lambda workspace, _p: imports.import_file(workspace, KindOfFile.PERSONS, file, link=False), lambda _r: None
    )
    settle()
    assert small.tasks.texts()[0].startswith("Kopplingarna är inte aktuella")
    small.tasks.chosen.emit(small._waiting and _first_task(small))
    settle()
    assert not any("inte aktuella" in text for text in small.tasks.texts())


def _first_task(page: OverviewPage) -> object:
    from kvalitetsapp.gui.pages.overview_page import _review_tasks

    assert page._waiting is not None
    return _review_tasks(page._waiting)[0]


def the_table_of_providers_is_honest(page: OverviewPage, model_tester: Callable[[QAbstractItemModel], None]) -> None:
    model_tester(page.providers.model)
    page.providers.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    rows = page.providers.model.table.records()
    expected = examples.expected_rows("county", "summary_reoperations_provider_joint")
    assert {row["provider_id"] for row in rows} == {row["provider_id"] for row in expected}
    drawn = {
        row["provider_id"]: row["claimable"] for row in examples.expected_rows("county", "summary_recovery_provider")
    }
    assert {
        row["provider_id"]: f"{int(row['claimable']) / 100:.2f}" for row in rows if row["claimable"] is not None
    } == {provider: amount for provider, amount in drawn.items() if provider in {row["provider_id"] for row in rows}}


def test_papers_that_have_fallen_due_are_a_task_that_leads_to_the_oldest(qtbot: QtBot, leaving_store: Path) -> None:
    with county_store.opened(leaving_store) as workspace:
        for day in (date(2024, 6, 2), date(2024, 6, 1)):
            need_papers.save(workspace, Cover("Höften", "Rut", day), paper_calls.TOLD)
    with pages.shown(qtbot, OverviewPage, leaving_store) as page:
        (told,) = [text for text in page.tasks.texts() if "förfallit" in text]
        assert told == "2 uppföljningar har förfallit Äldst: Behov av data, Höften, Rut, 2024-06-01."
        (row,) = [each for each in page.tasks.findChildren(Pressable) if each.accessibleName() == told]
        with qtbot.waitSignal(page.page_requested) as asked:
            row.clicked.emit()
    assert asked.args == ["development", "needs/2"]
