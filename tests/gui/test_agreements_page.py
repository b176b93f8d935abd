"""Avtal on screen: a card that can be read, and a warning where nobody has checked the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.gui.pages.agreements_page import AgreementsPage
from kvalitetsapp.services.workspace import create_workspace
from support import pages
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from kvalitetsapp.gui.operations import StoreRunner


@pytest.fixture
def page(qtbot: QtBot, county_store: Path) -> Iterator[AgreementsPage]:
    with pages.shown(qtbot, AgreementsPage, county_store, write=False) as each:
        yield each


def test_the_chosen_agreement_is_a_card_with_provider_names_and_coverage(page: AgreementsPage) -> None:
    page.show_wanted("a-hoft-kna-2020")
    said = page.facts.toPlainText()
    assert page.name.text() == "Höft och knä, andra avtalet"
    assert "Fjällkliniken" in said
    assert "P01" not in said
    assert "104 operationer och 35 ärenden" in page.coverage.text()


def test_an_agreement_that_nobody_has_checked_carries_a_warning(page: AgreementsPage) -> None:
    page.show_wanted("a-hoft-kna-2020")
    assert page.warning.isVisible()
    page.show_wanted("a-hoft-kna-2014")
    assert not page.warning.isVisible()


def test_without_agreements_the_page_points_to_the_import(qtbot: QtBot, tmp_path: Path) -> None:
    create_workspace(tmp_path / "tom.kvdb", PASSPHRASE).close()
    with pages.shown(qtbot, AgreementsPage, tmp_path / "tom.kvdb") as page:
        assert page.is_empty


def test_an_agreement_asked_for_before_the_page_has_read_is_chosen_when_it_has(
    qtbot: QtBot, county_store: Path
) -> None:
    def make(runner: StoreRunner) -> AgreementsPage:
        page = AgreementsPage(runner)
        page.show_wanted("a-hoft-kna-2014")
        return page

    with pages.shown(qtbot, make, county_store, write=False) as page:
        assert page.name.text() == "Höft och knä, första avtalet"
