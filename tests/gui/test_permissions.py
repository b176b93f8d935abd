"""The window shows each role what it may see, and asks for nothing that would be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QTabWidget, QWidget

from kvalitetsapp.domain.rights import Right, Role
from kvalitetsapp.gui import permissions
from kvalitetsapp.gui.dialogs.palette import CommandPalette
from kvalitetsapp.gui.navigation import PAGES
from kvalitetsapp.gui.pages.agreements_page import AgreementsPage
from kvalitetsapp.services import access
from kvalitetsapp.store import audit
from support import county_store, issued_store, roles_at_work, store_files
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kvalitetsapp.gui.main_window import MainWindow
    from kvalitetsapp.gui.operations import StoreRunner

_FIGURES = "agreements claims quality waiting development reports protection"
PAGES_OF = {
    Role.REVIEWER: f"overview import data_quality episodes review {_FIGURES}",
    Role.FINANCE: f"overview import data_quality episodes review {_FIGURES}",
    Role.ANALYST: f"overview data_quality episodes {_FIGURES}",
    Role.LOG_CONTROLLER: "protection",
    Role.ADMINISTRATOR: "protection",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = issued_store.make(tmp_path_factory.mktemp("roles")).path
    roles_at_work.add_users(path)
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    return store_files.copy(made, tmp_path)


@pytest.fixture
def open_as(
    window: MainWindow, runner: StoreRunner, store: Path, settle: Callable[[], None]
) -> Callable[[Role], MainWindow]:
    """Return a function that opens the store in the window to the user of a role."""

    def opened(role: Role) -> MainWindow:
        runner.open(store, PASSPHRASE, lambda _store: None, user=roles_at_work.NAMES[role])
        settle()
        return window

    return opened


def every_tab(page: QWidget, settle: Callable[[], None]) -> None:
    """Come to every tab of a page that can be come to."""
    for tabs in page.findChildren(QTabWidget):
        for place in range(tabs.count()):
            if tabs.isTabVisible(place):
                tabs.setCurrentIndex(place)
                settle()


def withheld(page: QWidget, rights: frozenset[Right]) -> Iterator[tuple[str, QWidget]]:
    """Give everything on a page that takes a right that is not there, with its name."""
    for widget in (page, *page.findChildren(QWidget)):
        for name, right in permissions.NEEDED.get(type(widget).__name__, {}).items():
            held = getattr(widget, name)
            for part in held.values() if isinstance(held, dict) else [held]:
                if right not in rights:
                    yield f"{type(widget).__name__}.{name}", part


# Each walk takes as long as the window does. The analyst, from whom the most is kept, takes it in every run.
LONG_WALKS = frozenset({Role.REVIEWER, Role.FINANCE})


def pages_shown(window: MainWindow) -> list[str]:
    return [entry.name for entry in PAGES if not window.navigation.list.item(PAGES.index(entry)).isHidden()]


def test_every_role_is_shown_its_pages(open_as: Callable[[Role], MainWindow]) -> None:
    for role in Role:
        window = open_as(role)
        assert " ".join(pages_shown(window)) == PAGES_OF[role]
        assert window.navigation.current() == pages_shown(window)[0]


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=pytest.mark.long) if role in LONG_WALKS else role for role in Role]
)
def test_a_role_comes_to_its_pages_and_nothing_on_them_is_asked_for_in_vain(
    role: Role, open_as: Callable[[Role], MainWindow], runner: StoreRunner, settle: Callable[[], None], store: Path
) -> None:
    window = open_as(role)
    assert runner.store is not None
    rights = runner.store.rights
    for name in pages_shown(window):
        window.go_to(name)
        settle()
        page = window.current_page()
        assert page is not None
        every_tab(page, settle)
        assert not window.message.isVisible(), name
        for part_name, part in withheld(page, rights):
            assert permissions.is_withheld(part), part_name
            assert not part.isVisible() or not part.isEnabled(), part_name
    runner.close()
    with county_store.opened(store) as workspace:
        assert [one.detail for one in audit.entries(workspace.store) if one.action == access.REFUSED] == []


def test_a_page_that_one_may_not_see_says_why(
    open_as: Callable[[Role], MainWindow], settle: Callable[[], None]
) -> None:
    window = open_as(Role.ANALYST)
    window.go_to("review")
    settle()
    assert window.navigation.current() == "overview"
    assert "Du har inte rätt att öppna en patients sida." in window.message.text


def test_commands_are_those_that_one_may_use(open_as: Callable[[Role], MainWindow]) -> None:
    window = open_as(Role.ANALYST)
    window.open_palette()
    palette = window.dialogs[-1]
    assert isinstance(palette, CommandPalette)
    model = palette.list.model()
    offered = {model.index(row, 0).data() for row in range(model.rowCount())}
    assert "Gå till Rapporter" in offered
    assert "Gå till Krav: Sammanställningar" in offered
    assert "Gå till Skydd: Säkerhetskopior" in offered
    withheld = {"Gå till Import", "Gå till Granskning", "Gå till Krav: Betalningar", "Gå till Skydd: Logg"}
    assert withheld & offered == set()


def test_a_button_stays_disabled_whatever_enables_it_and_says_why(
    open_as: Callable[[Role], MainWindow], settle: Callable[[], None]
) -> None:
    window = open_as(Role.REVIEWER)
    window.go_to("agreements")
    settle()
    page = window.current_page()
    assert isinstance(page, AgreementsPage)
    page.new.setEnabled(True)
    assert not page.new.isEnabled()
    assert page.new.toolTip() == "Du har inte rätt att skriva och intyga avtal."
